"""A plan is proved before a person sees it: only cases that can be written stand in it.

The loop proves whatever is developed all the same; this keeps the plan from promising cases
that the proof would turn away.
"""

from __future__ import annotations

from dataclasses import dataclass

from itc_tui.domain.exploration import Exploration
from itc_tui.domain.plan import LeftOut, Plan
from itc_tui.domain.pruning import without_functions
from itc_tui.domain.requests import Draft
from itc_tui.domain.syntax_gate import issues_in
from itc_tui.ports import Library, ProofOrder, Prover, Steps


@dataclass(frozen=True)
class Proven:
    plan: Plan
    """Without the cases that could not be written, each left out with its reason."""
    idle: frozenset[str]
    """Cases that hold, and notice nothing of what goes wrong behind their boundary."""


def only_provable(
    plan: Plan, draft: Draft, exploration: Exploration, prover: Prover, library: Library
) -> Steps[Proven]:
    reasons = {one.case_id: one.reason for one in draft.unwritten}
    wrong = {
        (issue.path, issue.function): issue.message
        for issue in issues_in(draft, library.known_names())
    }
    for file in draft.files:
        for case in file.cases:
            if reason := wrong.get((file.path, case.function)) or wrong.get((file.path, "")):
                reasons[case.case_id] = reason
    proofs = yield from prover.prove(
        ProofOrder(draft=_without(draft, reasons), exploration=exploration, repeats=1)
    )
    reasons |= {one.case_id: one.rejected_because for one in proofs if one.rejected_because}
    idle = {
        one.case_id
        for one in proofs
        if one.rejected_because and one.faults_tried and not one.faults_caught
    }
    return Proven(_kept(plan, reasons), frozenset(idle))


def _without(draft: Draft, reasons: dict[str, str]) -> Draft:
    files = []
    for file in draft.files:
        kept = tuple(case for case in file.cases if case.case_id not in reasons)
        gone = {case.function for case in file.cases if case not in kept}
        if kept or not file.cases:
            files.append(file.but(cases=kept, text=without_functions(file.text, gone)))
    return draft.but(files=tuple(files))


def _kept(plan: Plan, reasons: dict[str, str]) -> Plan:
    scenarios, left_out = [], list(plan.left_out)
    for scenario in plan.integration_scenarios:
        kept = tuple(case for case in scenario.test_cases if case.id not in reasons)
        left_out += [
            LeftOut(what=f"{scenario.boundary}: {case.name}", why=reasons[case.id])
            for case in scenario.test_cases
            if case.id in reasons
        ]
        if kept:
            scenarios.append(scenario.but(test_cases=kept))
    known = {scenario.id for scenario in scenarios}
    order = tuple(name for name in plan.execution_order if name in known)
    return plan.but(
        integration_scenarios=tuple(scenarios),
        execution_order=order,
        left_out=tuple(left_out),
    )
