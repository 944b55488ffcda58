"""Settings and keys are changed on the screen, land in the person's file, and take effect."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from itc_tui import settings
from itc_tui.adapters.settings_file import put_setting
from itc_tui.settings import load_layers, load_settings
from itc_tui.ui.commands import remap
from itc_tui.ui.leaving import Left
from itc_tui.ui.look import Look
from itc_tui.ui.outside import Outside
from itc_tui.ui.preferences import FOR_SESSIONS, FOR_THE_SCREEN
from itc_tui.ui.screens.press import PressKey
from itc_tui.ui.screens.settings import SettingsScreen, ValueField
from itc_tui.ui.screens.start import StartScreen
from itc_tui.ui.screens.workbench import Workbench
from itc_tui.ui.widgets.filter_line import FilterLine
from itc_tui.ui.widgets.setting_list import SettingList
from tests.ui.stage import application, outside, painted, until


class Home:
    """The person's settings file and a repository with a pyproject.toml."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "user" / "settings.toml"
        self.root = folder / "target"
        self.root.mkdir()
        self.environment: dict[str, str] = {}

    @property
    def saved(self) -> dict[str, Any]:
        return tomllib.loads(self.file.read_text()) if self.file.exists() else {}

    def project(self, text: str) -> None:
        (self.root / "pyproject.toml").write_text(f"[tool.itc]\n{text}\n")

    def write(self, text: str) -> None:
        self.file.parent.mkdir(exist_ok=True)
        self.file.write_text(text)

    def outside(self, **changes: object) -> Outside:
        return outside(
            layers=lambda: load_layers(self.root, {}, self.environment),
            put_setting=lambda name, value: put_setting(self.file, name, value),
            **changes,
        )

    @property
    def look(self) -> Look:
        found = load_settings(self.root, {}, self.environment)
        return Look.of(replace(found, lang=found.lang or "en"))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    made = Home(tmp_path)
    monkeypatch.setattr(settings, "user_file", lambda: made.file)
    yield made
    remap({})


async def go_to(app: Any, pilot: Pilot[Left], name: str) -> None:
    """Open the settings, and put the cursor on that one by the filter."""
    if not isinstance(app.screen, SettingsScreen):
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen) and app.screen.is_mounted)
    rows = app.screen.query_one(SettingList)
    await until(pilot, lambda: rows.count)
    rows.cursor = [getattr(row, "name", "") for row in rows._rows].index(name)
    await until(pilot, lambda: rows.chosen and rows.chosen.name == name)


def told(app: Any) -> str:
    return str(app.screen.query_one("#setting-wrong", Static).render())


def test_every_setting_is_on_the_screen() -> None:
    assert {*FOR_SESSIONS, *FOR_THE_SCREEN} == {*settings.names()} - {"keys"}


@pytest.mark.parametrize("review", ["a", pytest.param("", marks=pytest.mark.slow)])
async def test_a_number_is_written_checked_and_saved(home: Home, review: str) -> None:
    home.write("# mine\nmax_tests = 4  # few\nmax_test = 5\n")
    async with application(home.outside(), review=review, look=home.look) as (app, pilot):
        await go_to(app, pilot, "max_tests")
        await pilot.press("enter", "backspace", "x")
        await until(pilot, lambda: "whole number" in told(app))
        await pilot.press("enter")
        assert app.screen.query_one(ValueField).display
        await pilot.press("backspace", "minus", "1")
        await until(pilot, lambda: "At least 0." in told(app))
        await pilot.press("backspace", "backspace", "9", "enter")
        await until(pilot, lambda: home.saved["max_tests"] == 9)
        assert isinstance(app.focused, SettingList)
        assert home.file.read_text() == "# mine\nmax_tests = 9  # few\nmax_test = 5\n"
        assert any("“max_test” in" in note.message for note in app._notifications)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Workbench if review else StartScreen))


async def test_leaving_the_field_changes_nothing(home: Home) -> None:
    async with application(home.outside(), look=home.look) as (app, pilot):
        await go_to(app, pilot, "repeats")
        await pilot.press("enter", "5", "escape")
        await until(pilot, lambda: isinstance(app.focused, SettingList))
        assert home.saved == {}
        assert isinstance(app.screen, SettingsScreen)


