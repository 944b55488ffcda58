"""The picture of the map: boxes, arrows, and what they say, one below the other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from itc_tui.domain.exploration import Exploration, IntegrationPoint, RiskArea
from itc_tui.domain.vocabulary import Level
from itc_tui.speech.language import speak
from itc_tui.ui.boundary_map import map_rows
from itc_tui.ui.widgets.painting import width_of
from tests.ui.scripted_shop import EXPLORATION


@pytest.mark.parametrize("width", [60, 67, 100, 187])
def test_what_arrows_point_at_stands_in_columns_in_all_boxes(width: int) -> None:
    rows = map_rows(EXPLORATION, width)
    assert all(width_of(row) <= width for row in rows)
    arrows = ["".join(text for text, _ in row) for row in rows]
    arrows = [row for row in arrows if "▶" in row]
    assert len(arrows) == len(EXPLORATION.integration_points)
    assert len({row.index("▶") for row in arrows}) == 1
    kinds = {row.index("call", row.index("▶")) for row in arrows if " call " in row}
    assert len(kinds) == 1


def test_what_the_signs_mean_is_said_first() -> None:
    first = "".join(text for text, _ in map_rows(EXPLORATION, 180)[0])
    assert "high" in first
    assert "outside" in first


def test_a_module_at_risk_says_so_on_its_box_whatever_it_calls() -> None:
    """What only calls the outside has no arrow into it that could."""
    reaching = IntegrationPoint(from_module="ledger", to_module="filesystem", is_outer=True)
    risk = RiskArea(area="ledger", reason="reaches filesystem", priority=Level.HIGH)
    found = Exploration(integration_points=(reaching,), risk_areas=(risk,))
    named = next(row for row in map_rows(found, 80) if any("ledger" in text for text, _ in row))
    assert ("▲ ", "bad") in named


@pytest.fixture
def in_chinese() -> Iterator[None]:
    speak("zh")
    yield
    speak("en")


def test_callers_from_outside_are_told_from_modules(in_chinese: None) -> None:
    """In the person's language, dim and in round brackets as all that lies outside."""
    face = IntegrationPoint(from_module="callers", to_module="basket", is_face=True)
    rows = map_rows(Exploration(integration_points=(face,)), 80)
    box = next(row for row in rows if any("▶" in text for text, _ in row))
    assert ("( 调用者 )", "dim") in [(text.strip(), paint) for text, paint in box]


@pytest.mark.usefixtures("in_chinese")
def test_what_an_arrow_stands_for_is_said_in_the_language_of_the_screen() -> None:
    point = IntegrationPoint(from_module="ledger", to_module="errors", contract="raises BadOrder")
    rows = map_rows(Exploration(integration_points=(point,)), 100)
    assert any("抛出 BadOrder" in text for row in rows for text, _ in row)
