"""The four strategies, in the order in which they are asked; the first that applies is chosen."""

from __future__ import annotations

from itc_tui.domain.iterations import StrategyChoice
from itc_tui.domain.words import StrategyName
from itc_tui.strategies.aggressive import Aggressive
from itc_tui.strategies.conservative import Conservative
from itc_tui.strategies.reflective import Reflective
from itc_tui.strategies.situation import Situation, Strategy
from itc_tui.strategies.surgical import Surgical

IN_ORDER: tuple[Strategy, ...] = (Surgical(), Reflective(), Aggressive(), Conservative())

BY_NAME: dict[StrategyName, Strategy] = {strategy.name: strategy for strategy in IN_ORDER}


def choose_strategy(situation: Situation) -> StrategyChoice:
    for strategy in IN_ORDER:
        if reason := strategy.trigger(situation):
            return StrategyChoice(name=strategy.name, reason=reason)
    raise AssertionError("conservative always applies")
