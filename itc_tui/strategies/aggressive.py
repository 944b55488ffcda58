"""Aggressive: failures that look alike are fixed in one batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from itc_tui.domain.results import Failure
from itc_tui.domain.words import StrategyName
from itc_tui.strategies.situation import ALIKE, HIGH_PASS_RATE, Situation


class Aggressive:
    name = StrategyName.AGGRESSIVE
    behaviour = "The related failures are fixed together."

    def trigger(self, situation: Situation) -> str:
        if situation.iteration <= 2:
            return ""
        if situation.pass_rate > HIGH_PASS_RATE and situation.similarity > ALIKE:
            return (
                f"{situation.pass_rate:g}% pass and the failures are "
                f"{100 * situation.similarity:.0f}% alike"
            )
        return ""

    def tackle(self, failures: Sequence[Failure], situation: Situation) -> tuple[Failure, ...]:
        """The largest group with one signature, and with it whatever else is left to fix."""
        sizes = Counter(failure.signature for failure in failures)
        return tuple(sorted(failures, key=lambda failure: -sizes[failure.signature]))
