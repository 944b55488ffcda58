"""How large a suite may be: what a person reviews, and what is looked for so that it gets full."""

from __future__ import annotations

from collections.abc import Collection

from itc_tui.domain.plan import Case, LeftOut, Plan
from itc_tui.domain.requests import DesignRequest
from itc_tui.domain.target import Target
from itc_tui.domain.words import Provenance
from itc_tui.engines.builtin.boundaries import Boundaries
from itc_tui.engines.builtin.evidence.gather import Shown, gather
from itc_tui.engines.builtin.scenarios import BROKEN

_PER_THOUSAND_LINES = 25
_FEWEST = 6


def suite_size(target: Target, request: DesignRequest) -> int:
    """At most so many cases: as many as were asked for, or as the source is long."""
    if request.max_tests:
        return request.max_tests
    lines = lines_asked_for(gather(target), Boundaries(target, request.exploration))
    return max(_FEWEST, lines * _PER_THOUSAND_LINES // 1000)


def lines_asked_for(shown: Shown, boundaries: Boundaries) -> int:
    asked = [file for file in shown.lines_of if boundaries.is_chosen_file(file)]
    return sum(shown.lines_of[file] for file in asked) or shown.lines_of_code


def with_spares(most: int) -> int:
    """More than there is room for: some will not hold, and some cannot fail."""
    return most + most // 3 + 2


def trimmed(plan: Plan, most: int) -> Plan:
    """The best of the plan: broken promises, what documents show, then some of each scenario,
    promised ones first."""
    cases = [case for scenario in plan.integration_scenarios for case in scenario.test_cases]
    shown = {case.id for case in [one for one in cases if is_shown(one)][: most // 2]}
    ranked = sorted(
        (
            case.assertion_type != BROKEN,
            case.id not in shown,
            place,
            case.provenance is not Provenance.CONTRACT,
            case.id,
        )
        for scenario in plan.integration_scenarios
        for place, case in enumerate(scenario.test_cases)
    )
    return _with_only(plan, {row[-1] for row in ranked[:most]})


def is_shown(case: Case) -> bool:
    """It is an example of a document."""
    return any(part.startswith("example ") for part in case.evidence.split(", "))


def _with_only(plan: Plan, kept: Collection[str]) -> Plan:
    scenarios, left_out = [], list(plan.left_out)
    for scenario in plan.integration_scenarios:
        cases = tuple(case for case in scenario.test_cases if case.id in kept)
        left_out += [
            LeftOut(what=f"{scenario.boundary}: {case.name}", why="no room in a suite of this size")
            for case in scenario.test_cases
            if case.id not in kept
        ]
        if cases:
            scenarios.append(scenario.but(test_cases=cases))
    names = {scenario.id for scenario in scenarios}
    return plan.but(
        integration_scenarios=tuple(scenarios),
        execution_order=tuple(name for name in plan.execution_order if name in names),
        left_out=tuple(left_out),
    )
