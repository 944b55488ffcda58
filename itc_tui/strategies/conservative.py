"""Conservative: one targeted fix, then the whole suite again."""

from __future__ import annotations

from collections.abc import Sequence

from itc_tui.domain.results import Failure
from itc_tui.domain.words import StrategyName
from itc_tui.strategies.situation import Situation


class Conservative:
    name = StrategyName.CONSERVATIVE
    behaviour = "One targeted fix, validated by the full suite."

    def trigger(self, situation: Situation) -> str:
        if situation.iteration <= 2:
            return f"iteration {situation.iteration} starts carefully"
        return "nothing calls for another strategy"

    def tackle(self, failures: Sequence[Failure], situation: Situation) -> tuple[Failure, ...]:
        return tuple(failures[:1])
