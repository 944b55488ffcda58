"""What a strategy looks at when it is chosen, and what every strategy answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from itc_tui.domain.record import Record
from itc_tui.domain.results import Failure
from itc_tui.domain.words import StrategyName

REGRESSION_POINTS = 10
"""A fall of the pass rate by more than this many points is a regression."""
STUCK_AFTER = 3
"""Iterations in which the same test has failed before its assumptions are questioned."""
ALIKE = 0.7
"""Failures more alike than this are fixed together."""
HIGH_PASS_RATE = 80


class Situation(Record):
    iteration: int
    pass_rate: float
    regression_detected: bool = False
    stuck_tests: tuple[str, ...] = ()
    """Tests that have failed in at least `STUCK_AFTER` iterations in a row."""
    similarity: float = 0.0
    newly_failing: tuple[str, ...] = ()
    """Tests that passed in the iteration before."""


class Strategy(Protocol):
    """One way to go about fixing."""

    name: StrategyName
    behaviour: str
    """One sentence for the person: what it does."""

    def trigger(self, situation: Situation) -> str:
        """Why it applies now; empty when it does not."""
        ...

    def tackle(self, failures: Sequence[Failure], situation: Situation) -> tuple[Failure, ...]:
        """Which of the failures that may be fixed it takes on in this iteration."""
        ...
