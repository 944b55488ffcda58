"""The frontier of a search: gates not yet passed, and the programs that stand before them."""

from __future__ import annotations

import random
from typing import Collection, Dict, List, Set, Tuple

from itc_tui.engines.builtin.inside.gates import Gate, Line
from itc_tui.engines.builtin.inside.pool import Kept
from itc_tui.engines.builtin.inside.texts import pick

_PER_FOCUS = 3
_MOST_TRIES = 60.0
_BLIND = 6.0


class Frontier:
    def __init__(self, gates: List[Gate], rng: random.Random) -> None:
        self._gates, self._rng = gates, rng
        self._at: Dict[Line, List[int]] = {}
        for place, gate in enumerate(gates):
            for line in gate.at:
                self._at.setdefault(line, []).append(place)
        self._before: Dict[Line, Dict[str, List[Kept]]] = {}
        self.tries: Dict[int, float] = {}
        self._open: List[int] = []

    def reached_by(self, lines: Set[Line]) -> List[Line]:
        """Of the lines that a trial reached, those where words are asked for."""
        return sorted(lines & self._at.keys())

    def take(self, kept: Kept, reached: Collection[Line]) -> None:
        """It stands before these gates; of each focus the shortest and latest are remembered."""
        for line in reached:
            rows = self._before.setdefault(line, {})
            if kept.focus not in rows:  # by another way the same words may do
                for place in self._at[line]:
                    self.tries[place] = min(self.tries.get(place, 0.0), _MOST_TRIES / 2)
            row = rows.setdefault(kept.focus, [])
            row.append(kept)
            if len(row) > _PER_FOCUS:
                row.remove(max(row[:-1], key=_length))

    def look(self, lines: Collection[Line]) -> List[str]:
        """See anew which gates stand open; the texts that are asked for and never were given."""
        left = [
            (place, gate) for place, gate in enumerate(self._gates) if not gate.is_passed(lines)
        ]
        self._open = [
            place
            for place, gate in left
            if any(line in self._before for line in gate.at)
            and self.tries.get(place, 0.0) < _MOST_TRIES
        ]
        return [gate.word for _, gate in left if isinstance(gate.word, str) and gate.beyond]

    def next(self) -> "Tuple[Gate, Kept] | None":
        """A gate, rather one that was seldom tried, and a program that comes as far as that."""
        if not self._open:
            return None
        weights = [self._weight(place) for place in self._open]
        place = self._open[pick(self._rng, weights)]
        gate = self._gates[place]
        # Nobody can see whether a gate with nothing known behind it was passed.
        self.tries[place] = self.tries.get(place, 0.0) + (1.0 if gate.beyond else _BLIND)
        before = [
            kept
            for line in sorted(gate.at)
            for row in self._before.get(line, {}).values()
            for kept in row
        ]
        # In a long program there is much that the word would be wasted on.
        return gate, before[pick(self._rng, [1.0 / _length(kept) for kept in before])]

    def _weight(self, place: int) -> float:
        weight = 1.0 if self._gates[place].beyond else 1.0 / _BLIND
        return weight / (1.0 + self.tries.get(place, 0.0))


def _length(kept: Kept) -> int:
    return sum(len(step.code) for step in kept.program.steps)
