"""How a run looks while its events arrive, and what is known of every test when it is over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from itc_tui.domain.vocabulary import RERUN, RETRY, Outcome
from itc_tui.ui.view import CaseLine, RunView, View

if TYPE_CHECKING:
    from itc_tui.domain.events import RunStarted
    from itc_tui.domain.results import Failure, Results


def started(view: View, event: RunStarted) -> RunView:
    expected = tuple(name for name in event.expected if "::" in name or event.purpose != RERUN)
    cases = {node_id: CaseLine(node_id) for node_id in expected}
    if event.purpose.startswith(RETRY):
        # The same run goes on without the test that took its process down.
        return counted(replace(view.run, cases={**view.run.cases, **cases}, is_running=True))
    return RunView(
        iteration=event.iteration,
        purpose=event.purpose,
        command=event.command,
        asked=event.expected,
        cases=cases,
        beside=_beside(view) if event.purpose == RERUN else {},
        is_running=True,
    )


def collected(run: RunView, node_ids: Iterable[str]) -> RunView:
    cases = {node_id: run.cases.get(node_id, CaseLine(node_id)) for node_id in node_ids}
    missing = {node_id: case for node_id, case in run.cases.items() if node_id not in cases}
    return replace(run, cases=cases | missing)


def rerun_ended(run: RunView, trouble: str = "") -> RunView:
    """What it did not come to is again as it was before."""
    cases = {name: case for name, case in run.cases.items() if case.is_over}
    return counted(replace(run, cases=cases, is_running=False, trouble=trouble))


def halted(run: RunView) -> RunView:
    """It was ended from outside: what it did not come to waits again."""
    cases = {name: case if case.is_over else CaseLine(name) for name, case in run.cases.items()}
    return counted(replace(run, cases=cases, is_running=False))


def at_rest(view: View) -> View:
    """The process that ran it has ended, and all that went on with it."""
    run = halted(view.run) if view.run.is_running else view.run
    return replace(view, run=run, progress=None, work=None)


def known_lines(view: View) -> dict[str, CaseLine]:
    """Every test of the session with the last that is known of it."""
    inventory, results = view.inventory, view.results
    lines = {case.node_id: CaseLine(case.node_id) for case in inventory.cases} if inventory else {}
    if results:
        lines |= {test: passing_line(test) for test in results.passing if test in lines}
        lines |= {one.test: line_of(one) for one in results.failures if one.test in lines}
    for name, case in view.run.lines.items():
        if case.is_over or name not in lines:
            lines[name] = case
    return lines


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
        finished=sum(case.is_over for case in lines),
        failed=sum(case.is_bad for case in lines),
    )


def line_of(failure: Failure) -> CaseLine:
    from itc_tui.domain.results import CaseResult

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
    return CaseLine(node_id, Outcome.PASSED.value)


def _beside(view: View) -> Mapping[str, CaseLine]:
    """A rerun that is told to begin twice, when it is asked for and when it does, began once."""
    run = view.run
    return run.beside if run.is_rerun and run.is_running else known_lines(view)
