"""A plan holds no two cases that do the same."""

from __future__ import annotations

from itc_tui.domain.exploration import Exploration, IntegrationPoint
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.boundaries import Boundaries
from itc_tui.engines.builtin.grouping import Group
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.scenarios import plan_of
from itc_tui.engines.builtin.witnesses import Claim, Witness

IMPORTS = ("from shop.orders import place",)


def row(focus: str, var: str, price: str) -> tuple[Witness, Group]:
    witness = Witness(
        focus,
        Program(IMPORTS, (Step(var, "place('tea')"),)),
        focus,
        claims=((Claim(var + ".price", price),),),
        kinds=("",),
        arcs=frozenset(("shop/stock.py", 0, line) for line in range(9)),
        edges=frozenset({("shop/orders.py", "place", "shop/stock.py", "take")}),
    )
    return witness, Group(focus, (witness,), witness.program)


def test_what_an_example_does_is_not_done_again_by_a_case_that_was_found() -> None:
    """Cases are known by what they do: the second would be taken for the first, edited."""
    point = IntegrationPoint(from_module="shop.orders", to_module="shop.stock")
    target = Target(root="/nowhere", packages=("shop",))
    boundaries = Boundaries(target, Exploration(integration_points=(point,)))
    twins = [row("given:README.md:3", "v_a_1", "4"), row("shop.orders:place", "v_b_2", "5")]
    plan, prepared = plan_of(twins, boundaries, {}, ())
    assert [case.expected for _, case in plan.enabled_cases] == [prepared[0].expected]
    assert len(prepared) == 1
    assert ("place", "another case does the same") in [(one.what, one.why) for one in plan.left_out]
