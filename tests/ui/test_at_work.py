"""A new phase brings its pane, but takes none from under the keys of somebody who is at work."""

from __future__ import annotations

from dataclasses import replace

import pytest

from itc_tui.ui.at_work import BUSY_S, AtWork
from itc_tui.ui.commands import remap
from itc_tui.ui.panes.plan import PlanPane
from tests.ui.stage import application


@pytest.mark.parametrize(
    ("keys", "stage"),
    [(("j", "v"), "plan"), (("j", "v", "s"), "tests"), (("]",), "tests")],
)
async def test_only_whoever_drives_is_brought_along(keys: tuple[str, ...], stage: str) -> None:
    async with application(review="a") as (app, pilot):
        await pilot.press("2", *keys)
        await pilot.pause()
        app.screen.view = replace(app.screen.view, phase=4)
        app.screen.show_pane("plan")
        app.screen.view = replace(app.screen.view, phase=5)
        await pilot.pause()
        assert app.screen.stage == stage


async def test_a_click_into_a_pane_is_work_too() -> None:
    async with application(review="a") as (app, pilot):
        app.screen.view = replace(app.screen.view, phase=4)
        app.screen.show_pane("plan")
        await pilot.pause()
        await pilot.click(PlanPane, offset=(8, 4))
        app.screen.view = replace(app.screen.view, phase=5)
        await pilot.pause()
        assert app.screen.stage == "plan"


def test_whoever_rests_a_while_looks_on_again() -> None:
    now = 100.0
    at_work = AtWork(lambda: now)
    assert not at_work
    at_work.press("j")
    now += BUSY_S - 1
    assert at_work
    now += 2
    assert not at_work


def test_keys_of_ones_own_drive_as_well() -> None:
    at_work = AtWork(lambda: 1.0)
    try:
        remap({"workbench.step": "f9"})
        at_work.press("s")
        assert at_work
        at_work.press("f9")
        assert not at_work
    finally:
        remap({})
