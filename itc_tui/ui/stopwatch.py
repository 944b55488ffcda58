"""How long the loop has worked; what a person takes to answer is not counted."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic


class Stopwatch:
    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._counted_s = 0.0
        self._running_since: float | None = None

    def run(self) -> None:
        if self._running_since is None:
            self._running_since = self._now()

    def hold(self) -> None:
        self._counted_s = self._so_far_s()
        self._running_since = None

    @property
    def shown(self) -> str:
        minutes, seconds = divmod(int(self._so_far_s()), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"

    def _so_far_s(self) -> float:
        since = self._running_since
        return self._counted_s + (0 if since is None else self._now() - since)
