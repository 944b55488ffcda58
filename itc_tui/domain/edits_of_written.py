"""What a plan that is edited after its tests were written means for these tests."""

from __future__ import annotations

from itc_tui.domain.inventory import Inventory
from itc_tui.domain.plan import Plan
from itc_tui.domain.words import Provenance


def followed(inventory: Inventory, plan: Plan) -> Inventory:
    """A person may approve or re-weigh a written case; the list itself stays."""
    planned = {case.id: case for _, case in plan.enabled_cases}
    return inventory.but(
        cases=tuple(
            written.but(
                provenance=planned[written.case_id].provenance,
                criticality=planned[written.case_id].criticality,
            )
            if written.case_id in planned
            and planned[written.case_id].provenance is not Provenance.PENDING
            else written
            for written in inventory.cases
        )
    )


def rejected(inventory: Inventory, before: Plan, after: Plan) -> list[str]:
    """Tests whose expectation the person took out of the plan since they were written."""
    expected, left = (
        {case.id: case.provenance for _, case in plan.enabled_cases} for plan in (before, after)
    )
    return [
        one.node_id.rpartition("::")[2]
        for one in inventory.cases
        if left.get(one.case_id) is Provenance.PENDING
        and expected.get(one.case_id) is not Provenance.PENDING
    ]
