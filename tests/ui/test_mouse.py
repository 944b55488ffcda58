"""What can be done with keys on the workbench can be done with the mouse where one would try."""

from __future__ import annotations

from typing import Any

import pytest
from textual.events import MouseScrollDown, MouseScrollUp
from textual.pilot import Pilot

from itc_tui.ui.leaving import Left
from itc_tui.ui.panes.output.cases import CaseList
from itc_tui.ui.panes.plan.table import PlanTable
from itc_tui.ui.widgets.footer_line import FooterLine
from itc_tui.ui.widgets.output_tail import OutputTail
from itc_tui.ui.widgets.pane import Pane
from itc_tui.ui.widgets.row_list import RowList
from itc_tui.ui.widgets.scrubber import Scrubber
from tests.ui.stage import application, outside, painted, until


def place_of(app: Any, text: str) -> tuple[int, int]:
    """Where it is painted on the whole screen; the cells before it are all of one column."""
    for y, line in enumerate(painted(app).splitlines()):
        if text in line:
            return line.index(text), y
    raise AssertionError(f"{text} is not painted")


async def click(pilot: Pilot[Left], text: str, times: int = 1) -> None:
    await pilot.click(offset=place_of(pilot.app, text), times=times)
    await pilot.pause()


async def show(pilot: Pilot[Left], key: str) -> None:
    await pilot.press(key)
    await pilot.pause()


@pytest.mark.parametrize(("key", "kind"), [("2", PlanTable), ("3", CaseList)])
async def test_a_click_chooses_the_row_that_is_under_it(key: str, kind: type[RowList]) -> None:
    async with application(review="a") as (app, pilot):
        await until(pilot, lambda: app.screen.view.summary)
        await show(pilot, key)
        rows = app.screen.query_one(kind)
        await until(pilot, lambda: rows.size.height > 4)
        row = next(at for at in range(2, rows.size.height) if rows.is_choosable(at))
        region = rows.content_region
        await pilot.click(offset=(region.x + 3, region.y + row))
        assert rows.cursor == row + rows.scroll_offset.y
        assert rows.has_focus


async def test_a_click_on_a_title_shows_its_pane_and_a_second_one_gives_it_all_the_room() -> None:
    async with application(review="a") as (app, pilot):
        await until(pilot, lambda: app.screen.view.summary)
        await click(pilot, "2 Test plan")
        assert app.screen.stage == "plan"
        await click(pilot, "2 Test plan", times=2)
        assert app.screen.arrangement == "solo"
        await click(pilot, "2 Test plan ─", times=2)
        assert app.screen.arrangement == "stage"
        assert app.focused is not None


async def test_the_border_beside_the_stage_is_drawn_and_remembered() -> None:
    kept: dict[str, str] = {}
    world = outside(remember=kept.__setitem__)
    async with application(world, review="a") as (app, pilot):
        await until(pilot, lambda: app.screen.view.summary)
        stage = app.screen.query_one("#timeline", Pane)
        before = stage.region.width
        edge = stage.region.right
        await pilot.mouse_down(offset=(edge, 10))
        await pilot.hover(offset=(edge - 12, 10))
        await until(pilot, lambda: stage.region.width < before - 8)
        assert "stage_share" not in kept
        await pilot.mouse_up(offset=(edge - 12, 10))
        await until(pilot, lambda: "stage_share" in kept)
        narrow = stage.region.width
        await pilot.hover(offset=(edge + 5, 10))
        await pilot.pause()
        assert stage.region.width == narrow
        assert abs(narrow - (before - 12)) <= 2


async def test_tabs_are_clicked_where_only_one_pane_has_room() -> None:
    async with application(review="a", size=(80, 24)) as (app, pilot):
        await until(pilot, lambda: app.screen.view.summary)
        await click(pilot, "1 Exploration")
        assert app.screen.stage == "exploration"
        await click(pilot, "3 Tests")
        assert app.screen.stage == "tests"


async def test_each_command_of_the_footer_is_a_button() -> None:
    async with application(review="a") as (app, pilot):
        await until(pilot, lambda: app.screen.view.summary)
        end = app.screen.place
        footer = app.screen.query_one(FooterLine)
        label = next(
            command.label
            for group in footer.groups
            for command in group
            if command.name == "back" and command.footer
        )
        at = painted(app).splitlines()[footer.region.y].index(label)
        await pilot.click(footer, offset=(at, 0))
        await until(pilot, lambda: app.screen.place < end)
        await click(pilot, "? more")
        await until(pilot, lambda: "Page" in type(app.screen).__name__)


async def test_a_click_on_the_line_of_events_goes_there() -> None:
    async with application(review="a") as (app, pilot):
        await until(pilot, lambda: app.screen.view.summary)
        scrubber = app.screen.query_one(Scrubber)
        line = scrubber.region
        await pilot.click(offset=(line.x + 1, line.y))
        assert app.screen.place == 0
        last = painted(app).splitlines()[line.y].rindex("─")
        await pilot.click(offset=(last, line.y))
        assert app.screen.place == scrubber.total


async def test_the_line_of_events_names_a_tenth_iteration_whole() -> None:
    async with application(review="a") as (app, pilot):
        await until(pilot, lambda: app.screen.view.summary)
        scrubber = app.screen.query_one(Scrubber)
        scrubber.marks = ((0.5, "10"), (1.0, "11"))
        await pilot.pause()
        names = painted(app).splitlines()[scrubber.region.y + 1].split()
        assert names == ["10", "11"]


async def test_the_wheel_scrolls_what_is_under_it_and_output_stops_following() -> None:
    async with application(review="a", size=(120, 24)) as (app, pilot):
        await until(pilot, lambda: app.screen.view.summary)
        await show(pilot, "3")
        rows = app.screen.query_one(CaseList)
        rows.action_first()
        await pilot.pause()
        assert await pilot._post_mouse_events([MouseScrollDown], rows, offset=(3, 2))
        await until(pilot, lambda: rows.scroll_offset.y > 0)
        await show(pilot, "o")
        tail = app.screen.query_one(OutputTail)
        await until(pilot, lambda: tail.size.height > 0)
        assert tail.follows
        await pilot._post_mouse_events([MouseScrollUp], tail, offset=(3, 2))
        await until(pilot, lambda: not tail.follows)
