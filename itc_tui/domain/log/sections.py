"""Each section of the log, written from the state; headings as the specification gives them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from itc_tui.domain.commit_messages import percent
from itc_tui.domain.counting import counted
from itc_tui.domain.interventions import Intervention
from itc_tui.domain.iterations import HistoryEntry
from itc_tui.domain.log.conclusions import conclusions
from itc_tui.domain.log.wording import bullets, grouped, heading_time, inline, shortened
from itc_tui.domain.plan import Plan
from itc_tui.domain.state import State
from itc_tui.domain.words import Priority, Provenance

__all__ = [
    "conclusions",
    "design",
    "development",
    "exploration",
    "learnings",
    "session",
    "timeline",
]


def session(state: State) -> str:
    return f"""## Session: {state.session_id}
- **Topic**: {inline(state.module)}
- **Started**: {state.started}
- **Mode**: {state.mode}
- **Max Iterations**: {state.max_iterations}

---

"""


def exploration(state: State) -> str:
    found = state.exploration
    if found is None:
        return "## Phase 2: Exploration\n> Pending...\n\n"
    structure = found.module_structure
    flows = "; ".join(" → ".join(flow.path) for flow in found.data_flows[:5]) or "none found"
    chosen = shortened(found.metadata.chosen_modules) or "the whole package"
    risks = [f"{one.area} ({one.priority}): {one.reason}" for one in found.risk_areas]
    tests = found.existing_tests
    return f"""## Phase 2: Exploration{heading_time(found.metadata.timestamp)}

### What We Found
- **Module Boundaries**: {counted(len(structure.entry_points), "entry point")}, \
{counted(len(structure.public_apis), "public name")} in \
{counted(len(structure.internal_modules), "module")}
- **Integration Points**: \
{counted(len(found.boundaries), "cross-module connection")} identified
- **Data Flows**: {inline(flows)}
- **Existing Test Patterns**: {inline(found.test_framework.runner or "none")}, \
{counted(len(tests.test_files), "test file")}{_joined(tests.patterns)}
{_unread(found.metadata.unreadable)}
### Initial Assumptions
{bullets(found.assumptions, "nothing had to be assumed")}

### Risk Areas
{bullets(risks, "none stood out")}

### Decision Log
> **Decision**: Focus integration testing on {inline(chosen)}
> - **Context**: Exploration revealed \
{counted(len(found.boundaries), "integration point")}
> - **Chosen**: {inline(chosen)} — **Reason**: \
{inline(found.metadata.chosen_because or "no narrower choice was asked for")}

"""


def _unread(files: Sequence[str]) -> str:
    return "".join(f"- **Not Read**: {inline(file)}\n" for file in files)


def design(state: State) -> str:
    plan = state.test_design
    if plan is None:
        return "## Phase 3: Test Design\n> Pending...\n\n"
    counts = Counter(scenario.priority for scenario in plan.integration_scenarios)
    left_out = grouped(f"{one.what}: {one.why}" for one in plan.left_out)
    return f"""## Phase 3: Test Design{heading_time(plan.timestamp)}

### Strategy Summary
- **Total Scenarios**: \
{counted(len(plan.integration_scenarios), "integration scenario")}
- **Priority Distribution**: {counts[Priority.CRITICAL]} critical, \
{counts[Priority.HIGH]} high, {counts[Priority.MEDIUM]} medium
- **Mocking Approach**: {plan.mocking_strategy.approach}
- **Cases**: {len(plan.enabled_cases)}, expectations: {_provenances(plan)}

### Design Decisions
> **Decision**: {plan.mocking_strategy.approach} mocking
> - **Chosen**: {plan.mocking_strategy.approach} — **Reason**: \
{inline(plan.mocking_strategy.rationale or "real collaborators are used wherever they can be")}

### Left Out
{bullets(left_out, "nothing")}

### User Feedback
{bullets(plan.user_feedback, "none")}

