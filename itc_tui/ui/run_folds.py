"""How a run looks while its events arrive, and what is known of every test when it is over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from itc_tui.domain.results import CaseResult, Failure, Results
from itc_tui.domain.words import Outcome
from itc_tui.ui.view import CaseLine, RunView


def measured(run: RunView, results: Results) -> RunView:
    """The tests as they count: a flaky one that happened to pass is not shown as passing."""
    cases = dict(run.cases)
    for failure in results.failures:
        if failure.test in cases and not cases[failure.test].is_bad:
            cases[failure.test] = line_of(failure)
    for test in results.passing:
        if test in cases and cases[test].is_bad:
            cases[test] = passing_line(test)
    return counted(replace(run, cases=cases, is_running=False))


def counted(run: RunView) -> RunView:
    lines: Iterable[CaseLine] = run.cases.values()
    return replace(
        run,
        finished=sum(case.result is not None for case in lines),
        failed=sum(case.is_bad for case in lines),
    )


def line_of(failure: Failure) -> CaseLine:
    is_flaky = failure.signature.startswith("flaky|")
    # What passed this time did so by luck: as a result it would read as passing.
    outcome = Outcome.FAILED if failure.outcome is Outcome.PASSED else failure.outcome
    result = CaseResult(
        node_id=failure.test,
        outcome=outcome,
        stage=failure.stage,
        message=failure.error,
        file=failure.file,
        line=failure.line,
        traceback=failure.traceback,
        comparison=failure.comparison,
        stdout=failure.output,
    )
    return CaseLine(failure.test, "flaky" if is_flaky else outcome.value, result)


def passing_line(node_id: str) -> CaseLine:
    """How long it took is not known."""
    result = CaseResult(node_id=node_id, outcome=Outcome.PASSED)
    return CaseLine(node_id, Outcome.PASSED.value, result)
