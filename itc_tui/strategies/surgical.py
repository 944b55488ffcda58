"""Surgical: after a regression, the smallest change to what broke."""

from __future__ import annotations

from collections.abc import Sequence

from itc_tui.domain.results import Failure
from itc_tui.domain.words import StrategyName
from itc_tui.strategies.situation import REGRESSION_POINTS, Situation


class Surgical:
    name = StrategyName.SURGICAL
    behaviour = "The smallest change, after the regression was rolled back."

    def trigger(self, situation: Situation) -> str:
        if situation.regression_detected:
            return f"the pass rate fell by more than {REGRESSION_POINTS} points"
        return ""

    def tackle(self, failures: Sequence[Failure], situation: Situation) -> tuple[Failure, ...]:
        broken_anew = [one for one in failures if one.test in situation.newly_failing]
        return tuple((broken_anew or list(failures))[:1])
