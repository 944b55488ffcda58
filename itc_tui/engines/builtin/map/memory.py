"""Remembers answers with what they lean on, and does not run in circles."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from itc_tui.engines.builtin.map.values import Values

DEPTH_LIMIT = 60
"""So many steps from one expression to the next lead nowhere."""


class Memory:
    """Every answer is kept together with the modules it leans on, as bits of `touched`."""

    def __init__(self) -> None:
        self.touched = 0
        self._answers: dict[Hashable, tuple[Values, int]] = {}
        self._busy: set[Hashable] = set()
        self._went_round = False
        self._provisional: list[Hashable] = []

    def once(self, key: Hashable, bit: int, work: Callable[[], Values]) -> Values:
        known = self._answers.get(key)
        if known is not None:
            self.touched |= known[1]
            return known[0]
        if key in self._busy or len(self._busy) > DEPTH_LIMIT:
            self._went_round = True
            return ()
        before, self.touched = self.touched, bit
        self._busy.add(key)
        try:
            found = work()
        except RecursionError:
            if len(self._busy) > 1:
                raise
            found = ()
        finally:
            self._busy.discard(key)
        self._answers[key] = (found, self.touched)
        self.touched |= before
        self._settle(key)
        return found

    def _settle(self, key: Hashable) -> None:
        """What was found while going in a circle may be less than all; it is not kept."""
        if not self._went_round:
            return
        if self._busy:
            self._provisional.append(key)
            return
        for other in self._provisional:
            self._answers.pop(other, None)
        self._provisional.clear()
        self._went_round = False
