"""Tackle: which red cases may be fixed at all, and which of them a strategy takes on."""

from __future__ import annotations

from itc_tui.domain.failure_signature import similarity
from itc_tui.domain.iterations import StrategyChoice, StuckCase
from itc_tui.domain.results import Failure, Results
from itc_tui.domain.state import State
from itc_tui.domain.words import Level, StrategyName
from itc_tui.phases.reflect import bug_tests
from itc_tui.strategies import BY_NAME
from itc_tui.strategies.situation import STUCK_AFTER, Situation

_WEIGHT = {Level.HIGH: 0, Level.MEDIUM: 1, Level.LOW: 2}


def to_tackle(state: State, choice: StrategyChoice) -> tuple[Failure, ...]:
    """What this iteration takes on; what has been tried least comes first."""
    if choice.tests:
        return tuple(one for one in fixable(state) if one.test in choice.tests)
    strategy = BY_NAME[choice.name]
    open_failures = [one for one in fixable(state) if not _is_hopeless(one, state)]
    return strategy.tackle(open_failures, situation_of(state))


def fixable(state: State) -> tuple[Failure, ...]:
    """Red cases that are not product bugs, the least tried and most critical first."""
    results = state.iterations.latest_results or Results()
    bugs = bug_tests(state)
    tried = {
        failure.test: sum(failure.test in entry.affected_tests for entry in state.fix_history)
        for failure in results.failures
    }
    red = [failure for failure in results.failures if failure.test not in bugs]
    return tuple(sorted(red, key=lambda one: (tried[one.test], _WEIGHT[one.criticality])))


def is_hopeless(state: State) -> bool:
    """Every failure has been questioned reflectively, and no engine had an answer."""
    return all(_is_hopeless(failure, state) for failure in fixable(state))


def situation_of(state: State) -> Situation:
    iterations = state.iterations
    results = iterations.latest_results or Results()
    red = fixable(state)
    before = {
        test
        for entry in iterations.history
        if entry.iteration == iterations.current - 1
        for test in entry.failed_tests
    }
    return Situation(
        iteration=iterations.current,
        pass_rate=results.pass_rate,
        regression_detected=iterations.regression_detected,
        stuck_tests=tuple(
            stuck.test for stuck in stuck_cases(state) if stuck.iterations >= STUCK_AFTER
        ),
        similarity=similarity([failure.signature for failure in red]),
        newly_failing=tuple(one.test for one in red if one.test not in before),
    )


def stuck_cases(state: State) -> tuple[StuckCase, ...]:
    """How many iterations in a row, up to this one, each fixable case has been red."""
    history = sorted(state.iterations.history, key=lambda entry: -entry.iteration)
    found = []
    for failure in fixable(state):
        count = 0
        for entry in history:
            if failure.test not in entry.failed_tests:
                break
            count += 1
        if count > 1:
            found.append(StuckCase(test=failure.test, iterations=count))
    return tuple(found)


def _is_hopeless(failure: Failure, state: State) -> bool:
    return any(
        entry.outcome == "none"
        and entry.strategy is StrategyName.REFLECTIVE
        and failure.signature in entry.signatures
        and failure.test in entry.affected_tests
        for entry in state.fix_history
    )
