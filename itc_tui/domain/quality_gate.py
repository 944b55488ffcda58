"""The quality gate: what the measured results allow to be said."""

from __future__ import annotations

from enum import StrEnum

from itc_tui.domain.counting import counted
from itc_tui.domain.inventory import Inventory
from itc_tui.domain.record import Record
from itc_tui.domain.results import Results
from itc_tui.domain.words import Ending, Level


class Decision(StrEnum):
    SUCCESS = "success"
    PARTIAL = "partial_success"
    ONLY_BUGS = "only_bugs"
    """What is still red are product bugs: the suite is done, the product is not."""
    GO_ON = "go_on"


class GateResult(Record):
    decision: Decision
    why: str


PARTIAL_FROM = 95.0


def pass_gate(
    results: Results, inventory: Inventory, bug_tests: frozenset[str], wanted: float = PARTIAL_FROM
) -> GateResult:
    """100 % → success; enough and only low criticality → partial; else go on.

    `bug_tests` are the cases whose redness is a known product bug: they never become green here.
    """
    if results.trouble:
        return GateResult(decision=Decision.GO_ON, why=results.trouble)
    if results.total == 0:
        return GateResult(decision=Decision.GO_ON, why="the inventory is empty")
    if results.passed == results.total:
        if inventory.leaves_too_much_unwritten:
            return GateResult(
                decision=Decision.PARTIAL,
                why=f"all {results.total} written cases pass, but {len(inventory.unwritten)} of "
                f"{inventory.planned_total} planned cases could not be written",
            )
        why = "the one case passes" if results.total == 1 else f"all {results.total} cases pass"
        return GateResult(decision=Decision.SUCCESS, why=why)
    if all(failure.test in bug_tests for failure in results.failures):
        count = len(results.failures)
        return GateResult(decision=Decision.ONLY_BUGS, why=_only_bugs(results.passed, count))
    high_enough = results.pass_rate >= max(wanted, PARTIAL_FROM)
    others = [failure for failure in results.failures if failure.test not in bug_tests]
    if high_enough and all(failure.criticality is Level.LOW for failure in results.failures):
        return GateResult(
            decision=Decision.PARTIAL,
            why=f"{results.pass_rate:g}% pass and only cases of low criticality fail",
        )
    return GateResult(
        decision=Decision.GO_ON, why=f"{counted(len(others), 'case')} still to be fixed"
    )


def _only_bugs(passed: int, red: int) -> str:
    if not passed:
        return (
            "the one case shows a product bug" if red == 1 else f"all {red} cases show product bugs"
        )
    shows = "shows a product bug" if red == 1 else "show product bugs"
    return f"{passed} of {passed + red} cases pass and the other {red} {shows}"


ENDINGS: dict[Decision, Ending] = {
    Decision.SUCCESS: Ending.SUCCESS,
    Decision.PARTIAL: Ending.PARTIAL_SUCCESS,
    Decision.ONLY_BUGS: Ending.FAILURE,
    Decision.GO_ON: Ending.FAILURE,
}
