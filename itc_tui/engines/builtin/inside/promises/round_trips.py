"""What one function wrote is what its counterpart reads."""

from __future__ import annotations

from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Tuple

from itc_tui.engines.builtin.inside.literals import written
from itc_tui.engines.builtin.inside.programs import Program, Step, fresh
from itc_tui.engines.builtin.inside.promises.asking import Asking
from itc_tui.engines.builtin.inside.promises.losses import Losses
from itc_tui.engines.builtin.inside.promises.pairs import Pair, pairs_of
from itc_tui.engines.builtin.inside.promises.records import records_in
from itc_tui.engines.builtin.inside.promises.variants import variants
from itc_tui.engines.builtin.inside.promises.verdicts import (
    Stated,
    Verdict,
    shortened,
    with_article,
)
from itc_tui.engines.builtin.inside.surface import Surface

_MOST_VALUES = 4
_MOST_TRIPS = 60
_ENOUGH = 2


class Value(NamedTuple):
    code: str
    imports: Tuple[str, ...]
    is_shown: bool
    """It, or something it came from, stands in the target's documents."""


class Trip(NamedTuple):
    pair: Pair
    value: Value
    program: Program
    claim: Stated


Tried = Tuple[Trip, Optional[bool], str]
"""A trip, whether it held (None where something refused), and the field that got lost."""


class RoundTrips:
    """Collects values and keepers from what was seen; then every pair is tried with them."""

    def __init__(self, surface: Surface, asking: Asking, relative: Any) -> None:
        self._surface = surface
        self.pairs = list(pairs_of(surface, asking, relative))
        self.losses = Losses(self.pairs)
        self._values: Dict[Any, Dict[str, Value]] = {}
        self._keepers: Dict[Any, Tuple[Program, str]] = {}

    def see(self, is_shown: bool, program: Program, space: Dict[str, Any]) -> None:
        kinds = {pair.kind for pair in self.pairs}
        owners = {pair.owner for pair in self.pairs if pair.owner is not None}
        for at, step in enumerate(program.steps):
            held = space.get(step.var) if step.var and step.kind in ("do", "with") else None
            if held is None:
                continue
            if type(held) in owners:
                self._keep(type(held), program, at)
            for _, record in records_in(held):
                if type(record) in kinds:
                    self._collect(record, is_shown)

    def _collect(self, record: Any, is_shown: bool) -> None:
        row = self._values.setdefault(type(record), {})
        text = written(record, self._surface, 500)
        if text is None or (text.code in row and not is_shown):
            return
        if len(row) < 40 or is_shown:
            row[text.code] = Value(text.code, tuple(sorted(text.imports)), is_shown)

    def _keep(self, kind: Any, program: Program, at: int) -> None:
        short, name = shortened(program, at)
        have = self._keepers.get(kind)
        if name and (have is None or _size(short) < _size(have[0])):
            self._keepers[kind] = (short, name)

    def trips(self) -> Iterator[List[Trip]]:
        """Per pair: its values, those of the documents first, then their variants."""
        for pair in self.pairs:
            rows = sorted(
                self._values.get(pair.kind, {}).values(),
                key=lambda value: (not value.is_shown, len(value.code)),
            )
            # The plainest, and the one that has most to lose.
            bases = [rows[0], max(rows, key=lambda value: len(value.code))] if rows else []
            every = rows[:_MOST_VALUES]
            for value in dict.fromkeys(bases):
                every += [
                    value._replace(code=code, is_shown=False)
                    for code in variants(value.code, pair.is_pure)
                ]
            trips = [trip for value in every if (trip := self._trip(pair, value)) is not None]
            if trips:
                yield trips[:_MOST_TRIPS]

    def _trip(self, pair: Pair, value: Value) -> Optional[Trip]:
        program, keeper = Program(), ""
        if pair.owner is not None:
            if pair.owner not in self._keepers:
                return None
            program, keeper = self._keepers[pair.owner]
        x, y, back = fresh("sent"), fresh("kept"), fresh("back")
        program = program.then(Step(x, value.code), (*value.imports, *pair.imports))
        writer = pair.writer.format(store=keeper, x="[%s]" % x if pair.wants_list else x)
        program = program.then(Step(y if pair.is_pure else "", writer))
        program = program.then(Step(back, pair.reader.format(store=keeper, x=x, y=y)))
        right = "[%s]" % x if pair.gives_list else x
        return Trip(pair, value, program, Stated(back, right))


def _size(program: Program) -> int:
    return sum(len(step.text) for step in program.steps)


def verdicts_of(tried: List[Tried], losses: Losses) -> List[Verdict]:
    held = [trip for trip, answer, _ in tried if answer is True]
    if not held:
        return []  # never once: the two are no pair
    # A rich value notices more than a plain one.
    best = max(held, key=lambda trip: (trip.value.is_shown, min(len(trip.value.code), 400)))
    found = [_verdict(best, holds=True, is_red=False, lost="")]
    worst: Dict[str, Trip] = {}
    for trip, answer, lost in tried:
        if answer is False and (lost not in worst or _rank(trip) < _rank(worst[lost])):
            worst[lost] = trip
    for lost, trip in worst.items():
        # Without a word of it in the documents, a pair of names is not enough.
        is_red = bool(trip.pair.said[0]) and len(held) >= _ENOUGH
        verdict = _verdict(trip, holds=False, is_red=is_red, lost=lost)
        found.append(verdict._replace(taints=losses.of(trip.pair, lost) if is_red else ()))
    return found


def _rank(trip: Trip) -> Tuple[bool, int]:
    return (not trip.value.is_shown, len(trip.value.code))


def _verdict(trip: Trip, *, holds: bool, is_red: bool, lost: str) -> Verdict:
    pair = trip.pair
    one, other = pair.names
    text, place = pair.said if pair.said[0] else ("%s and %s are a pair" % (one, other), pair.place)
    keeper = "%s." % pair.owner.__name__ if pair.owner is not None else ""
    what = with_article(pair.kind.__name__)
    if lost:
        what = "the %s of %s" % (lost, what)
    return Verdict(
        kind="round trip",
        name="%s%s and %s keep %s" % (keeper, one, other, what),
        text=text,
        place=place,
        holds=holds,
        is_red=is_red,
        focus=pair.focus,
        program=trip.program,
        claims=(trip.claim,),
        held="" if holds else "%s that is read is not what was written" % (lost or "what"),
    )
