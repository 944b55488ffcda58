"""What each event is worth in lines of text; pure, for every voice but JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from itc_tui.domain import events as ev
from itc_tui.domain.commit_messages import percent
from itc_tui.domain.inventory import Inventory
from itc_tui.domain.log.conclusions import RESULT_WORDS
from itc_tui.domain.log.wording import inline
from itc_tui.domain.plain_text import clean_text
from itc_tui.domain.words import Ending, Outcome
from itc_tui.speech import tell, told

_TOLD_UNREAD = 3
_RESULT = "{result:SUCCESS/PARTIAL SUCCESS/NEEDS ATTENTION/PRODUCT BUGS FOUND}: {why:said}"

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
    words = (
        tell("continued session {session}", session=event.session_id)
        if event.mode == "continue"
        else tell("new session {session}", session=event.session_id)
    )
    return [
        Line(f"itc · {inline(event.module)} · {words}", "strong"),
        Line(f"      {event.folder}", "dim"),
    ]


def _phase(event: ev.PhaseStarted) -> list[Line]:
    return [Line(f"[{event.number}/6] {told(event.name)}", "strong")]


def _noted(event: ev.Noted) -> list[Line]:
    tone: Tone = {"info": "dim", "warning": "warn", "error": "bad"}[event.level]  # type: ignore[assignment]
    return [Line(f"      {_said(event.text)}", tone)]


def _explored(event: ev.ExplorationFinished) -> list[Line]:
    found = event.exploration
    size = tell(
        "{files:file|files}, {boundaries:boundary|boundaries}, {risks:risk area|risk areas}",
        files=found.metadata.files_analyzed,
        boundaries=len(found.boundaries),
        risks=len(found.risk_areas),
    )
    lines = [Line(f"      {size}")]
    if found.metadata.chosen_because:
        lines.append(Line(f"      {_said(found.metadata.chosen_because)}", "dim"))
    unread = found.metadata.unreadable
    lines += [
        Line(f"      {tell('not read: {what:said}', what=inline(one))}", "warn")
        for one in unread[:_TOLD_UNREAD]
    ]
    if (more := len(unread) - _TOLD_UNREAD) > 0:
        unsaid = tell("and {more:number} more, see reflection-log.md", more=more)
        lines.append(Line(f"      {unsaid}", "warn"))
    return lines


def _planned(event: ev.PlanProposed) -> list[Line]:
    plan = event.plan
    size = tell(
        "{scenarios:scenario|scenarios}, {cases:case|cases}",
        scenarios=len(plan.integration_scenarios),
        cases=len(plan.enabled_cases),
    )
    lines = [Line(f"      {size}")]
    if count := len(plan.left_out):
        left_out = tell("{count:number} left out, see reflection-log.md", count=count)
        lines.append(Line(f"      {left_out}", "dim"))
    return lines


def _rejected(event: ev.CaseRejected) -> list[Line]:
    why = tell(
        "not taken: {case}: {why:said}",
        case=event.name or event.case_id,
        why=inline(event.reason),
    )
    return [Line(f"      {why}", "dim")]


def _written(event: ev.FileWritten) -> list[Line]:
    if not event.cases:
        return [Line(f"      {event.path}  {tell('what its tests share')}")]
    return [Line(f"      {event.path}  {tell('{cases:case|cases}', cases=event.cases)}")]


def _frozen(event: ev.InventoryFrozen) -> list[Line]:
    return [Line(f"      {_size(event.inventory)}")]


def _iteration(event: ev.IterationStarted) -> list[Line]:
    where = tell(
        "iteration {number:number} of {most:number}",
        number=event.iteration,
        most=event.max_iterations,
    )
    return [Line(f"  {where}", "strong")]


def _case(event: ev.CaseFinished) -> list[Line]:
    result = event.result
    if result.outcome is Outcome.PASSED:
        return []
    mark = "✗" if result.outcome not in (Outcome.SKIPPED, Outcome.XFAILED) else "–"
    outcome = "" if result.outcome is Outcome.FAILED else f" ({told(result.outcome)})"
    lines = [Line(f"    {mark} {result.node_id}{outcome}", "bad")]
    if result.message:
        lines.append(Line(f"      {_said(result.message)}"))
    return lines


def _run(event: ev.RunFinished) -> list[Line]:
    results = event.results
    tone: Tone = "good" if results.passed == results.total and results.total else "warn"
    how = tell(
        "{purpose:said}: {passed:number} of {total:number} pass ({rate:number})",
        purpose=event.purpose or "run",
        passed=results.passed,
        total=results.total,
        rate=percent(results.pass_rate),
    )
    lines = [Line(f"    {how}", tone)]
    if results.trouble:
        lines.append(Line(f"    {_said(results.trouble)}", "bad"))
    return lines


def _rerun(event: ev.RerunFinished) -> list[Line]:
    """Beside the rate, never in it."""
    how = (
        tell("rerun by the person, not counted: stopped")
        if event.was_stopped
        else tell(
            "rerun by the person, not counted: {passed:number} of {total:number} pass",
            passed=event.passed,
            total=event.total,
        )
    )
    lines = [Line(f"    {how}", "dim")]
    return [*lines, *([Line(f"    {_said(event.trouble)}", "bad")] if event.trouble else [])]


def _reflected(event: ev.Reflected) -> list[Line]:
    return [Line(f"    {tell('why: {why:said}', why=inline(event.entry.reflection_summary))}")]


def _bug(event: ev.BugFound) -> list[Line]:
    finding = event.finding
    bug = tell("{id} product bug: {what:said}", id=finding.id, what=inline(finding.title))
    promised = tell("promised: {what:said}", what=inline(finding.contract))
    return [
        Line(f"    {bug}", "bad"),
        *([Line(f"      {promised}")] if finding.contract else []),
    ]


def _strategy(event: ev.StrategyChosen) -> list[Line]:
    choice = tell(
        "strategy: {name:said}, because {why:said}",
        name=event.choice.name,
        why=inline(event.choice.reason),
    )
    return [Line(f"    {choice}")]


def _intervened(event: ev.Intervened) -> list[Line]:
    return [
        Line(f"    {tell('by you: {what:said}', what=inline(event.intervention.told))}", "strong")
    ]


def _fix(event: ev.FixApplied) -> list[Line]:
    fix = tell(
        "fix: {what:said} ({paths})",
        what=inline(event.entry.explanation),
        paths=", ".join(event.paths),
    )
    return [Line(f"    {fix}")]


def _refused(event: ev.FixRefused) -> list[Line]:
    return [Line(f"    {tell('fix refused: {why:said}', why=inline(event.reason))}", "warn")]


def _kept(event: ev.ChangeKept) -> list[Line]:
    kept = tell(
        "kept {sha}: {message}", sha=event.sha[:10], message=inline(event.message.splitlines()[0])
    )
    return [Line(f"    {kept}", "good")]


def _undone(event: ev.ChangeUndone) -> list[Line]:
    return [Line(f"    {tell('undone: {why:said}', why=inline(event.reason))}", "warn")]


def _reverted(event: ev.ChangeReverted) -> list[Line]:
    if not event.iteration:
        return [Line(f"    {tell('the generated tests are taken back')}", "warn")]
    told_back = tell(
        "iteration {number:number} rolled back: {why:said}",
        number=event.iteration,
        why=inline(event.reason),
    )
    return [Line(f"    {told_back}", "warn")]


def _completed(event: ev.SessionCompleted) -> list[Line]:
    summary = event.summary
    metrics = summary.test_metrics
    bugs = bool(summary.product_bugs) and summary.result is Ending.FAILURE
    words = "PRODUCT BUGS FOUND" if bugs and "show" in summary.why else RESULT_WORDS[summary.result]
    tone: Tone = {Ending.SUCCESS: "good", Ending.PARTIAL_SUCCESS: "warn"}.get(  # type: ignore[assignment]
        summary.result, "bad"
    )
    how = tell(
        "{passed:number} of {total:number} passing ({rate:number}){unwritten}; "
        "{crossed:number} of {points:boundary|boundaries} of the map crossed; "
        "{iterations:iteration|iterations}",
        passed=metrics.passed,
        total=metrics.total_tests,
        rate=percent(summary.final_pass_rate),
        unwritten=_unwritten(metrics.planned_not_written),
        crossed=metrics.integration_points_covered,
        points=metrics.integration_points_total,
        iterations=summary.total_iterations,
    )
    return [
        Line(tell(_RESULT, result=words, why=summary.why), tone),
        Line(f"  {how}"),
        *(Line(f"  → {_said(advice)}") for advice in summary.recommendations),
    ]


def _report(event: ev.ReportWritten) -> list[Line]:
    return [Line(f"  {told(event.what)}: {event.path}")]


def _size(inventory: Inventory) -> str:
    size = tell(
        "frozen inventory: {cases:case|cases} in {files:file|files}",
        cases=inventory.total_tests,
        files=inventory.total_files,
    )
    return size + _unwritten(len(inventory.unwritten))


def _unwritten(count: int) -> str:
    return tell(", {count:number} planned not written", count=count) if count else ""


def _said(sentence: str) -> str:
    """Of the core: translated before it is put on one line, which may cut it."""
    return inline(told(sentence))


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
