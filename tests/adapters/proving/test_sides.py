"""Where the callers are the near side, the test is one of them, and the module must be entered."""

from __future__ import annotations

import pytest

from itc_tui.adapters.proving.sides import sides_of
from itc_tui.domain.exploration import CALLERS, Exploration, IntegrationPoint

FACE = IntegrationPoint(from_module=CALLERS, to_module="basket", is_face=True)


@pytest.mark.parametrize("points", [(FACE,), ()], ids=["on the map", "edited in by a person"])
def test_a_face_is_crossed_when_the_module_is_entered(points: tuple[IntegrationPoint, ...]) -> None:
    sides = sides_of("callers → basket", Exploration(integration_points=points), ["basket"])
    assert sides is not None
    assert sides.missing(["basket"], []) == ()
    assert sides.missing([], ["os"]) == ("basket",)
    assert sides.behind(["basket", "other"]) == ("basket",)


def test_a_package_that_is_called_callers_is_a_side_like_any_other() -> None:
    sides = sides_of("callers → callers.desk", Exploration(), ["callers"])
    assert sides is not None
    assert sides.missing(["callers.desk"], []) == ("callers",)
