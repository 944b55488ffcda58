"""Time that is ours: what passes, without the wait for processors that others keep busy."""

from __future__ import annotations

import time
from typing import Callable

Clock = Callable[[], float]
PATIENCE = 8.0
"""So many times longer than allowed may it last on the wall, on a machine as busy as that."""
_now = time.monotonic  # a target, or a stand-in for the clock, may put another in its place


def own_time(pid: int = 0) -> float:
    """Seconds of a clock that stands still while the process could run and may not.

    Who sleeps or waits for an answer spends time like who computes. Where the kernel does not
    tell how long a process waited for its turn, this is the clock on the wall. Readings of
    different processes say nothing about each other.
    """
    return _now() - _waited(pid)


def _waited(pid: int) -> float:
    try:
        with open("/proc/%s/schedstat" % (pid or "self"), "rb") as file:
            return int(file.read().split()[1]) / 1e9
    except (OSError, IndexError, ValueError):
        return 0.0


class Allowance:
    """Seconds of our own time to be spent; on the wall it ends too, only much later."""

    def __init__(self, seconds: float, clock: Clock = own_time, wall: Clock = _now) -> None:
        self._seconds, self._clock, self._wall = seconds, clock, wall
        self._began, self._wall_began = clock(), wall()

    @property
    def left_s(self) -> float:
        """Zero when it is spent; elsewhere enough to be worth a timer."""
        on_wall = PATIENCE * self._seconds - (self._wall() - self._wall_began)
        own = self._seconds - (self._clock() - self._began)
        return own if own > 0 and on_wall > 0 else 0.0

    @property
    def is_spent(self) -> bool:
        return not self.left_s


class Purse:
    """The seconds that several workers may spend together, each telling what it spent."""

    def __init__(self, seconds: float, wall: Clock = _now) -> None:
        self.spent_s = 0.0
        self._seconds, self._wall = seconds, wall
        self._wall_began = wall()

    def pay(self, seconds: float) -> None:
        self.spent_s += max(0.0, seconds)

    @property
    def left_s(self) -> float:
        if self._wall() - self._wall_began >= PATIENCE * self._seconds:
            return 0.0
        return max(0.0, self._seconds - self.spent_s)
