"""A suite is as large as a person reviews, and keeps the best of what was proved."""

from __future__ import annotations

from itc_tui.domain.exploration import Exploration
from itc_tui.domain.plan import Case, Plan, Scenario
from itc_tui.domain.requests import DesignRequest
from itc_tui.domain.words import Provenance
from itc_tui.engines.builtin.scenarios import BROKEN
from itc_tui.engines.builtin.sizes import suite_size, trimmed, with_spares
from tests.engines.builtin.small_targets import MakeTarget


def plan_of(*rows: tuple[str, ...]) -> Plan:
    """One scenario a row, with cases of these names."""
    return Plan(
        integration_scenarios=tuple(
            Scenario(
                id=f"IS-00{place}",
                boundary=f"shop.a{place} → shop.b",
                test_cases=tuple(Case(id=name, name=name) for name in row),
            )
            for place, row in enumerate(rows)
        ),
        execution_order=tuple(f"IS-00{place}" for place, _ in enumerate(rows)),
    )


def names_in(plan: Plan) -> list[str]:
    return [case.name for _, case in plan.enabled_cases]


def test_twenty_five_cases_a_thousand_lines_and_never_none(make_target: MakeTarget) -> None:
    target = make_target(**{"shop/orders.py": "x = 1\n" * 2000})
    request = DesignRequest(topic="shop", exploration=Exploration())
    assert suite_size(target, request) == 50
    assert suite_size(target, request.but(max_tests=7)) == 7
    small = make_target(**{"shop/orders.py": "x = 1\n"})
    assert suite_size(small, request) == 6
    assert with_spares(6) > 6


def test_each_scenario_keeps_its_first_before_one_keeps_its_second() -> None:
    kept = trimmed(plan_of(("a1", "a2", "a3"), ("b1", "b2")), 3)
    assert names_in(kept) == ["a1", "a2", "b1"]
    assert [one.what for one in kept.left_out] == ["shop.a0 → shop.b: a3", "shop.a1 → shop.b: b2"]


def test_a_scenario_without_room_goes_and_leaves_the_order() -> None:
    kept = trimmed(plan_of(("a1",), ("b1",)), 1)
    assert kept.execution_order == ("IS-000",)
    assert [scenario.id for scenario in kept.integration_scenarios] == ["IS-000"]


def test_a_broken_promise_always_has_room_and_a_kept_one_comes_first() -> None:
    plan = plan_of(("a1", "a2"), ("b1",))
    first, other = plan.integration_scenarios
    broken = first.test_cases[1].but(assertion_type=BROKEN)
    promised = other.test_cases[0].but(provenance=Provenance.CONTRACT)
    plan = plan.but(
        integration_scenarios=(
            first.but(test_cases=(first.test_cases[0], broken)),
            other.but(test_cases=(promised,)),
        )
    )
    assert names_in(trimmed(plan, 1)) == ["a2"]
    assert names_in(trimmed(plan, 2)) == ["a2", "b1"]
    assert trimmed(plan, 9) == plan


def test_what_documents_show_stays_before_the_first_of_another_scenario() -> None:
    plan = plan_of(("a1", "a2", "a3"), ("b1", "b2"))
    first, second = plan.integration_scenarios
    a1, a2, a3 = first.test_cases
    shown = (
        a1,
        a2.but(evidence="docstring of x, example README.md:3"),
        a3.but(evidence="observed"),
    )
    plan = plan.but(integration_scenarios=(first.but(test_cases=shown), second))
    assert names_in(trimmed(plan, 2)) == ["a1", "a2"]
    assert names_in(trimmed(plan, 3)) == ["a1", "a2", "b1"]
