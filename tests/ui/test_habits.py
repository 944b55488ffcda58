"""Keys, words, looks: declared once, and true everywhere."""

from __future__ import annotations

import json
import re
import string
from pathlib import Path

import pytest
from textual.filter import ANSIToTruecolor
from textual.message_pump import MessagePump

import itc_tui.ui
from itc_tui.domain.questions import Topic
from itc_tui.domain.words import (
    Ending,
    Level,
    Outcome,
    PointKind,
    Priority,
    Provenance,
    ScenarioKind,
    StrategyName,
    Verdict,
)
from itc_tui.ui.app import ItcApp
from itc_tui.ui.commands import COMMANDS, Command, commands, remap
from itc_tui.ui.look import Look
from itc_tui.ui.panes.exploration import ExplorationPane
from itc_tui.ui.panes.output import OutputPane
from itc_tui.ui.panes.output.raw import RawOutput
from itc_tui.ui.panes.plan import PlanPane
from itc_tui.ui.panes.plan.form import SpotForm
from itc_tui.ui.panes.timeline import TimelinePane
from itc_tui.ui.screens.live import LiveWorkbench
from itc_tui.ui.screens.page import Page
from itc_tui.ui.screens.replay import ReplayWorkbench
from itc_tui.ui.widgets.output_tail import OutputTail
from itc_tui.ui.widgets.row_list import RowList
from itc_tui.ui.widgets.session_list import SessionList
from itc_tui.ui.widgets.setting_list import SettingList
from itc_tui.ui.widgets.topic_field import TopicField
from itc_tui.ui.words import KEY_OF, LANGUAGES, say
from tests.ui.stage import application, outside, painted, until

UI = Path(itc_tui.ui.__file__).parent
CATALOGS = {
    language: json.loads((UI / "words" / f"{language}.json").read_text(encoding="utf-8"))
    for language in LANGUAGES
}


def test_every_language_says_the_same_things_with_the_same_blanks() -> None:
    english, chinese = CATALOGS["en"], CATALOGS["zh"]
    assert english.keys() == chinese.keys()
    for key, words in english.items():
        assert blanks(words) == blanks(chinese[key]), key
        assert KEY_OF.findall(words) == KEY_OF.findall(chinese[key]), key


def test_words_name_keys_by_their_commands_so_that_they_stay_true() -> None:
    named = {one for words in CATALOGS["en"].values() for one in KEY_OF.findall(words)}
    assert named
    assert named <= {command.identity for command in COMMANDS}
    assert say("mood.answer_with") == "press A to answer"
    remap({"workbench.answer": "ctrl+a"})
    assert say("mood.answer_with") == "press ^a to answer"
    remap({"timeline.compare": "left_curly_bracket"})
    assert say("timeline.marked", number="‹x›") == "compare ‹x› with: press { on another"
    remap({})


def blanks(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


def test_every_word_that_the_code_says_is_in_the_catalog() -> None:
    said = {
        key
        for path in UI.rglob("*.py")
        for key in re.findall(r'say\(\s*"([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert said - CATALOGS["en"].keys() == set()


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("kind", PointKind),
        ("type", ScenarioKind),
        ("priority", Priority),
        ("level", Level),
        ("provenance", Provenance),
        ("strategy", StrategyName),
        ("verdict", Verdict),
        ("ending", Ending),
        ("state", Outcome),
        ("ask", Topic),
    ],
)
def test_every_word_of_the_domain_can_be_said(prefix: str, words: type[str]) -> None:
    for word in words:  # type: ignore[attr-defined]
        assert say(f"{prefix}.{word}")


def test_every_command_has_words_and_no_place_hears_a_key_twice() -> None:
    for command in COMMANDS:
        assert command.label
        assert command.more.endswith((".", "。"))
    for where in {command.where for command in COMMANDS}:
        keys = [key for command in commands(where) for key in command.keys.split(",")]
        assert len(keys) == len(set(keys)), where


HEARD_BY: dict[str, tuple[type[MessagePump], ...]] = {
    "app": (ItcApp,),
    "workbench": (LiveWorkbench, ReplayWorkbench),
    "replay": (ReplayWorkbench,),
    "exploration": (ExplorationPane,),
    "plan": (PlanPane,),
    "form": (SpotForm,),
    "tests": (OutputPane,),
    "output": (RawOutput,),
    "timeline": (TimelinePane,),
    "start": (TopicField,),
    "settings": (SettingList,),
    "sessions": (SessionList,),
    "list": (RowList, OutputTail),
}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.identity)
def test_every_command_can_be_done_by_who_hears_its_key(command: Command) -> None:
    for hearer in HEARD_BY[command.where]:
        assert hasattr(hearer, f"action_{command.name.partition('(')[0]}"), hearer


