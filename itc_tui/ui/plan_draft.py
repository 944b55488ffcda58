"""Edits of a plan, each of them a new plan; undo and redo are steps along the row of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from itc_tui.domain.vocabulary import Provenance

if TYPE_CHECKING:
    from itc_tui.domain.plan import Case, Plan, Scenario

# Records are imported where one is made: the first paint waits for nothing that it does not need.

Spot = tuple[int, int | None]
"""A scenario's place, and a case's place in it (None: the scenario itself)."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The plan as the person is changing it."""

    plan: Plan
    base: Plan
    """What the loop knows; the draft is taken up at its next question about the plan."""
    past: tuple[Plan, ...] = ()
    future: tuple[Plan, ...] = ()

    @property
    def is_changed(self) -> bool:
        return self.plan != self.base

    def with_plan(self, plan: Plan) -> Draft:
        if plan == self.plan:
            return self
        return replace(self, plan=plan, past=(*self.past[-199:], self.plan), future=())

    def undone(self) -> Draft:
        if not self.past:
            return self
        return replace(
            self, plan=self.past[-1], past=self.past[:-1], future=(self.plan, *self.future)
        )

    def redone(self) -> Draft:
        if not self.future:
            return self
        return replace(
            self, plan=self.future[0], past=(*self.past, self.plan), future=self.future[1:]
        )

    def handed_over(self) -> Draft:
        """The loop is given it as it stands."""
        return replace(self, base=self.plan)

    def rebased(self, plan: Plan, *, is_proposal: bool = False) -> Draft:
        """The loop has another plan now; a draft that was not changed follows it.

        Where it is the draft that was taken up, the way back stays open.
        """
        from itc_tui.domain.plan_edits import says_the_same, with_new_of

        if says_the_same(self.plan, plan):
            return replace(self, plan=plan, base=plan)
        if not self.is_changed:
            return Draft(plan, plan)
        edited = with_new_of(self.plan, self.base, plan) if is_proposal else self.plan
        return replace(self, plan=edited, base=plan)


def set_fields(plan: Plan, spot: Spot, changes: dict[str, Any]) -> Plan:
    scenario = plan.integration_scenarios[spot[0]]
    if spot[1] is None:
        return _with_scenario(plan, spot[0], scenario.but(**changes))
    case = scenario.test_cases[spot[1]]
    if changes.get("expected", case.expected) != case.expected and "provenance" not in changes:
        # What a person wrote is what a person approved.
        changes = {**changes, "provenance": Provenance.APPROVED, "evidence": "edited by hand"}
    return _with_case(plan, spot, case.but(**changes))


def toggled(plan: Plan, spot: Spot) -> Plan:
    scenario = plan.integration_scenarios[spot[0]]
    part = scenario if spot[1] is None else scenario.test_cases[spot[1]]
    return set_fields(plan, spot, {"enabled": not part.enabled})


def added_scenario(plan: Plan, spot: Spot) -> tuple[Plan, Spot]:
    """An empty scenario after this one, on the same boundary."""
    from itc_tui.domain.plan import Scenario

    scenarios = plan.integration_scenarios
    boundary = scenarios[spot[0]].boundary if scenarios else ""
    return _insert_scenario(plan, spot[0] + 1, Scenario(name="new scenario", boundary=boundary))


def added_case(plan: Plan, spot: Spot) -> tuple[Plan, Spot]:
    """An empty case at the end of this scenario, or after this case."""
    from itc_tui.domain.plan import Case

    count = len(plan.integration_scenarios[spot[0]].test_cases)
    at = count if spot[1] is None else spot[1] + 1
    return _insert_case(plan, (spot[0], at), Case(name="new case"))


def copied(plan: Plan, spot: Spot) -> tuple[Plan, Spot]:
    scenario = plan.integration_scenarios[spot[0]]
    if spot[1] is None:
        cases = tuple(case.but(id="") for case in scenario.test_cases)
        name = _name_of_copy(scenario.name, (one.name for one in plan.integration_scenarios))
        twin = scenario.but(id="", name=name, test_cases=cases)
        return _insert_scenario(plan, spot[0] + 1, twin)
    case = scenario.test_cases[spot[1]]
    name = _name_of_copy(case.name, (one.name for one in scenario.test_cases))
    return _insert_case(plan, (spot[0], spot[1] + 1), case.but(id="", name=name))


def removed(plan: Plan, spot: Spot) -> tuple[Plan, Spot]:
    if spot[1] is None:
        scenarios = _without(plan.integration_scenarios, spot[0])
        plan = _renumbered(plan.but(integration_scenarios=scenarios))
        return plan, (max(0, min(spot[0], len(scenarios) - 1)), None)
    scenario = plan.integration_scenarios[spot[0]]
    cases = _without(scenario.test_cases, spot[1])
    plan = _with_scenario(plan, spot[0], scenario.but(test_cases=cases))
    return plan, (spot[0], min(spot[1], len(cases) - 1) if cases else None)


