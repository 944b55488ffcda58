"""The inventory measured by a run: the frozen denominator, whatever pytest says it collected."""

from __future__ import annotations

from collections.abc import Iterable

from itc_tui.domain.failure_signature import signature_of
from itc_tui.domain.inventory import Inventory, WrittenCase
from itc_tui.domain.results import CaseResult, Failure, Results, RunReport, rate
from itc_tui.domain.words import Level, Outcome


def measure(
    inventory: Inventory,
    report: RunReport,
    *,
    asked: Iterable[str] | None = None,
    over: Results | None = None,
) -> Results:
    """Lay a run over the inventory; cases that were not asked for stay as in `over`."""
    asked_for = {case.node_id for case in inventory.cases} if asked is None else set(asked)
    earlier = {failure.test: failure for failure in over.failures} if over else {}
    passing: list[str] = []
    failures: list[Failure] = []
    for case in inventory.cases:
        if case.node_id not in asked_for and over is not None:
            if case.node_id in over.passing:
                passing.append(case.node_id)
            elif case.node_id in earlier:
                failures.append(earlier[case.node_id])
            continue
        result = report.result_of(case.node_id)
        if result is not None and result.is_passing:
            passing.append(case.node_id)
        else:
            failures.append(_failure(case, result, report))
    total = len(inventory.cases)
    return Results(
        pass_rate=rate(len(passing), total),
        passed=len(passing),
        failed=total - len(passing),
        total=total,
        failures=tuple(failures),
        is_full=asked is None,
        trouble=report.trouble,
        duration_s=report.duration_s,
        passing=tuple(passing),
    )


def with_flaky(results: Results, unsteady: Results) -> Results:
    """What passed once and fails in a repeat is flaky, and flaky is not passing."""
    again = {failure.test: failure for failure in unsteady.failures}
    flaky = tuple(again[test] for test in results.passing if test in again)
    if not flaky:
        return results
    passing = tuple(test for test in results.passing if test not in again)
    return results.but(
        passing=passing,
        passed=len(passing),
        failed=results.total - len(passing),
        pass_rate=rate(len(passing), results.total),
        failures=(*results.failures, *(_as_flaky(one) for one in flaky)),
    )


def _as_flaky(failure: Failure) -> Failure:
    if failure.signature.startswith("flaky|"):
        return failure
    return failure.but(error=f"flaky: {failure.error}", signature=f"flaky|{failure.signature}")


def _failure(case: WrittenCase, result: CaseResult | None, report: RunReport) -> Failure:
    if result is None:
        error, trace = _why_not_run(case, report)
        result = CaseResult(
            node_id=case.node_id, outcome=Outcome.NOT_RUN, message=error, traceback=trace
        )
    return Failure(
        test=case.node_id,
        file=result.file or case.node_id.split("::", 1)[0],
        error=result.message or _in_words(result.outcome),
        criticality=_criticality(case, result.outcome),
        case_id=case.case_id,
        outcome=result.outcome,
        signature=signature_of(result.outcome, result.stage, result.message, result.traceback),
        line=result.line,
        stage=result.stage,
        traceback=result.traceback,
        comparison=result.comparison,
        output="\n".join(part for part in (result.stdout, result.stderr, result.log) if part),
    )


def _why_not_run(case: WrittenCase, report: RunReport) -> tuple[str, str]:
    file = case.node_id.split("::", 1)[0]
    for error in report.collection_errors:
        if not error.node_id or file.startswith(error.node_id) or error.node_id.startswith(file):
            return f"could not be collected: {error.message}", error.traceback
    if report.collection_errors:
        error = report.collection_errors[0]
        return f"did not run: {error.node_id}: {error.message}", error.traceback
    return report.trouble or "was not collected", ""


def _in_words(outcome: Outcome) -> str:
    return outcome.value.replace("_", " ")


def _criticality(case: WrittenCase, outcome: Outcome) -> Level:
    """The plan's own word, raised where the interpreter itself went down."""
    if outcome in (Outcome.CRASHED, Outcome.TIMED_OUT):
        return Level.HIGH
    return case.criticality
