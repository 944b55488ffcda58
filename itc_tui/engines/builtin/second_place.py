"""Another boundary for a case whose assertions speak of none that is behind its own.

A case mostly crosses several. Where no fault behind the one that it was planned for is noticed,
one behind another may be: the case is as good there. At last it is one of what its module does
for those who call it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import replace

from itc_tui.domain.exploration import CALLERS
from itc_tui.domain.plan import Case, Plan
from itc_tui.engines.builtin.boundaries import Boundaries, Pair
from itc_tui.engines.builtin.cache import Prepared, find
from itc_tui.engines.builtin.scenarios import called_across, scenario_of
from itc_tui.engines.builtin.subjects import is_public
from itc_tui.engines.builtin.witnesses import Witness
from itc_tui.engines.builtin.writing.tellings import impact_of

_SECOND = "IS-2"


def elsewhere(
    plan: Plan,
    idle: Collection[str],
    known: dict[str, Prepared],
    boundaries: Boundaries,
    most: int,
) -> tuple[Plan, list[Prepared]]:
    """The idle cases alone, each at the next boundary that it crosses; their texts, retold."""
    rows: dict[Pair, list[tuple[Case, Witness]]] = defaultdict(list)
    retold: list[Prepared] = []
    idle_cases = [
        (scenario.boundary, case, find(known, case.input))
        for scenario in plan.integration_scenarios
        for case in scenario.test_cases
        if case.id in idle
    ]
    for boundary, case, prepared in idle_cases[:most]:
        pair = _next(boundary, prepared.witness, boundaries) if prepared is not None else None
        if prepared is not None and pair is not None:
            rows[pair].append((case, prepared.witness))
            retold.append(_retold(prepared, pair, boundaries))
    every = [*rows, *(_pair(scenario.boundary) for scenario in plan.integration_scenarios)]
    scenarios = [
        scenario_of(
            pair,
            tuple(case for case, _ in cases),
            boundaries,
            every,
        ).but(id=f"{_SECOND}-{number:03d}")
        for number, (pair, cases) in enumerate(rows.items(), start=1)
    ]
    order = tuple(scenario.id for scenario in scenarios)
    return Plan(integration_scenarios=tuple(scenarios), execution_order=order), retold


def taken_back(proven: Plan, second: Plan) -> Plan:
    """The proven plan with the cases that held at their second place."""
    moved = _cases_by_boundary(second)
    scenarios = [
        scenario.but(test_cases=(*scenario.test_cases, *moved.pop(scenario.boundary, ())))
        for scenario in proven.integration_scenarios
    ]
    fresh = [one for one in second.integration_scenarios if one.boundary in moved]
    scenarios += [one.but(id="") for one in fresh]
    held = {case.name for _, case in second.enabled_cases}
    left = [one for one in proven.left_out if one.what.partition(": ")[2] not in held]
    return proven.but(integration_scenarios=tuple(scenarios), left_out=tuple(left)).with_ids()


def _cases_by_boundary(plan: Plan) -> dict[str, tuple[Case, ...]]:
    return {one.boundary: one.test_cases for one in plan.integration_scenarios}


def _next(boundary: str, witness: Witness, boundaries: Boundaries) -> Pair | None:
    """Of the others that it enters, the one behind which most was executed; or its callers."""
    old = _pair(boundary)
    reached = Counter(boundaries.module(file) for file, _ in witness.lines)
    pairs = [
        pair
        for pair in boundaries.entered(witness)
        if pair != old and boundaries.point(pair) is not None
    ]
    face = _face(witness, boundaries) if old[0] != CALLERS else None
    return max(sorted(pairs), key=lambda one: (one[1] != old[1], reached[one[1]]), default=face)


def _face(witness: Witness, boundaries: Boundaries) -> Pair | None:
    module = witness.focus.partition(":")[0]
    reached = {boundaries.module(file) for file, _ in witness.lines}
    return (CALLERS, module) if module in reached and is_public(witness) else None


def _pair(boundary: str) -> Pair:
    caller, _, callee = boundary.partition(" → ")
    return caller, callee


def _retold(prepared: Prepared, pair: Pair, boundaries: Boundaries) -> Prepared:
    """What its docstring says of the boundary is said of the new one."""
    caller, callee = pair
    called = called_across(prepared.witness, pair, boundaries)
    through = f" ({', '.join(called[:3])})" if called else ""
    impact = prepared.telling.get("impact", "")
    promise = impact if "promise" in impact.partition(":")[0] else ""
    telling = {
        **prepared.telling,
        "scope": f"{caller} → {callee}{through}",
        "impact": promise or impact_of([], {}, called, boundaries.callers_of(callee, called)),
    }
    return replace(prepared, telling=telling)
