"""Keys that come quicker than screens close: each closes one, and none ends the application."""

from __future__ import annotations

import pytest
from textual.command import CommandList

from itc_tui.ui.palette import Palette
from itc_tui.ui.screens.page import Page
from itc_tui.ui.screens.settings import SettingsScreen
from itc_tui.ui.screens.start import StartScreen
from tests.ui.stage import application, bench, launch, until


async def test_a_screen_that_is_covered_is_not_left_and_does_not_close_what_covers_it() -> None:
    async with application(size=(80, 24)) as (app, pilot):
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        settings = app.screen
        app.action_help()
        settings.action_leave_settings()
        await until(pilot, lambda: isinstance(app.screen, Page))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is settings)
        settings.action_leave_settings()
        settings.action_leave_settings()
        await until(pilot, lambda: isinstance(app.screen, StartScreen))
        assert app.is_running


@pytest.mark.parametrize("action", ["page_down", "page_up"])
async def test_a_page_key_in_a_palette_that_was_not_laid_out_yet_does_nothing(action: str) -> None:
    async with application(started=launch()) as (app, pilot):
        await until(pilot, lambda: bench(pilot).view.question)
        app.action_command_palette()
        await until(pilot, lambda: isinstance(app.screen, Palette))
        commands = app.screen.query_one(CommandList)
        commands.add_options(["one", "two"])
        commands.highlighted = 0
        commands._index_to_line.clear()
        app.screen._action_command_list(action)
        assert app.is_running


async def test_a_palette_that_is_closed_while_it_gathers_ends_nothing() -> None:
    async with application(started=launch()) as (app, pilot):
        await until(pilot, lambda: bench(pilot).view.question)
        app.action_command_palette()
        await until(pilot, lambda: isinstance(app.screen, Palette))
        palette = app.screen
        commands = palette.query_one(CommandList)
        await pilot.press("escape")
        await until(pilot, lambda: not palette.query(CommandList))
        palette._refresh_command_list(commands, [], clear_current=True)
        palette._list_visible = True
        palette._watch__list_visible()
        await pilot.pause()
        assert app.is_running
