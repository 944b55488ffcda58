"""A case stands at the boundary that it is about."""

from __future__ import annotations

from collections import Counter

from itc_tui.domain.exploration import Exploration, IntegrationPoint
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.boundaries import Boundaries
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.witnesses import Witness

SELLING = ("shop.orders", "shop.stock")
PRINTING = ("shop.report", "shop.text")


def test_a_boundary_that_only_the_setup_crosses_is_the_matter_of_another_case() -> None:
    """However often the right one is shown already: what the case asserts is about that."""
    points = tuple(IntegrationPoint(from_module=a, to_module=b) for a, b in (SELLING, PRINTING))
    target = Target(root="/nowhere", packages=("shop",))
    boundaries = Boundaries(target, Exploration(integration_points=points))
    printed = Witness(
        "1",
        Program((), (Step("order", "place('tea')"), Step("text", "printed(order)"))),
        "shop.report:printed",
        arcs=frozenset(
            (f"shop/{name}.py", 0, line) for name in ("stock", "text") for line in range(9)
        ),
        edges=frozenset(
            {
                ("shop/orders.py", "place", "shop/stock.py", "take"),
                ("shop/report.py", "printed", "shop/text.py", "wrapped"),
            }
        ),
    )
    taken = Counter({PRINTING: 5})
    assert boundaries.best(printed, "shop.report", taken) == PRINTING
    assert boundaries.best(printed, "shop.orders", taken) == SELLING
    assert boundaries.best(printed, "given", taken) == SELLING
