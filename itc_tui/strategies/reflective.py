"""Reflective: a test that stays red is questioned, not patched once more."""

from __future__ import annotations

from collections.abc import Sequence

from itc_tui.domain.results import Failure
from itc_tui.domain.words import StrategyName
from itc_tui.strategies.situation import STUCK_AFTER, Situation


class Reflective:
    name = StrategyName.REFLECTIVE
    behaviour = "Assumptions are examined again and the test is redesigned."

    def trigger(self, situation: Situation) -> str:
        if not situation.stuck_tests:
            return ""
        return f"{situation.stuck_tests[0]} has failed in {STUCK_AFTER} or more iterations"

    def tackle(self, failures: Sequence[Failure], situation: Situation) -> tuple[Failure, ...]:
        stuck = tuple(one for one in failures if one.test in situation.stuck_tests)
        return stuck or tuple(failures[:1])
