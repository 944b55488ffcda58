"""Complete: sum up, and offer what comes next (phase 6)."""

from __future__ import annotations

from itc_tui.domain.counting import counted
from itc_tui.domain.events import Noted, PhaseStarted, ReportWritten, SessionCompleted
from itc_tui.domain.inventory import Inventory
from itc_tui.domain.iterations import Finding
from itc_tui.domain.quality_gate import ENDINGS, Decision, GateResult, pass_gate
from itc_tui.domain.questions import Choice, Question, Reply, Topic
from itc_tui.domain.report import session_report
from itc_tui.domain.results import Results
from itc_tui.domain.session_id import timestamp
from itc_tui.domain.state import State, TakenBack
from itc_tui.domain.summary import Metrics, Summary
from itc_tui.domain.words import Verdict
from itc_tui.phases.ask import ask
from itc_tui.phases.reflect import bug_tests
from itc_tui.ports import Steps, World


def gate_of(state: State) -> GateResult:
    plan = state.test_design
    return pass_gate(
        state.iterations.latest_results or Results(),
        state.test_inventory or Inventory(),
        bug_tests(state),
        plan.success_criteria.pass_rate if plan else 0,
    )


def complete(state: State, world: World) -> Steps[Summary]:
    yield PhaseStarted(number=6, name="complete")
    gate = gate_of(state)
    results = state.iterations.latest_results or Results()
    why = gate.why
    if gate.decision is Decision.GO_ON and state.iterations.stop_because:
        why = f"{state.iterations.stop_because}; {gate.why}"
    summary = Summary(
        result=ENDINGS[gate.decision],
        final_pass_rate=results.pass_rate,
        total_iterations=min(state.iterations.current, state.max_iterations),
        strategies_used=tuple(dict.fromkeys(entry.strategy for entry in state.fix_history)),
        test_metrics=_metrics(state, results),
        key_learnings=tuple(
            dict.fromkeys(
                one.text for one in (*state.learnings.confirmed, *state.learnings.patterns)
            )
        )[:10],
        corrected_assumptions=tuple(f"{one.old} → {one.new}" for one in state.learnings.corrected),
        recommendations=_recommendations(state, results),
        completed=timestamp(world.clock.now()),
        product_bugs=tuple(finding.id for finding in state.findings),
        why=why,
    )
    yield SessionCompleted(summary=summary)
    return summary


def next_steps(state: State, world: World) -> Steps[Reply]:
    """The specification's four choices; `extend` is left to the loop."""
    reply = yield from ask(_next_question(state))
    if reply.choice == "issue":
        for finding in state.findings:
            address = world.issues.file_issue(
                f"{finding.id}: {finding.title}", _issue_text(finding, state)
            )
            yield ReportWritten(what=f"issue for {finding.id}", path=address)
        if not state.findings:
            yield Noted(text="There is no finding to file an issue for.")
    elif reply.choice == "report":
        world.store.write_trace("report.md", session_report(state))
        yield ReportWritten(what="report", path=f"{world.store.folder}/.trace/report.md")
    return reply


def with_new_advice(state: State) -> State:
    """What was approved since the session was summed up is not recommended any more."""
    if state.summary is None:
        return state
    advice = _recommendations(state, state.iterations.latest_results or Results())
    return state.but(summary=state.summary.but(recommendations=advice))


def _metrics(state: State, results: Results) -> Metrics:
    inventory = state.test_inventory or Inventory()
    passing = set(results.passing)
    reached = passing | bug_tests(state)
    proofs = {proof.case_id: proof for proof in inventory.proofs}
    covered: set[str] = set()
    for case in inventory.cases:
        if case.node_id in reached:
            crossed = proofs[case.case_id].crosses if case.case_id in proofs else ()
            covered |= {case.boundary, *crossed}
    on_the_map = set(state.exploration.boundaries) if state.exploration else set()
    return Metrics(
        total_tests=results.total,
        passed=results.passed,
        failed=results.failed,
        test_files=inventory.total_files,
        integration_points_covered=len(covered & on_the_map),
        integration_points_total=len(on_the_map),
        planned_not_written=len(inventory.unwritten),
    )


def _recommendations(state: State, results: Results) -> tuple[str, ...]:
    advice = [
        f"Fix {finding.id} ({finding.title}); its test stays red until then."
        for finding in state.findings
    ]
    judged = {failure.test: failure.verdict for failure in results.failures}
    flaky = sum(verdict is Verdict.FLAKY for verdict in judged.values())
    if flaky:
        advice.append(f"{counted(flaky, 'flaky case')}: look for clocks, random sources and sets.")
    environment = sum(verdict is Verdict.ENVIRONMENT for verdict in judged.values())
    if environment:
        advice.append(
            f"Because of the environment, {counted(environment, 'case')} failed: see `itc doctor`."
        )
    inventory = state.test_inventory or Inventory()
    observed = sum(case.provenance == "observed" for case in inventory.cases)
    if observed:
        advice.append(
            f"Approve what was only observed so far: the expectations of "
            f"{counted(observed, 'case')}."
        )
    if inventory.unwritten:
        missing = counted(len(inventory.unwritten), "planned case")
        advice.append(f"Not written: {missing}; reflection-log.md says why.")
    return tuple(advice)


def _issue_text(finding: Finding, state: State) -> str:
    return f"""{finding.title}

**Boundary**: {finding.boundary}
**Promise**: {finding.contract or "not written down"}
**Observed**: {finding.observed}
**Test**: `{finding.test}`

```python
{finding.reproduction or f"# pytest {finding.test}"}
```

Found in iteration {finding.iteration} of session {state.session_id}.
"""


def _next_question(state: State) -> Question:
    count, taken_back = len(state.findings), state.taken_back
    return Question(
        topic=Topic.NEXT_STEPS,
        text=_standing_of(taken_back),
        choices=(
            *((_again(is_everything=taken_back.is_everything),) if taken_back else ()),
            Choice(
                key="i",
                name="issue",
                label="Create issues",
                consequence=f"An issue is filed for each of {counted(count, 'finding')}."
                if count
                else "There is no finding to file.",
            ),
            Choice(
                key="e",
                name="extend",
                label="Extend the tests",
                consequence="More scenarios are designed; what passes stays as it is.",
            ),
            Choice(
                key="r",
                name="report",
                label="Write a report",
                consequence="A detailed Markdown report is written: .trace/report.md.",
            ),
            Choice(
                key="d",
                name="done",
                label="Done",
                consequence="Nothing more is done.",
                is_recommended=taken_back is None,
            ),
        ),
    )


def _standing_of(taken_back: TakenBack | None) -> str:
    if taken_back is None:
        return "The integration tests are complete. What next?"
    if taken_back.is_everything:
        return "All that this session wrote is taken back, its tests too. What next?"
    return "Something was taken back since the tests were complete. What next?"


def _again(*, is_everything: bool) -> Choice:
    """Who goes on with what they took back wants to know what is so now."""
    return Choice(
        key="a",
        name="again",
        label="Write the tests anew" if is_everything else "Run the tests again",
        consequence="The tests of the plan are written once more, proved, and run."
        if is_everything
        else "What stands is measured, and mended where it fails.",
        is_recommended=True,
    )
