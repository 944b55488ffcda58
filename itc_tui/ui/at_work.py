"""Whether the person is busy in a pane, so that nothing takes it from under the next key."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from itc_tui.ui.commands import commands

BUSY_S = 10.0
"""Whoever does nothing for that long looks on, and is shown what comes next."""


class AtWork:
    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._until = 0.0

    def __bool__(self) -> bool:
        return self._clock() < self._until

    def press(self, key: str) -> None:
        """Whoever drives the session, or a recording, on wants to see what it does."""
        driving = [one for one in commands("workbench") if one.drives]
        driving += commands("replay")
        drives = any(key in one.all_keys for one in driving)
        self._until = 0.0 if drives else self._clock() + BUSY_S

    def point(self) -> None:
        self._until = self._clock() + BUSY_S
