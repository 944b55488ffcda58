"""The fields of a scenario and of a case: how each is shown, read back, and checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from itc_tui.domain.vocabulary import Level, Priority, ScenarioKind
from itc_tui.ui.plan_draft import Spot, set_fields
from itc_tui.ui.words import say

if TYPE_CHECKING:
    from itc_tui.domain.plan import Case, Plan, Scenario


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    """Of the record; `field.NAME` is its label."""
    choices: type[StrEnum] | None = None
    words: str = ""
    """Prefix of the choices' words."""
    is_list: bool = False
    """Comma separated."""
    of_mocking: bool = False
    is_code: bool = False
    """Several lines, as they would stand in a test."""


SCENARIO_FIELDS = (
    Field("name"),
    Field("boundary"),
    Field("kind", ScenarioKind, "type"),
    Field("priority", Priority, "priority"),
    Field("setup", is_code=True),
    Field("teardown", is_code=True),
    Field("success_criteria"),
    Field("mock_targets", is_list=True, of_mocking=True),
    Field("real_targets", is_list=True, of_mocking=True),
    Field("reason", of_mocking=True),
)
CASE_FIELDS = (
    Field("name"),
    Field("input", is_code=True),
    Field("expected", is_code=True),
    Field("assertion_type"),
    Field("criticality", Level, "level"),
)


def fields_of(spot: Spot) -> Sequence[Field]:
    return SCENARIO_FIELDS if spot[1] is None else CASE_FIELDS


def part_at(plan: Plan, spot: Spot) -> Scenario | Case:
    scenario = plan.integration_scenarios[spot[0]]
    return scenario if spot[1] is None else scenario.test_cases[spot[1]]


def shown(plan: Plan, spot: Spot, field: Field) -> str:
    part: object = part_at(plan, spot)
    if field.of_mocking:
        part = plan.integration_scenarios[spot[0]].mocking
    value = getattr(part, field.name)
    return ", ".join(value) if field.is_list else str(value)


def taken(plan: Plan, spot: Spot, field: Field, text: str) -> Plan:
    """The plan with that field set to what was typed."""
    value: object = text
    if field.is_list:
        value = tuple(part.strip() for part in text.split(",") if part.strip())
    elif field.choices:
        value = field.choices(text)
    if field.of_mocking:
        mocking = plan.integration_scenarios[spot[0]].mocking
        return set_fields(plan, spot, {"mocking": mocking.but(**{field.name: value})})
    return set_fields(plan, spot, {field.name: value})


def wrong(plan: Plan, spot: Spot, field: Field, text: str, boundaries: Sequence[str]) -> str:
    """What is wrong with this text in this field; empty when nothing is."""
    if field.name == "name":
        if not text.strip():
            return say("wrong.empty")
        if spot[1] is not None:
            others = plan.integration_scenarios[spot[0]].test_cases
            if any(case.name == text and at != spot[1] for at, case in enumerate(others)):
                return say("wrong.twice")
    if field.name == "boundary" and boundaries and text not in boundaries:
        return say("wrong.boundary")
    return ""


def remark(field: Field, text: str) -> str:
    """Nothing wrong, but worth knowing."""
    if field.name == "expected" and not text.strip():
        return say("plan.to_observe")
    return ""
