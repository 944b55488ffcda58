"""What the loop is doing, as people see it."""

from __future__ import annotations

from enum import StrEnum


class Mood(StrEnum):
    IDLE = "idle"
    BUSY = "busy"
    ASKING = "asking"
    PAUSING = "pausing"
    """Told to hold: what is under way ends first, and nothing begins after it."""
    PAUSED = "paused"
    STOPPING = "stopping"
    STOPPED = "stopped"
    DONE = "done"
    FAILED = "failed"

    @property
    def is_over(self) -> bool:
        return self in (Mood.STOPPED, Mood.DONE, Mood.FAILED)

    @property
    def is_at_work(self) -> bool:
        return self in (Mood.BUSY, Mood.PAUSING, Mood.STOPPING)
