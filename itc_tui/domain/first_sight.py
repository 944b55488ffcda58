"""What is read of a session at once, so that its tests are there before all of it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

# No record: what records need would be loaded before the first paint.


class SeenCase(NamedTuple):
    """One test of the last run."""

    node_id: str
    outcome: str = ""
    """The outcome's word; empty for one that has no result."""
    duration_s: float = 0.0


@dataclass(frozen=True, slots=True)
class FirstSight:
    session_id: str
    module: str
    folder: str
    phase: int = 5
    """1 to 6."""
    iteration: int = 0
    purpose: str = ""
    command: tuple[str, ...] = ()
    cases: tuple[SeenCase, ...] = ()
    is_running: bool = False
