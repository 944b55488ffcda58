"""What another try of a callable is worth: for what it did not show yet, and seldom failed."""

from __future__ import annotations

from typing import Collection, Dict, List, Optional, Set, Tuple

from itc_tui.engines.builtin.inside.aims import Aims
from itc_tui.engines.builtin.inside.surface import Entry

_UNASKED = 0.25
_DEADLY = 500.0


class Chances:
    def __init__(
        self,
        own_lines: Dict[str, Set[Tuple[str, int]]],
        modules: List[str],
        aims: Optional[Aims] = None,
    ) -> None:
        self.own_lines = own_lines
        """Of each callable, by its ident."""
        self._modules, self._aims = modules, aims
        self._stale: Dict[str, float] = {}

    def weights(self, callables: List[Entry], lines: Collection[Tuple[str, int]]) -> List[float]:
        return [self._weight(target, lines) for target in callables]

    def _weight(self, target: Entry, lines: Collection[Tuple[str, int]]) -> float:
        own = self.own_lines[target.ident]
        share = sum(line not in lines for line in own) / len(own) if own else 0.1
        wanted = 1.0 if self._is_wanted(target.ident.partition(":")[0]) else _UNASKED
        aimed_at = self._aims.among(own) if self._aims is not None and share else 0
        return (
            target.shown
            * wanted
            * (1 + aimed_at)
            * (0.15 + 2 * share)
            / (1 + self._stale.get(target.ident, 0.0) / 6)
        )

    def _is_wanted(self, module: str) -> bool:  # none was asked for, or this one was
        inside = (module + ".").startswith
        return not self._modules or any(inside(name + ".") for name in self._modules)

    def won(self, focus: str) -> None:
        self._stale[focus] = 0.0

    def failed(self, focus: str, cost: float = 1.0) -> None:
        self._stale[focus] = self._stale.get(focus, 0.0) + cost

    def avoid(self, focus: str) -> None:
        self.failed(focus, _DEADLY)

    def as_row(self) -> Dict[str, float]:
        return self._stale

    def learn(self, row: Dict[str, float]) -> None:
        """Take over what a child came to know."""
        self._stale.update(row)
