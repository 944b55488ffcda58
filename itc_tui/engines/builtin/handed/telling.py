"""Says in the plan what its cases are handed, why, and what could be had instead."""

from __future__ import annotations

from collections.abc import Sequence

from itc_tui.domain.plan import LeftOut, Mocking, MockingStrategy, Plan, Scenario
from itc_tui.domain.words import MockingApproach
from itc_tui.engines.builtin.cache import Prepared
from itc_tui.engines.builtin.handed.fixtures import UsableFixture
from itc_tui.engines.builtin.handed.record import Handed
from itc_tui.engines.builtin.inside.given import GIVEN
from itc_tui.engines.builtin.stand_ins.stand_in import StandIn


def with_what_is_handed(
    plan: Plan,
    prepared: Sequence[Prepared],
    handed: Handed,
    refused: Sequence[tuple[str, str]] = (),
) -> Plan:
    given = {
        row.input: [step.var for step in row.witness.program.steps if step.kind in GIVEN]
        for row in prepared
    }
    scenarios, used = [], []
    for scenario in plan.integration_scenarios:
        names = dict.fromkeys(
            name for case in scenario.test_cases for name in given.get(case.input, ())
        )
        fixtures = [one for name in names if (one := handed.fixture(name)) is not None]
        stand_ins = [met for name in names if (met := handed.stand_in(name)) is not None]
        used += stand_ins
        scenarios.append(_told(scenario, fixtures, stand_ins))
    left_out = (*plan.left_out, *(LeftOut(what=what, why=why) for what, why in refused))
    return plan.but(
        integration_scenarios=tuple(scenarios),
        left_out=left_out,
        mocking_strategy=_strategy(plan.mocking_strategy, list(dict.fromkeys(used))),
    )


def _told(
    scenario: Scenario, fixtures: Sequence[UsableFixture], stand_ins: Sequence[StandIn]
) -> Scenario:
    setup = scenario.setup
    if fixtures:
        named = ", ".join(f"`{one.name}` ({one.place})" for one in fixtures)
        setup = f"Objects come from the project's own fixtures: {named}. {setup}"
    keeping = [one.reason for one in stand_ins if not one.outside]
    setup = " ".join([setup, *dict.fromkeys(keeping)])
    stand_ins = [one for one in stand_ins if one.outside]
    if not stand_ins:
        return scenario.but(setup=setup)
    return scenario.but(
        setup=setup,
        mocking=Mocking(
            mock_targets=tuple(one.outside for one in stand_ins),
            real_targets=scenario.mocking.real_targets,
            reason=" ".join(dict.fromkeys(one.reason for one in stand_ins)),
        ),
    )


def _strategy(strategy: MockingStrategy, used: Sequence[StandIn]) -> MockingStrategy:
    used = [one for one in used if one.outside]
    if not used:
        return strategy
    better = [one.better for one in used if one.better]
    sentences = [strategy.rationale, *(one.reason for one in used), *better]
    return strategy.but(
        approach=MockingApproach.MINIMAL,
        mock_boundaries=tuple(one.outside for one in used),
        rationale=" ".join(sentence for sentence in sentences if sentence),
    )
