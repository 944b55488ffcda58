"""Shows in the box, with the target's own pytest, that a drafted case crosses, holds, can fail."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from itc_tui.adapters.proving.already_shown import AlreadyShown, digest_of, key_of, texts_of
from itc_tui.adapters.proving.crossing import Crossings
from itc_tui.adapters.proving.findings import Evidence, still_open
from itc_tui.adapters.proving.orders import CASE_LIMIT_S, Orders
from itc_tui.adapters.proving.rounds import Round, rounds_of
from itc_tui.adapters.proving.shares import shares_of
from itc_tui.adapters.proving.sides import sides_of
from itc_tui.adapters.proving.told import say_what_holds, take_in, why_absent
from itc_tui.domain.events import Event, Noted, Progressed
from itc_tui.domain.inventory import Proof
from itc_tui.domain.target import Target
from itc_tui.ports import (
    PROOF_STEPS,
    Box,
    BoxOrder,
    BoxReport,
    ProofOrder,
    Steps,
    as_step,
    heard_out,
    retold,
)

_TO_END_S = 5.0
"""Of the time for faults, so much is kept for the boxes to end in."""
_MOST_S = 240.0
"""However slow a run is, all of them together get no more than that, unless asked for."""
_DOING = {
    "alone": "Running each drafted case alone",
    "settled": "Putting faults behind the boundaries",
}


class BoxProver:
    """Works on a scratch copy; the person's tree is only read."""

    def __init__(self, box: Box, target: Target) -> None:
        self._box = box
        self._target = target
        self._already = AlreadyShown()

    def prove(self, order: ProofOrder) -> Steps[tuple[Proof, ...]]:
        attempt = _Attempt(self._box, self._target, order, self._already)
        repetition, faults = PROOF_STEPS
        yield from as_step(repetition, attempt.repeat())
        yield from as_step(faults, attempt.put_faults())
        return tuple(each.proof() for each in attempt.evidence)


