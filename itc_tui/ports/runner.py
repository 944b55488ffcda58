"""Who runs the tests and reports what really happened."""

from __future__ import annotations

from typing import Protocol

from itc_tui.domain.record import Record
from itc_tui.domain.results import RunReport
from itc_tui.ports.steps import Steps


class RunOrder(Record):
    node_ids: tuple[str, ...] = ()
    """What to run; the runner keeps them in this order."""
    purpose: str = "full"
    iteration: int = 0
    is_full: bool = True
    case_limit_s: float = 60.0
    """No sign of life for that long ends the run's process group."""
    hash_seed: int | None = None
    shuffle_seed: int | None = None
    elsewhere: bool = False
    """Run from another working directory, to show what leans on it."""
    keeps_log: bool = True
    """Write the whole output to the session's test-output.log."""


class Runner(Protocol):
    """The target's own pytest, in its own interpreter; the only judge."""

    def run(self, order: RunOrder) -> Steps[RunReport]:
        """Yields RunStarted, CasesCollected, CaseStarted, CaseFinished, OutputArrived, Noted."""
        ...
