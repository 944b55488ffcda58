"""The quality gate and the frozen denominator."""

from __future__ import annotations

from itc_tui.domain.inventory import Inventory, UnwrittenCase, WrittenCase
from itc_tui.domain.measure import measure, with_flaky
from itc_tui.domain.quality_gate import Decision, pass_gate
from itc_tui.domain.results import CaseResult, CollectionError, Results, RunReport, rate
from itc_tui.domain.words import Level, Outcome


def inventory(count: int, *, unwritten: int = 0, level: Level = Level.MEDIUM) -> Inventory:
    return Inventory(
        cases=tuple(
            WrittenCase(case_id=str(n), node_id=f"t.py::test_{n}", criticality=level)
            for n in range(count)
        ),
        unwritten=tuple(UnwrittenCase(case_id=f"u{n}") for n in range(unwritten)),
    )


def report(*outcomes: Outcome) -> RunReport:
    return RunReport(
        results=tuple(
            CaseResult(node_id=f"t.py::test_{n}", outcome=outcome)
            for n, outcome in enumerate(outcomes)
        )
    )


P, F = Outcome.PASSED, Outcome.FAILED


def gate(results: Results, listed: Inventory, bugs: frozenset[str] = frozenset()) -> Decision:
    return pass_gate(results, listed, bugs).decision


def test_everything_passing_is_success() -> None:
    listed = inventory(2)
    assert gate(measure(listed, report(P, P)), listed) is Decision.SUCCESS


def test_skipped_xfailed_and_missing_cases_do_not_pass() -> None:
    listed = inventory(4)
    results = measure(listed, report(P, Outcome.SKIPPED, Outcome.XFAILED))
    assert (results.passed, results.failed, results.total) == (1, 3, 4)
    assert results.failures[2].outcome is Outcome.NOT_RUN
    assert gate(results, listed) is Decision.GO_ON


def test_an_unexpected_pass_does_not_pass() -> None:
    listed = inventory(1)
    assert measure(listed, report(Outcome.XPASSED)).passed == 0


def test_ninety_five_per_cent_with_low_criticality_is_partial() -> None:
    listed = inventory(20, level=Level.LOW)
    results = measure(listed, report(*[P] * 19, F))
    assert gate(results, listed) is Decision.PARTIAL


def test_ninety_five_per_cent_with_a_medium_failure_goes_on() -> None:
    listed = inventory(20)
    assert gate(measure(listed, report(*[P] * 19, F)), listed) is Decision.GO_ON


def test_below_ninety_five_low_criticality_does_not_help() -> None:
    listed = inventory(10, level=Level.LOW)
    assert gate(measure(listed, report(*[P] * 9, F)), listed) is Decision.GO_ON


def test_more_than_a_tenth_unwritten_rules_out_full_success() -> None:
    listed = inventory(9, unwritten=2)
    assert gate(measure(listed, report(*[P] * 9)), listed) is Decision.PARTIAL
    listed = inventory(9, unwritten=1)
    assert gate(measure(listed, report(*[P] * 9)), listed) is Decision.SUCCESS


def test_only_product_bugs_left_ends_the_iterations_without_success() -> None:
    listed = inventory(2)
    results = measure(listed, report(P, F))
    assert gate(results, listed, frozenset({"t.py::test_1"})) is Decision.ONLY_BUGS


def test_a_product_bug_is_never_a_partial_success() -> None:
    listed = inventory(20, level=Level.LOW)
    results = measure(listed, report(*[P] * 19, F))
    assert gate(results, listed, frozenset({"t.py::test_19"})) is Decision.ONLY_BUGS


def test_a_run_that_cannot_be_trusted_is_not_green() -> None:
    listed = inventory(1)
    results = measure(listed, report(P).but(trouble="exit code 3, but nothing failed"))
    assert gate(results, listed) is Decision.GO_ON


def test_an_empty_inventory_is_not_green() -> None:
    assert gate(measure(inventory(0), report()), inventory(0)) is Decision.GO_ON


def test_a_case_that_was_not_collected_tells_the_collection_error() -> None:
    listed = inventory(1)
    broken = RunReport(
        collection_errors=(CollectionError(node_id="t.py", message="ImportError: no x"),)
    )
    assert "ImportError: no x" in measure(listed, broken).failures[0].error


def test_a_run_of_some_cases_is_laid_over_the_last_full_run() -> None:
    listed = inventory(3)
    before = measure(listed, report(P, F, F))
    now = RunReport(results=(CaseResult(node_id="t.py::test_1", outcome=P),))
    results = measure(listed, now, asked=["t.py::test_1"], over=before)
    assert results.passing == ("t.py::test_0", "t.py::test_1")
    assert results.failed_tests == ("t.py::test_2",)
    assert not results.is_full


def test_what_fails_in_a_repeat_is_flaky() -> None:
    listed = inventory(2)
    steady = measure(listed, report(P, P))
    results = with_flaky(steady, measure(listed, report(P, F)))
    assert results.pass_rate == 50
    assert results.failures[0].error.startswith("flaky")


def test_a_rate_is_never_rounded_up_to_a_hundred() -> None:
    assert rate(9999, 10000) == 99.9
    assert rate(3, 3) == 100
    assert rate(0, 0) == 0
