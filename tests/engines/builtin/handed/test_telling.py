"""The plan says what its cases are handed, why, and what they are not handed."""

from __future__ import annotations

import pytest

from itc_tui.domain.exploration import CallSite, Exploration, IntegrationPoint
from itc_tui.domain.plan import Case, LeftOut, Mocking, Plan, Scenario
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.boundaries import Boundaries
from itc_tui.engines.builtin.cache import Prepared
from itc_tui.engines.builtin.edited import Unclear, program_of
from itc_tui.engines.builtin.handed.fixtures import UsableFixture
from itc_tui.engines.builtin.handed.record import Handed
from itc_tui.engines.builtin.handed.telling import with_what_is_handed
from itc_tui.engines.builtin.inside.given import FIXTURE, STAND_IN
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.scenarios import input_text
from itc_tui.engines.builtin.stand_ins.stand_in import StandIn
from itc_tui.engines.builtin.witnesses import Witness

HANDED = Handed(
    (UsableFixture("store", "tests/conftest.py:12"),),
    (
        StandIn(
            "frozen_clock",
            "…",
            (),
            (("shop/desk.py", 3),),
            outside="clock",
            reason="The clock stands still.",
            better="With freezegun installed, all would see it.",
        ),
    ),
)
GIVEN = Witness(
    "1",
    Program(
        (),
        (
            Step("frozen_clock", "frozen_clock", STAND_IN),
            Step("store", "store", FIXTURE),
            Step("total", "order(store, 'tea', 2)"),
        ),
    ),
    "shop.desk:order",
    arcs=frozenset({("shop/desk.py", 2, 3)}),
)


def plan_with(text: str) -> Plan:
    case = Case(name="orders", input=text)
    mocking = Mocking(real_targets=("shop.desk", "shop.store"), reason="All of it is real.")
    scenario = Scenario(boundary="a → b", test_cases=(case,), setup="In tmp_path.", mocking=mocking)
    return Plan(integration_scenarios=(scenario,))


def test_fixtures_and_stand_ins_are_named_with_their_reasons() -> None:
    text = input_text(GIVEN)
    refused = (("fixture db (tests/conftest.py:3)", "it has several values"),)
    plan = with_what_is_handed(plan_with(text), [Prepared(text, "", GIVEN, {})], HANDED, refused)
    (scenario,) = plan.integration_scenarios
    assert "`store` (tests/conftest.py:12)" in scenario.setup
    assert scenario.mocking.mock_targets == ("clock",)
    assert scenario.mocking.real_targets == ("shop.desk", "shop.store")
    assert scenario.mocking.reason == "The clock stands still."
    assert plan.mocking_strategy.mock_boundaries == ("clock",)
    assert "With freezegun installed" in plan.mocking_strategy.rationale
    assert plan.left_out == (
        LeftOut(what="fixture db (tests/conftest.py:3)", why="it has several values"),
    )


def test_a_scenario_that_is_handed_nothing_stays_as_it_is() -> None:
    before = plan_with("order(1)")
    assert with_what_is_handed(before, [], HANDED) == before


def test_the_input_says_what_is_given_and_a_person_may_edit_the_rest() -> None:
    text = input_text(GIVEN)
    assert text == '# given: frozen_clock, store\ntotal = order(store, "tea", 2)'
    known = {step.var: step for step in GIVEN.program.steps[:2]}
    imports = {"order": "from shop.desk import order"}
    edited = program_of(text.replace("2)", "3)"), "", imports, known)
    assert [(step.var, step.kind) for step in edited.steps] == [
        ("frozen_clock", STAND_IN),
        ("store", FIXTURE),
        ("total", "do"),
    ]
    with pytest.raises(Unclear, match="given shelf, which no case of the plan knows"):
        program_of("# given: shelf\norder(shelf)", "", imports, known)


def test_a_case_that_only_reaches_outside_belongs_to_that_outer_edge() -> None:
    target = Target(root="/nowhere", packages=("shop",))
    points = tuple(
        IntegrationPoint(
            from_module="shop.desk",
            to_module=name,
            is_outer=True,
            sites=(CallSite(file="shop/desk.py", line=3),),
        )
        for name in ("clock", "requests")
    )
    boundaries = Boundaries(target, Exploration(integration_points=points))
    assert boundaries.outer(GIVEN) == ("shop.desk", "requests")
    plain = GIVEN.but(program=Program((), GIVEN.program.steps[1:]))
    assert boundaries.outer(plain) is None