"""


def development(state: State) -> str:
    inventory = state.test_inventory
    if inventory is None:
        return "## Phase 4: Test Development\n> Pending...\n\n"
    scenarios = sorted({case.scenario_id for case in inventory.cases})
    rejected = [f"{one.name} ({one.case_id}): {one.reason}" for one in inventory.unwritten]
    caught = sum(1 for proof in inventory.proofs if proof.faults_caught)
    return f"""## Phase 4: Test Development{heading_time(inventory.timestamp)}

### Generated Tests
- **Files**: {counted(inventory.total_files, "test file")}
- **Total Tests**: {counted(inventory.total_tests, "test case")}
- **Scenarios Covered**: {", ".join(scenarios) or "none"}

### Validation Results
- Issues Found: {inventory.validation_found}, Fixed: {inventory.validation_fixed}
- Proven able to fail: {caught} of {inventory.total_tests}

### Planned but Not Written
{bullets(rejected, "nothing")}

### Development Notes
{bullets(inventory.notes, "none")}

"""


def timeline(state: State) -> str:
    history = state.iterations.history
    if not history:
        return "## Iteration Timeline\n> Iterations will be appended here...\n\n"
    return "## Iteration Timeline\n\n" + "".join(
        _iteration(entry, [one for one in state.interventions if one.iteration == entry.iteration])
        for entry in history
    )


def learnings(state: State) -> str:
    known = state.learnings
    if not state.iterations.history:
        return "## Cumulative Learnings\n> Updated after each iteration...\n\n"
    corrected = [
        f"~~{one.old}~~ → {one.new} (Iteration {one.iteration})"
        + (f" — evidence: {one.evidence}" if one.evidence else "")
        for one in known.corrected
    ]
    return f"""## Cumulative Learnings (Updated: Iteration {known.iteration})

### Confirmed Understanding
{bullets((one.text for one in known.confirmed), "nothing yet")}

### Corrected Assumptions
{bullets(corrected, "none")}

### Effective Strategies
{bullets((one.text for one in known.effective), "none yet")}

### Ineffective Strategies
{bullets((one.text for one in known.ineffective), "none yet")}

### Recurring Patterns
{bullets((one.text for one in known.patterns), "none")}

"""


def _iteration(entry: HistoryEntry, interventions: Sequence[Intervention]) -> str:
    reflection = entry.reflection
    why = reflection.why_it_failed if reflection else entry.reflection_summary
    gap = reflection.assumed_vs_reality if reflection else ""
    learned = reflection.learned if reflection else ""
    following = reflection.next_action if reflection else entry.strategy_adjustment
    return f"""### Iteration {entry.iteration}{heading_time(entry.timestamp)}

**Results**: {percent(entry.pass_rate)} ({entry.passed}/{entry.total}) | \
Strategy: {entry.strategy}
**Failed**: {", ".join(entry.failed_tests) or "none"}

**Why It Failed**: {inline(why) or "nothing failed"}
**Assumed vs Reality**: {inline(gap) or "no gap was found"}
**Learned**: {inline(learned) or "nothing new"}
**Next Action**: {inline(following) or "none"}
{_outcome(entry, interventions)}
"""


def _outcome(entry: HistoryEntry, interventions: Sequence[Intervention]) -> str:
    parts = [f"**Chosen by You**: {inline(one.told)}\n" for one in interventions]
    if entry.strategy_reason:
        parts.append(f"**Why This Strategy**: {inline(entry.strategy_reason)}\n")
    if entry.commit:
        parts.append(f"**Kept**: {entry.commit[:12]}\n")
    if entry.reverted_by:
        parts.append(f"**Rolled Back**: {entry.reverted_by[:12]}\n")
    return "".join(parts)


def _provenances(plan: Plan) -> str:
    counts = Counter(case.provenance for _, case in plan.enabled_cases)
    words = {Provenance.OBSERVED: "observed (not confirmed)"}
    parts = [f"{counts[one]} {words.get(one, one)}" for one in Provenance if counts[one]]
    return ", ".join(parts) or "none"


def _joined(items: Iterable[str]) -> str:
    text = ", ".join(items)
    return f" ({inline(text)})" if text else ""
