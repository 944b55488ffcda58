"""Runs what was seen once more, and judges every kind of promise by the live values."""

from __future__ import annotations

from typing import Any, Callable, Dict, Iterator, List, Tuple

from itc_tui.engines.builtin.inside.batches import in_child, side_by_side
from itc_tui.engines.builtin.inside.own_time import Allowance, Purse
from itc_tui.engines.builtin.inside.programs import Program, count_from, from_json
from itc_tui.engines.builtin.inside.promises import idempotence, refusals, round_trips
from itc_tui.engines.builtin.inside.promises.asking import Asking
from itc_tui.engines.builtin.inside.promises.fields import Fields
from itc_tui.engines.builtin.inside.promises.idempotence import Idempotence
from itc_tui.engines.builtin.inside.promises.refusals import Refusals
from itc_tui.engines.builtin.inside.promises.returns import Returns
from itc_tui.engines.builtin.inside.promises.round_trips import RoundTrips
from itc_tui.engines.builtin.inside.promises.running import caught, holds
from itc_tui.engines.builtin.inside.promises.verdicts import Stated, Verdict
from itc_tui.engines.builtin.inside.promises.wording import Wording
from itc_tui.engines.builtin.inside.surface import Surface
from itc_tui.engines.builtin.inside.tracing import Tracer
from itc_tui.engines.builtin.inside.trials import Trials

Say = Callable[[Dict[str, Any]], None]
Row = Tuple[str, Program, bool]
_MOST_LOSSES = 8
_FOR_VERDICTS_S = 5.0


def judge(
    order: Dict[str, Any], surface: Surface, tracer: Tracer, trials: Trials, say: Say
) -> None:
    """Says `{"promise": verdict}` for each promise that is kept or broken."""
    rows = [
        (row["id"], from_json(row["program"]), bool(row.get("shown"))) for row in order["programs"]
    ]
    purse = Purse(float(order.get("budget_s", 20)))
    relative = tracer.relative

    def child(tell: Say) -> None:
        count_from(900_000_000)
        allowance = Allowance(purse.left_s)
        court = Court(surface, trials, relative)
        for ident, program, is_shown in rows:
            if allowance.left_s < _FOR_VERDICTS_S:
                break
            tell({"about": ident})
            court.see(ident, program, is_shown)
        for verdict in court.verdicts(allowance, tell):
            tell({"promise": verdict.as_json()})

    found: List[Dict[str, Any]] = []
    for _ in range(_MOST_LOSSES):
        about, died, found = "", False, []
        for _, row in side_by_side([child], 12.0):
            purse.pay(row.get("spent", 0.0))
            about = row.get("about", about)
            died = died or "died" in row
            if "promise" in row:
                found.append(row["promise"])
        left = [row for row in rows if row[0] != about]
        if not died or len(left) == len(rows):
            break  # a death among the trials costs what comes after it, and no more
        rows = left
    for row in found:
        if not row["holds"] and not _is_broken_again(row, trials):
            continue
        say({"promise": row})


class Court:
    """All kinds of promises, before what was seen."""

    def __init__(self, surface: Surface, trials: Trials, relative: Any) -> None:
        self._trials = trials
        self._asking = Asking(surface, trials)
        self._fields = Fields(surface, self._asking, relative)
        self._returns = Returns(surface, self._asking, relative)
        self._wording = Wording(relative)
        self._trips = RoundTrips(surface, self._asking, relative)
        self._idempotence = Idempotence(surface, relative)
        self._refusals = Refusals(surface, self._asking, relative)

    def see(self, ident: str, program: Program, is_shown: bool) -> None:
        self._trips.losses.begin(ident)
        trial, answers = self._asking.look(program, self._trips.losses.profile)
        if trial.trouble:
            return
        self._fields.see(ident, program, answers, is_shown)
        self._returns.see(ident, program, answers)
        self._wording.see(ident, program, answers, is_shown)
        self._idempotence.see(program, answers)
        space = trial.outcome.space
        self._trips.see(is_shown, program, space)
        self._refusals.see(program, space)

    def verdicts(self, allowance: Allowance, tell: Say) -> Iterator[Verdict]:
        yield from self._fields.verdicts()
        yield from self._returns.verdicts()
        for about in self._wording.ask_kin(self._trials):
            if allowance.is_spent:
                break
            tell({"about": about})
        yield from self._wording.verdicts()
        for lookup in self._refusals.lookups():
            tell({"about": "a lookup"})
            verdict = refusals.verdict_of(lookup, caught(lookup.program, self._trials))
            if verdict is not None:
                yield verdict
        for row in self._idempotence.repetitions():
            tell({"about": "a repetition"})
            again = [(one, holds(one.program, one.claim, self._trials)[0]) for one in row]
            yield from idempotence.verdicts_of(again)
        for trips in self._trips.trips():
            tried: List[round_trips.Tried] = []
            for trip in trips:
                if allowance.is_spent:
                    break
                tell({"about": "a round trip"})
                tried.append((trip, *holds(trip.program, trip.claim, self._trials)))
            yield from round_trips.verdicts_of(tried, self._trips.losses)


def _is_broken_again(row: Dict[str, Any], trials: Trials) -> bool:
    """In a process of its own, from a clean start, as a test would see it."""
    program = from_json(row["program"])
    claims = [Stated(left, right, tuple(imports)) for left, right, imports in row["claims"]]

    def child(tell: Say) -> None:
        if row["raises"]:
            error = caught(program, trials)
            names = [kind.__name__ for kind in type(error).__mro__]
            tell({"broken": error is not None and row["raises"].partition(":")[2] not in names})
        else:
            answers = [holds(program, claim, trials)[0] for claim in claims]
            tell({"broken": False in answers and None not in answers})

    return any(said.get("broken") for said in in_child(child, 12.0))
