"""Toasts cover nothing that stands below the panes, however much of it there is."""

from __future__ import annotations

from typing import Any

import pytest
from textual.widget import Widget

from itc_tui.ui.app import ItcApp
from itc_tui.ui.errand import Errand
from itc_tui.ui.look import Look
from itc_tui.ui.screens.question import Ask
from itc_tui.ui.screens.workbench import Workbench
from tests.ui.stage import application, outside, painted, until
from tests.ui.step_stage import launched, step_to, three_red


def toasts(app: Any) -> list[Widget]:
    return [toast for toast in app.screen.query("Toast") if toast.region.area]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_end_of_the_scrubber_is_seen_beside_toasts(size: tuple[int, int]) -> None:
    async with application(review="a", size=size) as (app, pilot):
        await until(pilot, lambda: app.screen.place)
        await pilot.press("x", "=")
        await until(pilot, lambda: len(toasts(app)) == 2)
        total = app.screen.place
        await until(pilot, lambda: f"{total}/{total}" in painted(app))
        top = app.screen.query_one("#scrubber").region.y
        assert max(toast.region.bottom for toast in toasts(app)) == top - 1


async def test_what_step_mode_shows_is_seen_beside_toasts() -> None:
    begun = launched(three_red())
    async with application(started=begun, step_by_step=True, size=(80, 24)) as (app, pilot):
        await step_to(pilot, "explore")
        await pilot.press("A")
        await until(pilot, lambda: toasts(app))
        panel = app.screen.query_one("#ahead").region
        await until(pilot, lambda: toasts(app)[0].region.bottom == panel.y - 1)


async def test_a_question_and_its_choices_are_seen_beside_toasts() -> None:
    async with application(started=launched(three_red()), size=(80, 24)) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, Ask))
        app.notify("This folder is not in a git repository. " * 3)
        await until(pilot, lambda: toasts(app))
        ask = app.screen.query_one("#ask").region
        await until(pilot, lambda: toasts(app)[0].region.bottom == ask.y)


async def test_where_nothing_is_notified_there_is_nothing_to_lift() -> None:
    """As when the pictures of the README are drawn."""
    app = ItcApp(outside(), Look(language="en"), Errand(review="a"))
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, Workbench))