def moved(plan: Plan, spot: Spot, by: int) -> tuple[Plan, Spot]:
    """One place up or down among its like; nothing happens at the ends."""
    if spot[1] is None:
        scenarios, at = _swapped(plan.integration_scenarios, spot[0], by)
        order = tuple(scenario.id for scenario in scenarios if scenario.id)
        return plan.but(integration_scenarios=scenarios, execution_order=order), (at, None)
    scenario = plan.integration_scenarios[spot[0]]
    cases, at = _swapped(scenario.test_cases, spot[1], by)
    return _with_scenario(plan, spot[0], scenario.but(test_cases=cases)), (spot[0], at)


def approved(plan: Plan, spot: Spot | None = None) -> Plan:
    """Observed expectations made the person's own: one case, one scenario, or (None) all."""
    scenarios = []
    for place, scenario in enumerate(plan.integration_scenarios):
        cases = tuple(
            case.but(provenance=Provenance.APPROVED)
            if case.provenance is Provenance.OBSERVED
            and (spot is None or (spot[0] == place and spot[1] in (None, index)))
            else case
            for index, case in enumerate(scenario.test_cases)
        )
        scenarios.append(scenario.but(test_cases=cases))
    return plan.but(integration_scenarios=tuple(scenarios))


def rejected(plan: Plan, spot: Spot) -> Plan:
    """An observed expectation is not what should be: it is emptied, to be written by hand."""
    if spot[1] is None:
        return plan
    case = plan.integration_scenarios[spot[0]].test_cases[spot[1]]
    if case.provenance is not Provenance.OBSERVED:
        return plan
    changes = {"expected": "", "provenance": Provenance.PENDING, "evidence": "observed, rejected"}
    return _with_case(plan, spot, case.but(**changes))


def first_change(before: Plan, after: Plan) -> Spot | None:
    """Where the two differ first, as a place in the second."""
    old, new = before.integration_scenarios, after.integration_scenarios
    place = _first_unlike(old, new)
    if place is None:
        return None
    if place >= len(new):
        return (len(new) - 1, None) if new else None
    if place >= len(old) or old[place].but(test_cases=()) != new[place].but(test_cases=()):
        return (place, None)
    case = _first_unlike(old[place].test_cases, new[place].test_cases) or 0
    last = len(new[place].test_cases) - 1
    return (place, min(case, last) if last >= 0 else None)


def observed_count(plan: Plan) -> int:
    return sum(case.provenance is Provenance.OBSERVED for _, case in plan.enabled_cases)


def _with_scenario(plan: Plan, place: int, scenario: Scenario) -> Plan:
    scenarios = list(plan.integration_scenarios)
    scenarios[place] = scenario
    return plan.but(integration_scenarios=tuple(scenarios))


def _with_case(plan: Plan, spot: Spot, case: Case) -> Plan:
    assert spot[1] is not None
    scenario = plan.integration_scenarios[spot[0]]
    cases = list(scenario.test_cases)
    cases[spot[1]] = case
    return _with_scenario(plan, spot[0], scenario.but(test_cases=tuple(cases)))


def _insert_scenario(plan: Plan, place: int, scenario: Scenario) -> tuple[Plan, Spot]:
    place = min(place, len(plan.integration_scenarios))
    scenarios = list(plan.integration_scenarios)
    scenarios.insert(place, scenario.but(id=_fresh_id(plan)))
    return _renumbered(plan.but(integration_scenarios=tuple(scenarios))), (place, None)


def _insert_case(plan: Plan, spot: tuple[int, int], case: Case) -> tuple[Plan, Spot]:
    scenario = plan.integration_scenarios[spot[0]]
    cases = list(scenario.test_cases)
    cases.insert(spot[1], case)
    changed = _with_scenario(plan, spot[0], scenario.but(test_cases=tuple(cases)))
    return _renumbered(changed), spot


def _renumbered(plan: Plan) -> Plan:
    """New parts get an id; execution order forgets what is gone."""
    return plan.with_ids()


def _fresh_id(plan: Plan) -> str:
    taken = {scenario.id for scenario in plan.integration_scenarios}
    number = len(taken) + 1
    while f"IS-{number:03d}" in taken:
        number += 1
    return f"IS-{number:03d}"


def _without(items: tuple[Any, ...], place: int) -> tuple[Any, ...]:
    return items[:place] + items[place + 1 :]


def _swapped(items: tuple[Any, ...], place: int, by: int) -> tuple[tuple[Any, ...], int]:
    other = place + by
    if not 0 <= other < len(items):
        return items, place
    changed = list(items)
    changed[place], changed[other] = changed[other], changed[place]
    return tuple(changed), other


def _first_unlike(old: Sequence[object], new: Sequence[object]) -> int | None:
    if old == new:
        return None
    pairs = enumerate(zip(old, new))
    return next((at for at, (one, two) in pairs if one != two), min(len(old), len(new)))


def _name_of_copy(name: str, taken: Iterable[str]) -> str:
    """Another than all that are there; said first, for the end of a long name is not seen."""
    known = set(taken)
    names = (f"copy {number} of {name}" for number in range(2, len(known) + 3))
    return next(one for one in (f"copy of {name}", *names) if one not in known)
