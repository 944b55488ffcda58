"""What each event is worth in lines of text; pure, for every voice but JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from itc_tui.domain import events as ev
from itc_tui.domain.commit_messages import percent
from itc_tui.domain.counting import counted
from itc_tui.domain.inventory import Inventory
from itc_tui.domain.log.conclusions import RESULT_WORDS
from itc_tui.domain.log.wording import inline
from itc_tui.domain.plain_text import clean_text
from itc_tui.domain.words import Ending, Outcome

_TOLD_UNREAD = 3

Tone = Literal["plain", "strong", "good", "bad", "warn", "dim"]


class Line(NamedTuple):
    text: str
    tone: Tone = "plain"


def lines_for(event: ev.Event) -> list[Line]:
    tell = _TELLERS.get(type(event))
    return (
        [] if tell is None else [line._replace(text=clean_text(line.text)) for line in tell(event)]
    )


def _opened(event: ev.SessionOpened) -> list[Line]:
    words = "continued" if event.mode == "continue" else "new"
    return [
        Line(f"itc · {inline(event.module)} · {words} session {event.session_id}", "strong"),
        Line(f"      {event.folder}", "dim"),
    ]


def _phase(event: ev.PhaseStarted) -> list[Line]:
    return [Line(f"[{event.number}/6] {event.name}", "strong")]


def _noted(event: ev.Noted) -> list[Line]:
    tone: Tone = {"info": "dim", "warning": "warn", "error": "bad"}[event.level]  # type: ignore[assignment]
    return [Line(f"      {inline(event.text)}", tone)]


def _explored(event: ev.ExplorationFinished) -> list[Line]:
    found = event.exploration
    lines = [
        Line(
            f"      {counted(found.metadata.files_analyzed, 'file')}, "
            f"{counted(len(found.boundaries), 'boundary')}, "
            f"{counted(len(found.risk_areas), 'risk area')}"
        )
    ]
    if found.metadata.chosen_because:
        lines.append(Line(f"      {inline(found.metadata.chosen_because)}", "dim"))
    unread = found.metadata.unreadable
    lines += [Line(f"      not read: {inline(one)}", "warn") for one in unread[:_TOLD_UNREAD]]
    if len(unread) > _TOLD_UNREAD:
        lines.append(Line(f"      and {len(unread) - _TOLD_UNREAD} more, see the log", "warn"))
    return lines


def _planned(event: ev.PlanProposed) -> list[Line]:
    plan = event.plan
    lines = [
        Line(
            f"      {counted(len(plan.integration_scenarios), 'scenario')}, "
            f"{counted(len(plan.enabled_cases), 'case')}"
        )
    ]
    if plan.left_out:
        lines.append(Line(f"      {len(plan.left_out)} left out, see the log", "dim"))
    return lines


def _rejected(event: ev.CaseRejected) -> list[Line]:
    return [Line(f"      not taken: {event.name or event.case_id}: {inline(event.reason)}", "dim")]


def _written(event: ev.FileWritten) -> list[Line]:
    holds = counted(event.cases, "case") if event.cases else "what they share"
    return [Line(f"      {event.path}  {holds}")]


def _frozen(event: ev.InventoryFrozen) -> list[Line]:
    return [Line(f"      {_size(event.inventory)}")]


def _iteration(event: ev.IterationStarted) -> list[Line]:
    return [Line(f"  iteration {event.iteration} of {event.max_iterations}", "strong")]


def _case(event: ev.CaseFinished) -> list[Line]:
    result = event.result
    if result.outcome is Outcome.PASSED:
        return []
    mark = "✗" if result.outcome not in (Outcome.SKIPPED, Outcome.XFAILED) else "–"
    outcome = "" if result.outcome is Outcome.FAILED else f" ({result.outcome})"
    lines = [Line(f"    {mark} {result.node_id}{outcome}", "bad")]
    if result.message:
        lines.append(Line(f"      {inline(result.message)}"))
    return lines


def _run(event: ev.RunFinished) -> list[Line]:
    results = event.results
    tone: Tone = "good" if results.passed == results.total and results.total else "warn"
    lines = [
        Line(
            f"    {event.purpose or 'run'}: {results.passed} of {results.total} pass "
            f"({percent(results.pass_rate)})",
            tone,
        )
    ]
    if results.trouble:
        lines.append(Line(f"    {inline(results.trouble)}", "bad"))
    return lines


def _rerun(event: ev.RerunFinished) -> list[Line]:
    """Beside the rate, never in it."""
    how = "stopped" if event.was_stopped else f"{event.passed} of {event.total} pass"
    lines = [Line(f"    rerun by the person, not counted: {how}", "dim")]
    return [*lines, *([Line(f"    {inline(event.trouble)}", "bad")] if event.trouble else [])]


def _reflected(event: ev.Reflected) -> list[Line]:
    return [Line(f"    why: {inline(event.entry.reflection_summary)}")]


def _bug(event: ev.BugFound) -> list[Line]:
    finding = event.finding
    return [
        Line(f"    {finding.id} product bug: {inline(finding.title)}", "bad"),
        *([Line(f"      promised: {inline(finding.contract)}")] if finding.contract else []),
    ]


def _strategy(event: ev.StrategyChosen) -> list[Line]:
    return [Line(f"    strategy: {event.choice.name}, because {inline(event.choice.reason)}")]


def _intervened(event: ev.Intervened) -> list[Line]:
    return [Line(f"    by you: {inline(event.intervention.told)}", "strong")]


def _fix(event: ev.FixApplied) -> list[Line]:
    return [Line(f"    fix: {inline(event.entry.explanation)} ({', '.join(event.paths)})")]


def _refused(event: ev.FixRefused) -> list[Line]:
    return [Line(f"    fix refused: {inline(event.reason)}", "warn")]


def _kept(event: ev.ChangeKept) -> list[Line]:
    return [Line(f"    kept {event.sha[:10]}: {inline(event.message.splitlines()[0])}", "good")]


def _undone(event: ev.ChangeUndone) -> list[Line]:
    return [Line(f"    undone: {inline(event.reason)}", "warn")]


def _reverted(event: ev.ChangeReverted) -> list[Line]:
    return [Line(f"    iteration {event.iteration} rolled back: {inline(event.reason)}", "warn")]


def _completed(event: ev.SessionCompleted) -> list[Line]:
    summary = event.summary
    metrics = summary.test_metrics
    bugs = bool(summary.product_bugs) and summary.result is Ending.FAILURE
    words = "PRODUCT BUGS FOUND" if bugs and "show" in summary.why else RESULT_WORDS[summary.result]
    tone: Tone = {Ending.SUCCESS: "good", Ending.PARTIAL_SUCCESS: "warn"}.get(  # type: ignore[assignment]
        summary.result, "bad"
    )
    unwritten = (
        f", {metrics.planned_not_written} planned not written"
        if metrics.planned_not_written
        else ""
    )
    return [
        Line(f"{words}: {summary.why}", tone),
        Line(
            f"  {metrics.passed} of {metrics.total_tests} passing "
            f"({percent(summary.final_pass_rate)})"
            f"{unwritten}; {metrics.integration_points_covered} of "
            f"{metrics.integration_points_total} boundaries of the map crossed; "
            f"{counted(summary.total_iterations, 'iteration')}"
        ),
        *(Line(f"  → {inline(advice)}") for advice in summary.recommendations),
    ]


def _report(event: ev.ReportWritten) -> list[Line]:
    return [Line(f"  {event.what}: {event.path}")]


def _size(inventory: Inventory) -> str:
    unwritten = f", {len(inventory.unwritten)} planned not written" if inventory.unwritten else ""
    return (
        f"frozen inventory: {counted(inventory.total_tests, 'case')} in "
        f"{counted(inventory.total_files, 'file')}{unwritten}"
    )


_TELLERS: dict[type[Any], Callable[[Any], list[Line]]] = {
    ev.SessionOpened: _opened,
    ev.PhaseStarted: _phase,
    ev.Noted: _noted,
    ev.ExplorationFinished: _explored,
    ev.PlanProposed: _planned,
    ev.CaseRejected: _rejected,
    ev.FileWritten: _written,
    ev.InventoryFrozen: _frozen,
    ev.IterationStarted: _iteration,
    ev.CaseFinished: _case,
    ev.RunFinished: _run,
    ev.RerunFinished: _rerun,
    ev.Reflected: _reflected,
    ev.BugFound: _bug,
    ev.StrategyChosen: _strategy,
    ev.Intervened: _intervened,
    ev.FixApplied: _fix,
    ev.FixRefused: _refused,
    ev.ChangeKept: _kept,
    ev.ChangeUndone: _undone,
    ev.ChangeReverted: _reverted,
    ev.SessionCompleted: _completed,
    ev.ReportWritten: _report,
}
