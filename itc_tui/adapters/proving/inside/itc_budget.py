"""How long faults are tried: by processor time, so that a busy machine proves no less.

Python 3.9 and up.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

PATIENCE = 3.0
"""So many times the budget may pass on the wall, for cases that wait and for busy machines."""


def processor_s() -> float:
    """Of this process, and of all that ended under it."""
    return sum(os.times()[:4])


class Budget:
    def __init__(
        self,
        seconds: float,
        processor: Callable[[], float] = processor_s,
        wall: Callable[[], float] = time.monotonic,
    ) -> None:
        self._seconds, self._processor, self._wall = seconds, processor, wall
        self._began, self._wall_began = processor(), wall()

    @property
    def wall_left_s(self) -> float:
        return PATIENCE * self._seconds - (self._wall() - self._wall_began)

    @property
    def left_s(self) -> float:
        return min(self._seconds - (self._processor() - self._began), self.wall_left_s)
