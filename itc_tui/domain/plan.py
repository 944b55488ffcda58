"""The test plan that a person edits: scenarios and their cases (phase 3)."""

from __future__ import annotations

from pydantic import Field

from itc_tui.domain.record import Record
from itc_tui.domain.words import (
    AnyApproach,
    AnyLevel,
    AnyPriority,
    AnyScenarioKind,
    Level,
    MockingApproach,
    Priority,
    Provenance,
    ScenarioKind,
)


class Case(Record):
    """One test to be written for a scenario."""

    name: str = ""
    input: str = ""
    """What is done, in words or as Python: `Orders(store).place("tea", 2)`."""
    expected: str = ""
    """What must be seen; empty when it is still to be observed."""
    assertion_type: str = ""
    id: str = ""
    """`IS-001-1`; given when the plan is taken up, so that hand-written plans need none."""
    provenance: Provenance = Provenance.PENDING
    evidence: str = ""
    """Where input and expectation come from: `doctest shop/money.py:12`, `call site …`."""
    criticality: AnyLevel = Level.MEDIUM
    enabled: bool = True


class Mocking(Record):
    mock_targets: tuple[str, ...] = ()
    real_targets: tuple[str, ...] = ()
    reason: str = ""


class Scenario(Record):
    """One planned integration check on a boundary."""

    id: str = ""
    name: str = ""
    boundary: str = ""
    """`moduleA → moduleB`, the name of an integration point."""
    kind: AnyScenarioKind = Field(ScenarioKind.API_CONTRACT, alias="type")
    priority: AnyPriority = Priority.MEDIUM
    test_cases: tuple[Case, ...] = ()
    mocking: Mocking = Mocking()
    setup: str = ""
    teardown: str = ""
    success_criteria: str = ""
    enabled: bool = True


class MockingStrategy(Record):
    approach: AnyApproach = MockingApproach.MINIMAL
    mock_boundaries: tuple[str, ...] = ()
    real_boundaries: tuple[str, ...] = ()
    rationale: str = ""


class SuccessCriteria(Record):
    pass_rate: float = 95
    coverage_target: float = 80


class LeftOut(Record):
    """Something the plan does not hold, and why."""

    what: str = ""
    why: str = ""


class Plan(Record):
    integration_scenarios: tuple[Scenario, ...] = ()
    mocking_strategy: MockingStrategy = MockingStrategy()
    execution_order: tuple[str, ...] = ()
    success_criteria: SuccessCriteria = SuccessCriteria()
    left_out: tuple[LeftOut, ...] = ()
    timestamp: str = ""
    user_feedback: tuple[str, ...] = ()
    """What the person changed, in words."""

    @property
    def enabled_cases(self) -> tuple[tuple[Scenario, Case], ...]:
        return tuple(
            (scenario, case)
            for scenario in self.integration_scenarios
            if scenario.enabled
            for case in scenario.test_cases
            if case.enabled
        )

    def with_ids(self) -> Plan:
        """The same plan with an id on every scenario and case, none of them twice."""
        taken: set[str] = set()
        scenarios = []
        for number, scenario in enumerate(self.integration_scenarios, start=1):
            scenario_id = _free(scenario.id or f"IS-{number:03d}", taken)
            cases = tuple(
                case.but(id=_free(case.id or f"{scenario_id}-{index}", taken))
                for index, case in enumerate(scenario.test_cases, start=1)
            )
            scenarios.append(scenario.but(id=scenario_id, test_cases=cases))
        known = {scenario.id for scenario in scenarios}
        order = [name for name in self.execution_order if name in known]
        order += [scenario.id for scenario in scenarios if scenario.id not in order]
        return self.but(integration_scenarios=tuple(scenarios), execution_order=tuple(order))


def _free(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted}.{number}", number + 1
    taken.add(name)
    return name
