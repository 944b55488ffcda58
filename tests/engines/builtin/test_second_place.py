"""A case that notices nothing behind one boundary is tried behind another that it crosses."""

from __future__ import annotations

from dataclasses import replace

from itc_tui.domain.exploration import Exploration, IntegrationPoint
from itc_tui.domain.plan import Case, LeftOut, Plan, Scenario
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.boundaries import Boundaries
from itc_tui.engines.builtin.cache import Prepared, _digest
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.second_place import elsewhere, taken_back
from itc_tui.engines.builtin.witnesses import Witness

TARGET = Target(root="/repo", python="python", packages=("shop",), source_roots=(".",))
POINTS = tuple(
    IntegrationPoint(from_module=f"shop.{one}", to_module=f"shop.{other}")
    for one, other in (("orders", "log"), ("orders", "prices"), ("prices", "taxes"))
)
EDGES = frozenset(
    (f"shop/{one}.py", "do", f"shop/{other}.py", name)
    for one, other, name in (
        ("orders", "log", "noted"),
        ("orders", "prices", "price_of"),
        ("prices", "taxes", "tax_of"),
    )
)
ARCS = frozenset([*(("shop/prices.py", at, at + 1) for at in range(9)), ("shop/taxes.py", 1, 2)])
CASE = Case(id="IS-001-1", name="total gives 7", input="total(2)")
PREPARED = Prepared(
    "total(2)",
    "7",
    Witness("a", Program((), (Step("", "total(2)"),)), "shop.orders:total", arcs=ARCS, edges=EDGES),
    {"summary": "It.", "impact": "`total` promises: A sum."},
)
PLAN = Plan(
    integration_scenarios=(
        Scenario(id="IS-001", boundary="shop.orders → shop.log", test_cases=(CASE,)),
    )
)


def moved(prepared: Prepared = PREPARED) -> tuple[Plan, list[Prepared]]:
    boundaries = Boundaries(TARGET, Exploration(integration_points=POINTS))
    known = {_digest(prepared.input): prepared}
    return elsewhere(PLAN, {"IS-001-1"}, known, boundaries, 9)


def test_it_goes_where_most_was_executed_and_its_text_says_so() -> None:
    second, (retold,) = moved()
    (scenario,) = second.integration_scenarios
    assert scenario.boundary == "shop.orders → shop.prices"
    assert retold.telling["scope"] == "shop.orders → shop.prices (price_of)"
    assert retold.telling["impact"] == "`total` promises: A sum."


def test_who_relies_on_what_is_behind_the_old_boundary_is_not_told_of_the_new_one() -> None:
    told = {"summary": "It.", "impact": "`settle` relies on noted."}
    _, (retold,) = moved(replace(PREPARED, telling=told))
    assert retold.telling["impact"] == ""


def test_where_it_crosses_no_other_it_is_one_of_what_its_module_does_for_its_callers() -> None:
    edges = frozenset(edge for edge in EDGES if edge[2] == "shop/log.py")
    arcs = frozenset([*ARCS, ("shop/orders.py", 1, 2)])
    program = Program(("from shop.orders import total",), PREPARED.witness.program.steps)
    witness = PREPARED.witness.but(edges=edges, arcs=arcs, program=program)
    second, (retold,) = moved(replace(PREPARED, witness=witness))
    (scenario,) = second.integration_scenarios
    assert scenario.boundary == "callers → shop.orders"
    assert scenario.mocking.real_targets == ("shop.orders",)
    assert retold.telling["impact"] == "`total` promises: A sum."

    hidden = Program(("from shop.orders import _total",), (Step("", "_total(2)"),))
    private = replace(PREPARED, witness=witness.but(program=hidden))
    assert moved(private)[1] == [], "nobody calls that from outside"


def test_what_holds_there_is_no_longer_left_out() -> None:
    second, _ = moved()
    out = LeftOut(what="shop.orders → shop.log: total gives 7", why="noticed none")
    other = LeftOut(what="shop.orders → shop.log: else", why="noticed none")
    proven = Plan(left_out=(out, other))
    whole = taken_back(proven, second)
    assert [scenario.boundary for scenario, _ in whole.enabled_cases] == [
        "shop.orders → shop.prices"
    ]
    assert whole.left_out == (other,)
