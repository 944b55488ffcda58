"""A recording shows a moment as it was, whichever way one comes to it."""

from __future__ import annotations

from typing import Any

from itc_tui.ui.panes.output.cases import CaseList
from itc_tui.ui.panes.plan.table import PlanTable
from itc_tui.ui.widgets.pane import Pane
from itc_tui.ui.widgets.row_list import RowList
from tests.ui.stage import application, until

SIZE = (200, 50)


def shown(app: Any) -> dict[str, tuple[object, ...]]:
    """What stands in each pane: its titles, whether it is empty, and its rows."""
    found: dict[str, tuple[object, ...]] = {}
    for pane in app.screen.query(Pane):
        # Details are broken into lines for their width, which the stage has more of.
        lists = [one for one in pane.query(RowList) if one.display and not one.has_class("detail")]
        texts = tuple(str(rows.row(at, 90)) for rows in lists for at in range(rows.count))
        found[pane.id] = (str(pane.border_title), str(pane.border_subtitle), pane.is_empty, texts)
    return found


async def test_at_each_moment_all_panes_show_the_same_forward_and_back() -> None:
    async with application(review="a", size=SIZE) as (app, pilot):
        screen = app.screen
        await until(pilot, lambda: screen._total)
        places = [round(screen._total * part / 12) for part in range(12)]
        seen = []
        for place in places:
            screen.place = place
            await pilot.pause()
            seen.append(shown(app))
        assert seen[0]["plan"][2], "nothing is planned at the first moment"
        screen.place = screen._total
        await pilot.pause()
        for place, before in reversed(list(zip(places, seen))):
            screen.place = place
            await pilot.pause()
            for name, there in shown(app).items():
                assert there == before[name], f"{name} at {place} of {screen._total}"


async def test_going_back_before_the_plan_empties_its_pane() -> None:
    async with application(review="a", size=SIZE) as (app, pilot):
        table = app.screen.query_one(PlanTable)
        await until(pilot, lambda: table.display and table.count)
        await pilot.press("{")
        await until(pilot, lambda: not table.display)
        assert "scenario" not in str(app.screen.query_one("#plan", Pane).border_subtitle)
        await pilot.press("}")
        await until(pilot, lambda: table.display and app.screen.query_one(CaseList).count)
