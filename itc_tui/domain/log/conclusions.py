"""The last section of the log: result, metrics, decision trail, recommendations."""

from __future__ import annotations

from itc_tui.domain.commit_messages import percent
from itc_tui.domain.counting import counted
from itc_tui.domain.log.wording import bullets, heading_time, inline
from itc_tui.domain.state import State
from itc_tui.domain.words import Ending

RESULT_WORDS = {
    Ending.SUCCESS: "SUCCESS",
    Ending.PARTIAL_SUCCESS: "PARTIAL SUCCESS",
    Ending.FAILURE: "NEEDS ATTENTION",
}


def conclusions(state: State) -> str:
    summary = state.summary
    if summary is None:
        return f"## Conclusions\n> Final synthesis after completion...\n{_taken_back(state)}"
    metrics = summary.test_metrics
    corrected = [f"~~{one.old}~~ → {one.new}" for one in state.learnings.corrected]
    bugs = [f"{one.id} {one.title} ({one.test}): {one.contract}" for one in state.findings]
    unwritten = (
        f", {metrics.planned_not_written} planned not written"
        if metrics.planned_not_written
        else ""
    )
    return f"""## Conclusions{heading_time(summary.completed)}

### Result: {RESULT_WORDS[summary.result]}
{inline(summary.why)}
{_taken_back(state)}
### Metrics
- **Final Pass Rate**: {percent(summary.final_pass_rate)}
- **Total Iterations**: {summary.total_iterations}
- **Strategies Used**: {", ".join(summary.strategies_used) or "none"}
- **Tests**: {metrics.passed}/{metrics.total_tests} across \
{counted(metrics.test_files, "file")}{unwritten}
- **Boundaries**: {metrics.integration_points_covered} of \
{metrics.integration_points_total} of the map crossed

### Product Bugs
{bullets(bugs, "none found")}

### What We Established
{bullets((one.text for one in state.learnings.confirmed), _established(state))}

### What Was Corrected
{bullets(corrected, "nothing")}

### Key Insights
{bullets(summary.key_learnings, "none beyond the above")}

### Decision Trail
| Phase/Iteration | Decision | Outcome |
|-----------------|----------|---------|
{_trail(state)}

### Recommendations
{bullets(summary.recommendations, "none")}
"""


def _taken_back(state: State) -> str:
    """Beside what was measured, which stays on record as it was."""
    if state.taken_back is None:
        return ""
    numbers = [str(number) for number in state.taken_back.iterations if number]
    what = f"the change of iteration {', '.join(numbers)}" if numbers else ""
    if state.taken_back.is_everything:
        what = "the whole session, its tests included"
    return (
        f"\n> **Taken Back**{heading_time(state.taken_back.at)}: {what}. "
        "Result and rate are of before; the tests were not run since.\n"
    )


def _established(state: State) -> str:
    count = state.summary.test_metrics.passed if state.summary else 0
    return f"across their boundaries, {counted(count, 'case')} passed"


def _trail(state: State) -> str:
    rows = []
    if state.exploration:
        focus = ", ".join(state.exploration.metadata.chosen_modules[:6]) or "the whole package"
        count = len(state.exploration.boundaries)
        rows.append(
            ("Exploration", f"Focus on {focus}", f"Found {counted(count, 'integration point')}")
        )
    if state.test_design:
        plan = state.test_design
        rows.append(
            (
                "Test design",
                f"{plan.mocking_strategy.approach} mocking",
                (
                    f"{counted(len(plan.integration_scenarios), 'scenario')}, "
                    f"{counted(len(plan.enabled_cases), 'case')}"
                ),
            )
        )
    for entry in state.iterations.history:
        outcome = f"Pass rate: {percent(entry.pass_rate)}"
        if entry.reverted_by:
            outcome += ", change rolled back"
        elif entry.commit:
            outcome += ", change kept"
        why = f" ({entry.strategy_reason})" if entry.strategy_reason else ""
        rows.append((f"Iteration {entry.iteration}", f"{entry.strategy}{why}", outcome))
    return "\n".join(
        "| " + " | ".join(inline(cell).replace("|", "\\|") for cell in row) + " |" for row in rows
    )
