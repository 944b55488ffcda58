"""A wish about a plan: modules by name, in or out, and more of the same."""

from __future__ import annotations

import pytest

from itc_tui.domain.plan import Case, Plan, Scenario
from itc_tui.engines.builtin.revising import joined, modules_named, narrowed, wants_more

MODULES = ("shop.cart", "shop.store", "shop.cli")


def plan(*rows: tuple[str, str]) -> Plan:
    return Plan(
        integration_scenarios=tuple(
            Scenario(boundary=boundary, test_cases=(Case(name=deed, input=deed),))
            for boundary, deed in rows
        )
    ).with_ids()


EARLIER = plan(("shop.cart → shop.store", "a()"), ("shop.cli → shop.cart", "b()"))


@pytest.mark.parametrize(
    ("wish", "named", "without"),
    [
        ("adjust scope: only store", ("shop.store",), False),
        ("adjust scope: without shop.cli", ("shop.cli",), True),
        ("adjust scope: 不要 cli", ("shop.cli",), True),
        ("adjust scope: something nice", (), False),
    ],
)
def test_modules_are_found_by_name(wish: str, named: tuple[str, ...], without: bool) -> None:
    assert modules_named(wish, MODULES) == (named, without)


def test_a_scope_keeps_or_drops_the_scenarios_that_touch_it() -> None:
    only = narrowed(EARLIER, ["shop.store"], without=False)
    assert [one.boundary for one in only.integration_scenarios] == ["shop.cart → shop.store"]
    rest = narrowed(EARLIER, ["shop.store"], without=True)
    assert [one.boundary for one in rest.integration_scenarios] == ["shop.cli → shop.cart"]
    assert rest.left_out[0].what == "shop.cart → shop.store"


def test_what_is_new_comes_behind_what_was_there_under_ids_of_its_own() -> None:
    fresh = plan(("shop.cart → shop.store", "a()"), ("shop.cart → shop.store", "c()"))
    both = joined(EARLIER, fresh)
    assert [case.input for _, case in both.enabled_cases] == ["a()", "b()", "c()"]
    assert [one.id for one in both.integration_scenarios] == ["IS-001", "IS-002", "IS-003"]
    assert len({case.id for _, case in both.enabled_cases}) == 3
    assert both.integration_scenarios[:2] == EARLIER.integration_scenarios


def test_extending_and_adding_ask_for_more() -> None:
    assert wants_more("extend: the errors")
    assert wants_more("add scenarios")
    assert not wants_more("adjust scope: store")
