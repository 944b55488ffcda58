"""How many boundaries of the map the search has crossed, while it goes on."""

from __future__ import annotations

from typing import Any

from itc_tui.domain.counting import counted
from itc_tui.engines.builtin.boundaries import Boundaries, Pair


class CrossedSoFar:
    """Counts the pairs of modules of the map whose far side was seen at work."""

    def __init__(self, boundaries: Boundaries) -> None:
        self._boundaries = boundaries
        self._crossed: set[Pair] = set()

    def __call__(self, row: dict[str, Any]) -> str:
        module = self._boundaries.module
        pairs = {(module(caller), module(callee)) for caller, _, callee, _ in row["edges"]}
        every = self._boundaries.pairs
        self._crossed |= pairs & every
        boundaries = counted(len(every), "boundary")
        if any(map(self._boundaries.is_face, every)):
            return f"{len(self._crossed)} of {boundaries} crossed from outside"
        return f"{len(self._crossed)} of {boundaries} between modules crossed"
