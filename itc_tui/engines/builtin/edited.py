"""Cases whose input or expectation a person wrote: observed anew, and their word is kept."""

from __future__ import annotations

from collections.abc import Sequence

from itc_tui.domain.inventory import UnwrittenCase
from itc_tui.domain.plan import Case, Scenario
from itc_tui.engines.builtin.cache import Prepared
from itc_tui.engines.builtin.laboratory import Laboratory
from itc_tui.ports import Steps


def prepare_edited(
    laboratory: Laboratory,
    rows: Sequence[tuple[Scenario, Case]],
    known: dict[str, Prepared],
    unwritten: list[UnwrittenCase],
) -> Steps[list[tuple[Scenario, Case, Prepared]]]:
    for scenario, case in rows:
        unwritten.append(
            UnwrittenCase(
                case_id=case.id, scenario_id=scenario.id, name=case.name, reason="edited"
            )
        )
    return []
    yield
