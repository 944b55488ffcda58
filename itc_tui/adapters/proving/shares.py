"""Deals cases out to as many boxes as may work at once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from itertools import pairwise
from typing import TypeVar

Item = TypeVar("Item")
_FEWEST = 4
"""For fewer, starting another box costs more than it saves."""


def shares_of(
    items: Sequence[Item], hands: int, kin: Callable[[Item], Hashable]
) -> list[list[Item]]:
    """Of about the same size; those of one kin stay together as far as that goes.

    What is tried on one of them is tried on all its kin by the way.
    """
    count = max(1, min(hands, len(items) // _FEWEST))
    first: dict[Hashable, int] = {}
    for place, item in enumerate(items):
        first.setdefault(kin(item), place)
    ordered = sorted(items, key=lambda item: first[kin(item)])
    ends = [len(items) * number // count for number in range(count + 1)]
    return [ordered[begin:end] for begin, end in pairwise(ends)]