async def test_help_tells_the_keys_of_the_pane_that_has_the_focus() -> None:
    async with application(review="a") as (app, pilot):
        await pilot.press("2", "question_mark")
        await until(pilot, lambda: isinstance(app.screen, Page))
        assert "Unfold what the cursor is on." in painted(app)


async def test_help_in_a_recording_leaves_out_what_edits_and_what_drives_a_loop() -> None:
    async with application(review="a") as (app, pilot):
        await pilot.press("2", "question_mark")
        await until(pilot, lambda: isinstance(app.screen, Page))
        shown = painted(app)
        assert "Play the recording, or hold it." in shown
        assert "Let the loop run" not in shown
        assert "Make every observed expectation of the plan yours." not in shown


async def test_the_language_changes_at_a_key() -> None:
    async with application(review="a") as (app, pilot):
        await pilot.press("f3")
        await until(pilot, lambda: "测试计划" in painted(app))
        await pilot.press("f3")
        await until(pilot, lambda: "Test plan" in painted(app))


async def test_a_key_that_was_given_in_the_settings_is_heard_and_shown() -> None:
    look = Look(language="en", theme="itc-dark", keys={"workbench.maximise": "ctrl+g"})
    async with application(review="a", look=look) as (app, pilot):
        await pilot.press("ctrl+g")
        await until(pilot, lambda: app.screen.arrangement == "solo")
    remap({})


@pytest.mark.parametrize(
    "theme", ["itc-light", "ansi-dark", pytest.param("nord", marks=pytest.mark.slow)]
)
async def test_other_themes_paint_the_same_words(theme: str) -> None:
    async with application(review="a", look=Look(language="en", theme=theme)) as (app, pilot):
        await until(pilot, lambda: "A refund does not restore the stock" in painted(app))


async def test_the_terminals_own_colours_are_left_to_the_terminal() -> None:
    """They were translated to fixed ones when the theme was there from the start."""
    async with application(look=Look(language="en", theme="ansi-dark")) as (app, _):
        assert not any(one.enabled for one in app._filters if isinstance(one, ANSIToTruecolor))
    async with application(look=Look(language="en", theme="itc-dark")) as (app, _):
        assert any(one.enabled for one in app._filters if isinstance(one, ANSIToTruecolor))


async def test_without_colours_a_theme_is_kept_for_later_and_the_cursor_still_shows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    memory: dict[str, str] = {}
    world = outside(remember=memory.__setitem__, recall=lambda key: memory.get(key, ""))
    async with application(world, review="a", look=Look(language="en")) as (app, pilot):
        await pilot.press("2")
        before = app.theme
        await pilot.press("f2")
        await until(pilot, lambda: memory.get("theme"))
        assert app.theme == before
        segments = [one for strip in app.screen._compositor.render_strips() for one in strip]
        assert any(one.style and one.style.reverse for one in segments)


