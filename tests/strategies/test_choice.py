"""The specification's strategy table, row by row."""

from __future__ import annotations

import pytest

from itc_tui.domain.results import Failure
from itc_tui.domain.words import StrategyName
from itc_tui.strategies import BY_NAME, choose_strategy
from itc_tui.strategies.situation import Situation

C, A, S, R = (
    StrategyName.CONSERVATIVE,
    StrategyName.AGGRESSIVE,
    StrategyName.SURGICAL,
    StrategyName.REFLECTIVE,
)


@pytest.mark.parametrize(
    ("iteration", "pass_rate", "regression", "stuck", "similarity", "expected"),
    [
        (1, 0, False, (), 0.0, C),
        (2, 90, False, (), 1.0, C),
        (1, 90, True, (), 1.0, S),
        (3, 90, True, ("t",), 1.0, S),
        (3, 90, False, ("t",), 1.0, R),
        (2, 50, False, ("t",), 0.0, R),
        (3, 81, False, (), 0.71, A),
        (3, 80, False, (), 0.9, C),
        (3, 81, False, (), 0.7, C),
        (9, 10, False, (), 1.0, C),
    ],
)
def test_the_first_row_that_applies_is_chosen(
    iteration: int,
    pass_rate: float,
    regression: bool,
    stuck: tuple[str, ...],
    similarity: float,
    expected: StrategyName,
) -> None:
    choice = choose_strategy(
        Situation(
            iteration=iteration,
            pass_rate=pass_rate,
            regression_detected=regression,
            stuck_tests=stuck,
            similarity=similarity,
        )
    )
    assert choice.name is expected
    assert choice.reason


def failure(test: str, signature: str) -> Failure:
    return Failure(test=test, signature=signature)


FAILURES = [failure("a", "x"), failure("b", "y"), failure("c", "y")]


def test_conservative_takes_one_failure_on() -> None:
    tackled = BY_NAME[C].tackle(FAILURES, Situation(iteration=1, pass_rate=50))
    assert [one.test for one in tackled] == ["a"]


def test_aggressive_takes_all_on_and_the_largest_group_first() -> None:
    tackled = BY_NAME[A].tackle(FAILURES, Situation(iteration=3, pass_rate=90))
    assert [one.test for one in tackled] == ["b", "c", "a"]


def test_surgical_takes_on_what_broke_anew() -> None:
    situation = Situation(iteration=3, pass_rate=50, newly_failing=("c",))
    assert [one.test for one in BY_NAME[S].tackle(FAILURES, situation)] == ["c"]


def test_reflective_takes_on_what_is_stuck() -> None:
    situation = Situation(iteration=4, pass_rate=50, stuck_tests=("b",))
    assert [one.test for one in BY_NAME[R].tackle(FAILURES, situation)] == ["b"]
