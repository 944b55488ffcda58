"""What is typed before a session that was asked for at once is there opens nothing beneath it."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot

from itc_tui.ui.app import ItcApp
from itc_tui.ui.errand import Errand
from itc_tui.ui.leaving import Left
from itc_tui.ui.look import Look
from itc_tui.ui.screens.doorway import Doorway
from itc_tui.ui.screens.replay import ReplayWorkbench
from itc_tui.ui.screens.start import StartScreen
from tests.ui.stage import outside, painted, until


@asynccontextmanager
async def still_loading(gate: threading.Event) -> AsyncIterator[tuple[Any, Pilot[Left]]]:
    def first_sight(_folder: str) -> None:
        gate.wait(30)

    look = Look(language="en", theme="itc-dark", reduced_motion=True)
    app: Any = ItcApp(outside(first_sight=first_sight), look, Errand(review="a"))
    try:
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            yield app, pilot
    finally:
        gate.set()


@pytest.mark.parametrize("key", ["question_mark", "f4", "ctrl+p", "tab", "enter", "escape", "3"])
async def test_a_key_that_is_typed_while_it_loads_opens_nothing(key: str) -> None:
    gate = threading.Event()
    async with still_loading(gate) as (app, pilot):
        await pilot.press(key, "escape")
        assert [type(screen) for screen in app.screen_stack] == [Doorway]
        gate.set()
        await until(pilot, lambda: isinstance(app.screen, ReplayWorkbench))
        await until(pilot, lambda: app.screen.view.session_id)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, StartScreen))
        await until(pilot, lambda: "payments" in painted(app))


async def test_one_can_leave_while_it_loads() -> None:
    async with still_loading(threading.Event()) as (app, pilot):
        await pilot.press("q")
        await until(pilot, lambda: not app.is_running or app.return_value is not None)
        assert app.return_value == Left()