async def test_a_theme_from_the_palette_and_a_language_by_key_are_remembered() -> None:
    memory: dict[str, str] = {}
    world = outside(remember=memory.__setitem__, recall=lambda key: memory.get(key, ""))
    async with application(world, look=Look(language="en")) as (app, pilot):
        names = {entry.title: entry.callback for entry in app.get_system_commands(app.screen)}
        names["theme: nord"]()
        await until(pilot, lambda: app.theme == "nord")
        await pilot.press("f3")
        await until(pilot, lambda: memory == {"theme": "nord", "language": "zh"})
    async with application(world, look=Look()) as (app, pilot):
        assert app.theme == "nord"
        await until(pilot, lambda: "模块" in painted(app))


@pytest.mark.parametrize("is_reduced", [True, False])
async def test_with_reduced_motion_nothing_glides_and_nothing_blinks(is_reduced: bool) -> None:
    look = Look(language="en", theme="itc-dark", reduced_motion=is_reduced)
    async with application(look=look) as (app, pilot):
        assert (app.animation_level == "none") is is_reduced
        await pilot.press("ctrl+p")
        await until(pilot, lambda: type(app.focused).__name__ == "CommandInput")
        assert app.focused.cursor_blink is not is_reduced


async def test_the_palette_runs_a_command_where_its_key_would_be_heard() -> None:
    async with application(review="a") as (app, pilot):
        await pilot.press("4")
        names = {entry.title: entry.callback for entry in app.get_system_commands(app.screen)}
        names["learnings  (l)"]()
        await until(pilot, lambda: "Corrected assumptions" in painted(app))


async def test_the_palette_knows_the_commands_of_the_panes_beside_too() -> None:
    async with application(review="a") as (app, pilot):
        await pilot.press("2", "ctrl+p")
        await until(pilot, lambda: type(app.focused).__name__ == "CommandInput")
        await pilot.press(*"exploration: map")
        await until(pilot, lambda: "Exploration: map  (m)" in painted(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Page) and "Boundary map" in painted(app))
        await pilot.press("escape")
        assert app.screen.stage == "exploration"


async def test_layout_and_share_of_the_large_pane_are_remembered() -> None:
    memory: dict[str, str] = {}
    world = outside(remember=memory.__setitem__, recall=lambda key: memory.get(key, ""))
    async with application(world, review="a") as (app, pilot):
        await pilot.press("4", "less_than_sign", "equals_sign")
        await until(pilot, lambda: app.screen.arrangement == "quarters")
    assert memory["stage_share"] == "56"
    assert memory["layout"] == "quarters"
    async with application(world, review="a") as (app, pilot):
        await until(pilot, lambda: app.screen.arrangement == "quarters")
        shown = [pane for pane in app.screen.panes if pane.display]
        assert len(shown) == 4
        assert len({pane.size.width for pane in shown}) == 1


async def test_the_pane_and_that_it_was_maximised_are_remembered_for_its_session() -> None:
    memory: dict[str, str] = {}
    world = outside(remember=memory.__setitem__, recall=lambda key: memory.get(key, ""))
    async with application(world, review="a") as (app, pilot):
        await until(pilot, lambda: app.screen.stage == "timeline")
        await pilot.press("equals_sign", "2", "z")
        await until(pilot, lambda: app.screen.arrangement == "solo")
    async with application(world, review="a") as (app, pilot):
        await until(pilot, lambda: app.screen.stage == "plan")
        assert app.screen.arrangement == "solo"
    async with application(world, review="b") as (app, pilot):  # of the same name, elsewhere
        await until(pilot, lambda: app.screen.stage == "timeline")


async def test_maximising_comes_back_to_the_layout_that_was() -> None:
    async with application(review="a") as (app, pilot):
        await pilot.press("equals_sign", "z", "z")
        await until(pilot, lambda: app.screen.arrangement == "quarters")


async def test_a_pane_is_maximised_and_the_others_come_back() -> None:
    async with application(review="a") as (app, pilot):
        await pilot.press("2", "z")
        await until(pilot, lambda: sum(pane.display for pane in app.screen.panes) == 1)
        await pilot.press("tab")
        await until(pilot, lambda: app.screen.stage == "tests")
        await pilot.press("z")
        await until(pilot, lambda: all(pane.display for pane in app.screen.panes))
