"""Of more than there is room for, what reaches most together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from itc_tui.engines.builtin.witnesses import Edge, Line

_EDGE_WORTH = 5
"""A call between modules, in lines."""


class Reach(NamedTuple):
    """Where a case goes."""

    enters: bool
    """The far side of a boundary."""
    lines: frozenset[Line]
    crossing: frozenset[Edge]


def reaching_most(rows: Sequence[Reach], most: int, first: Sequence[int] = ()) -> set[int]:
    """Places of those that stay: the `first`, then what enters a boundary."""
    lines: set[Line] = set()
    crossed: set[Edge] = set()

    def gain(place: int) -> tuple[bool, int, int]:
        own = rows[place]
        fresh = len(own.lines - lines) + _EDGE_WORTH * len(own.crossing - crossed)
        return own.enters, fresh, -place

    shown = set(first[:most])
    for place in shown:
        lines |= rows[place].lines
        crossed |= rows[place].crossing
    left = [place for place in range(len(rows)) if place not in shown]
    gains = {place: gain(place) for place in left}
    while left and len(shown) < most:
        best = max(left, key=gains.__getitem__)
        # A gain can only shrink: the first that keeps its place is the best.
        while (fresh := gain(best)) != gains[best]:
            gains[best] = fresh
            best = max(left, key=gains.__getitem__)
        left.remove(best)
        shown.add(best)
        lines |= rows[best].lines
        crossed |= rows[best].crossing
    return shown