class _Attempt:
    """One draft being proved."""

    def __init__(self, box: Box, target: Target, order: ProofOrder, already: AlreadyShown) -> None:
        self._box = box
        self._order = order
        self._already = already
        self._roots = target.source_roots
        self._names = list(target.packages or order.exploration.metadata.packages)
        self.evidence = [
            Evidence(
                case, f"{file.path}::{case.function}", self._sides(case.boundary or file.boundary)
            )
            for file in order.draft.files
            for case in file.cases
        ]
        self._texts = {k: text for file in order.draft.files for k, text in texts_of(file).items()}
        budget_s = order.budget_s or 30 + 6 * order.repeats + 3 * len(self.evidence)
        self._deadline = time.monotonic() + budget_s
        self._crossings = Crossings(order.exploration, box.tree)
        overlays = {file.path: file.text for file in order.draft.files}
        self._orders = Orders(self._names, overlays, self._crossings.files)

    def _sides(self, boundary: str) -> Any:
        return sides_of(boundary, self._order.exploration, self._names)

    def repeat(self) -> Steps[None]:
        """Run them all, again and again, each time in other circumstances."""
        planned = [each.node_id for each in self.evidence]
        first, *others = rounds_of(planned, self._order.repeats)
        if not planned or self._left_s() <= 0:
            return
        yield _running(first, 0, 1 + len(others))
        began = time.monotonic()
        answer, report = self._ask(self._orders.look(first, self._left_s(), watch=True))
        self._orders.preload = list(answer.get("modules", ()))
        self._note(first, answer, report)
        for each in self.evidence:
            self._note_ways(each, answer)
        yield from say_what_holds(report)
        if not self._order.budget_s:
            self._allow(time.monotonic() - began, 1 + len(others))
        self._look_alone()
        if others and self._left_s() > 0:
            yield from self._look_again(others)

    def _look_again(self, turns: Sequence[Round]) -> Steps[None]:
        """Each round in a box of its own, as far as there are hands."""
        yield _running(turns[0], 1, 1 + len(turns))
        answers: list[dict[str, Any]] = [{} for _ in turns]

        def take(told: tuple[int, dict[str, Any]]) -> Iterator[Event]:
            place, message = told
            answers[place].update(message)
            yield _running(turns[place], 1 + sum(map(bool, answers)), 1 + len(turns))

        looks = self._box.run_all([self._orders.look(turn, self._left_s()) for turn in turns])
        reports = yield from retold(looks, take)
        for turn, answer, report in zip(turns, answers, reports):
            self._note(turn, answer, report)

    def _allow(self, first_s: float, rounds: int) -> None:
        """What takes long to import does so each time: the budget follows the first run."""
        wanted_s = min(2 * first_s * rounds, _MOST_S)
        self._deadline = max(self._deadline, time.monotonic() + wanted_s)

    def _note(self, turn: Round, answer: dict[str, Any], report: BoxReport) -> None:
        results, why = answer.get("results", {}), why_absent(answer, report)
        for each in self.evidence:
            each.saw(turn.how, results.get(each.node_id), why)

    def _look_alone(self) -> None:
        """What an earlier case left in a memory of the target's may have spared it the crossing."""
        short = [each for each in self.evidence if each.is_green and not each.crosses]
        if not short or self._left_s() <= 0:
            return
        turn = Round(node_ids=[each.node_id for each in short])
        answer, _ = self._ask(
            self._orders.look(turn, self._left_s(), watch=True, apart_s=CASE_LIMIT_S)
        )
        for each in short:
            self._note_ways(each, answer)

    def _note_ways(self, each: Evidence, answer: dict[str, Any]) -> None:
        result = answer.get("results", {}).get(each.node_id)
        if result is None:
            return
        self._orders.variables.update(result.get("asked", ()))
        each.entered = self._with_plain_far_side(each, tuple(result.get("entered", ())))
        each.libraries = tuple(result.get("libraries", ()))
        each.crossed = self._crossings.crossed(result.get("lines", {}))

    def _with_plain_far_side(self, each: Evidence, entered: tuple[str, ...]) -> tuple[str, ...]:
        """A module of constants and types has no function: to use it is to enter it."""
        if each.sides is None or each.sides.is_outer or each.sides.far_of(entered):
            return entered
        files = self._files([each.sides.far])
        paths = [Path(self._box.tree, file) for file in files]
        texts = [path.read_text(encoding="utf-8", errors="replace") for path in paths]
        if texts and not any("def " in text for text in texts):
            return (*entered, each.sides.far)
        return entered

    def put_faults(self) -> Steps[None]:
        waiting = still_open(self.evidence)
        if not self._order.budget_s:  # the repeats may have taken all that there was
            self._deadline = max(self._deadline, time.monotonic() + 10 + 3 * len(waiting))
        if not waiting or self._left_s() <= 0:
            return
        keys = {each.node_id: self._key(each) for each in waiting}
        rows = [self._for_script(each, keys[each.node_id]) for each in waiting]
        shares = shares_of(rows, self._box.hands, lambda row: tuple(row["files"]))
        limit_s = max(self._left_s() - _TO_END_S, 1)
        faults = self._order.faults_per_case
        orders = [
            self._orders.catch(share, limit_s * len(share) / len(rows), faults) for share in shares
        ]
        by_name = {each.node_id: each for each in waiting}
        done: dict[str, set[str]] = {"alone": set(), "settled": set()}

        def take(told: tuple[int, dict[str, Any]]) -> Iterator[Event]:
            kind, name = take_in(told[1], by_name)
            if kind in done:
                done[kind].add(name)
                yield Progressed(what=_DOING[kind], done=len(done[kind]), total=len(waiting))

        reports = yield from retold(self._box.run_all(orders), take)
        self._already.settle(waiting, keys, faults)
        for report in reports:
            if not report.is_clean:
                why = report.ended_by or report.trouble or report.output.strip().splitlines()[-1:]
                yield Noted(text=f"The search for faults was cut short: {why}", level="warning")

    @cached_property
    def _code(self) -> str:
        """Asked for when a run has put the tree into the box."""
        places = [(root, name) for root in self._roots for name in self._names]
        return digest_of(Path(self._box.tree, root, name) for root, name in places)

    def _key(self, each: Evidence) -> str:
        boundary = each.case.boundary
        return key_of(self._texts.get(each.case.case_id, ""), boundary, self._code)

    def _for_script(self, each: Evidence, key: str) -> dict[str, Any]:
        behind = each.sides.behind(each.entered) if each.sides else each.entered
        near = each.sides.near_of(each.entered) if each.sides else ()
        return {
            "node_id": each.node_id,
            "is_shown": self._already.holds(key, self._order.faults_per_case),
            "files": self._files(behind),
            "spare_files": self._files([module for module in near if module not in behind]),
        }

    def _files(self, modules: Sequence[str]) -> list[str]:
        """Below the tree, wherever a box has its own."""
        found = []
        for module in modules:
            place = Path(*module.split("."))
            for root in self._roots:
                for end in (place.with_suffix(".py"), place / "__init__.py"):
                    file = os.path.normpath(Path(root, end))
                    if file not in found and Path(self._box.tree, file).is_file():
                        found.append(file)
        return found

    def _ask(self, order: BoxOrder) -> tuple[dict[str, Any], BoxReport]:
        answer: dict[str, Any] = {}
        return answer, heard_out(self._box.run(order), answer.update)

    def _left_s(self) -> float:
        return self._deadline - time.monotonic()


def _running(turn: Round, done: int, total: int) -> Progressed:
    return Progressed(what=f"Running the drafted cases {turn.how}", done=done, total=total)