async def test_what_a_higher_layer_says_is_shown_and_still_decides(home: Home) -> None:
    home.project("reduced_motion = false\nrepeats = 7")
    async with application(home.outside(), look=home.look) as (app, pilot):
        await go_to(app, pilot, "repeats")
        await until(pilot, lambda: "pyproject.toml decides here" in painted(app))
        await pilot.press("enter", "backspace", "3", "enter")
        await until(pilot, lambda: home.saved == {"repeats": 3})
        await until(pilot, lambda: app.screen.chosen.own == "3")
        assert app.screen.chosen.text == "7"
        await go_to(app, pilot, "reduced_motion")
        await pilot.press("space")
        await until(pilot, lambda: home.saved["reduced_motion"] is True)
        assert app.animation_level != "none"


async def test_the_default_holds_again_when_a_setting_is_taken_out(home: Home) -> None:
    home.write("bell = false\n")
    async with application(home.outside(), look=home.look) as (app, pilot):
        assert not app.look.bell
        await go_to(app, pilot, "bell")
        await pilot.press("d")
        await until(pilot, lambda: app.look.bell)
        assert home.saved == {}
        await pilot.press("d")
        await until(
            pilot, lambda: "does not set it" in " ".join(n.message for n in app._notifications)
        )


async def test_what_concerns_the_screen_takes_effect_at_once(home: Home) -> None:
    home.write('lang = "en"\n')
    holds: dict[str, Callable[[Any], bool]] = {
        "theme": lambda app: app.theme == "ansi-dark",
        "reduced_motion": lambda app: app.animation_level == "none",
        "bell": lambda app: not app.look.bell,
        "notify": lambda app: app.look.notify == "terminal",
        "lang": lambda app: "设置" in painted(app),
    }
    async with application(home.outside(), look=home.look) as (app, pilot):
        for name, is_so in holds.items():
            await go_to(app, pilot, name)
            await pilot.press("right")
            await until(pilot, partial(is_so, app))
        assert holds.keys() == home.saved.keys()


async def test_a_key_is_changed_by_pressing_it(home: Home) -> None:
    async with application(home.outside(), review="a", look=home.look) as (app, pilot):
        await go_to(app, pilot, "keys.replay.play")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PressKey))
        await pilot.press("e")
        await until(pilot, lambda: "taken there by exploration.edit_source" in painted(app))
        await pilot.press("tab")
        await until(pilot, lambda: "“tab” is taken" in painted(app))
        await pilot.press("f8")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        assert home.saved == {"keys": {"replay.play": "f8"}}
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Workbench))
        await until(pilot, lambda: "f8 play/hold" in painted(app))
        titles = [entry.title for entry in app.get_system_commands(app.screen)]
        assert "play/hold  (f8)" in titles
        await pilot.press("left_curly_bracket", "f8")
        await until(pilot, lambda: app.screen.place > 0)


async def test_keys_are_written_as_text_several_at_once(home: Home) -> None:
    async with application(home.outside(), look=home.look) as (app, pilot):
        await go_to(app, pilot, "keys.app.help")
        await pilot.press("e", "ctrl+u", *"f9,^g", "enter")
        await until(pilot, lambda: home.saved == {"keys": {"app.help": "f9,ctrl+g"}})


async def test_the_file_is_not_overwritten_when_it_was_damaged_meanwhile(home: Home) -> None:
    async with application(home.outside(), look=home.look) as (app, pilot):
        await go_to(app, pilot, "bell")
        home.write("bell = \n")
        await pilot.press("space")
        await until(pilot, lambda: any("Mend it" in note.message for note in app._notifications))
        assert home.file.read_text() == "bell = \n"


async def test_it_is_searched_by_word_and_by_the_name_in_the_file(home: Home) -> None:
    async with application(home.outside(), look=home.look, size=(80, 24)) as (app, pilot):
        await go_to(app, pilot, "bell")
        await pilot.press("slash", *"budget_s", "enter")
        rows = app.screen.query_one(SettingList)
        await until(pilot, lambda: rows.count == 2 and isinstance(app.focused, SettingList))
        assert rows.chosen.name == "budget_s"
        await pilot.press("slash", "escape")
        await until(pilot, lambda: rows.count > 50 and not app.screen.query_one(FilterLine).display)


async def test_the_engines_that_there_are_can_be_named_and_no_other(home: Home) -> None:
    async with application(home.outside(), look=home.look) as (app, pilot):
        await go_to(app, pilot, "engine")
        await pilot.press("enter", *",oracle")
        await until(pilot, lambda: "There is no engine “oracle”" in told(app))
