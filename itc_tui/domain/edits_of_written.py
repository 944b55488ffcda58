"""What a plan that is edited after its tests were written means for these tests."""

from __future__ import annotations

from collections.abc import Mapping

from itc_tui.domain.docstrings import STANDING
from itc_tui.domain.inventory import Inventory, WrittenCase
from itc_tui.domain.plan import Case, Plan
from itc_tui.domain.words import Provenance


def followed(inventory: Inventory, before: Plan, after: Plan) -> Inventory:
    """A person may approve or re-weigh a written case; the list itself stays."""
    known, planned = _cases_of(before), _cases_of(after)
    return inventory.but(
        cases=tuple(
            _followed(written, known.get(written.case_id), planned[written.case_id])
            if written.case_id in planned
            else written
            for written in inventory.cases
        )
    )


def rejected(inventory: Inventory, before: Plan, after: Plan) -> list[str]:
    """Tests whose expectation the person took out of the plan since they were written."""
    known, planned = _cases_of(before), _cases_of(after)
    return [
        _name(one)
        for one in inventory.cases
        if one.case_id in planned
        and planned[one.case_id].provenance is Provenance.PENDING
        and (one.case_id not in known or known[one.case_id].provenance is not Provenance.PENDING)
    ]


def reworded(inventory: Inventory, before: Plan, after: Plan) -> list[str]:
    """Tests of which the plan now does or expects something else."""
    known, planned = _cases_of(before), _cases_of(after)
    return [
        _name(one)
        for one in inventory.cases
        if one.case_id in planned and _says_else(known.get(one.case_id), planned[one.case_id])
    ]


def _followed(written: WrittenCase, known: Case | None, planned: Case) -> WrittenCase:
    if planned.provenance is Provenance.PENDING:
        return written
    written = written.but(criticality=planned.criticality)
    if _says_else(known, planned):
        return written  # who stands for what the plan says now does not stand for the test
    return _standing(written, planned.provenance)


def _standing(written: WrittenCase, provenance: Provenance) -> WrittenCase:
    if {written.provenance, provenance} == set(STANDING):
        said = written.docstring_says or written.provenance
        written = written.but(docstring_says=None if said is provenance else said)
    return written.but(provenance=provenance)


def _says_else(known: Case | None, planned: Case) -> bool:
    """An expectation that was emptied is rejected, which is another thing."""
    if known is None or planned.provenance is Provenance.PENDING:
        return False
    return (planned.input.strip(), planned.expected.strip()) != (
        known.input.strip(),
        known.expected.strip(),
    )


def _cases_of(plan: Plan) -> Mapping[str, Case]:
    return {case.id: case for _, case in plan.enabled_cases}


def _name(written: WrittenCase) -> str:
    return written.node_id.rpartition("::")[2]
