"""Step mode on the screen: what comes next is shown, and each key changes what it says."""

from __future__ import annotations

from contextlib import nullcontext
from typing import cast

import pytest
from textual.widgets import TextArea

from itc_tui.domain.trouble import Trouble
from itc_tui.ports import Pace
from itc_tui.ui.mood import Mood
from itc_tui.ui.screens.fix_editor import FixEditor
from itc_tui.ui.screens.question import Ask
from itc_tui.ui.widgets.tick_list import TickList
from itc_tui.ui.words import speak
from tests.driving import FILE
from tests.fakes import FakeRepository, FakeStore
from tests.ui.rerun_stage import told
from tests.ui.stage import application, bench, outside, painted, until
from tests.ui.step_stage import here, launched, step_to, three_red

SIZES = [(80, 24), (120, 40), pytest.param((200, 50), marks=pytest.mark.slow)]


@pytest.mark.parametrize("size", SIZES)
async def test_every_step_says_before_it_begins_what_it_will_do(size: tuple[int, int]) -> None:
    async with application(started=launched(three_red()), step_by_step=True, size=size) as (
        app,
        pilot,
    ):
        await step_to(pilot, "explore")
        assert "Read the code for “cart”" in painted(app)
        assert bench(pilot).view.exploration is None
        await step_to(pilot, "test")
        shown = painted(app)
        assert "Run 3 cases with your own pytest" in shown
        assert "only a run of all cases says how many pass" in shown
        assert "s do it" in shown
        await step_to(pilot, "strategy")
        shown = painted(app)
        assert "conservative would be chosen, because iteration 1 starts carefully" in shown
        for name in ("Conservative", "Aggressive", "Surgical", "Reflective", "No fix this time"):
            assert name in shown
        await step_to(pilot, "failures")
        assert painted(app).count("[✓]") == 1
        await step_to(pilot, "fix")
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        assert "green_a" in painted(app)
        await pilot.press("y")
        await step_to(pilot, "keep")
        assert "Commit the gain: 0 → 1 pass" in painted(app)


async def test_another_strategy_and_other_failures_are_a_key_each() -> None:
    world = three_red()
    begun = launched(world, "reflect-1")
    async with application(started=begun, step_by_step=True) as (app, pilot):
        await step_to(pilot, "strategy")
        await pilot.press("a")
        await step_to(pilot, "failures")
        assert painted(app).count("[✓]") == 3
        await pilot.press("space", "enter")
        await step_to(pilot, "fix")
        assert "Make a fix, aggressive, for: test_b, test_c" in painted(app)
        assert "Chosen by you instead of conservative" in painted(app)
        await until(pilot, lambda: bench(pilot).view.cards[0].interventions)
        await pilot.press("4")
        assert "by you" in painted(app)


async def test_nothing_ticked_is_not_taken_for_an_answer() -> None:
    begun = launched(three_red(), "reflect-1")
    async with application(started=begun, step_by_step=True) as (app, pilot):
        await step_to(pilot, "failures")
        await pilot.press("a", "a", "y")
        await until(pilot, lambda: "Tick at least one" in painted(app))
        assert here(pilot) == "failures"
        await pilot.click(TickList, offset=(2, 1))
        await until(pilot, lambda: "[✓] test_b" in painted(app))
        await pilot.press("escape", "A")
        await until(pilot, lambda: here(pilot) == "failures")
        assert "[✓] test_b" in painted(app), "looking around forgets nothing"


async def test_a_fix_is_edited_in_place_and_judged_before_it_is_applied() -> None:
    world = three_red()
    begun = launched(world, "choose-1")
    async with application(started=begun, step_by_step=True) as (app, pilot):
        await step_to(pilot, "fix")
        await pilot.press("s")
        await until(pilot, lambda: here(pilot) == "fix" and isinstance(app.screen, Ask))
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, FixEditor))
        area = app.screen.query_one(TextArea)
        assert area.cursor_location[0] == 4, "at what the fix changes"
        assert "changed at line 5" in painted(app)
        assert len(grounds(area, 4)) > 1
        area.text = area.text.replace("def test_a", "def (")
        await until(pilot, lambda: "no Python" in painted(app))
        await pilot.press("ctrl+o")
        await until(pilot, lambda: "It reads as Python" in painted(app))
        area.text = area.text.replace("assert total('green_a') == 3", "total('green_a')")
        await pilot.press("escape")
        await until(pilot, lambda: "+    total('green_a')" in painted(app))
        await pilot.press("y")
        await until(pilot, lambda: "not applied: it weakens test_a" in painted(app))
        assert "red_a" in cast(FakeRepository, world.repository).files[FILE]
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, FixEditor))
        area = app.screen.query_one(TextArea)
        area.text = area.text.replace("total('green_a')", "assert total('green_a') == 3  # mine")
        await pilot.press("escape")
        await until(pilot, lambda: "# mine" in painted(app))
        await pilot.press("y")
        await step_to(pilot, "keep")
    assert "# mine" in cast(FakeRepository, world.repository).files[FILE]


def grounds(area: TextArea, line: int) -> set[object]:
    """What is behind the words of a line, wherever it was scrolled to."""
    segments = area.render_line(line - area.scroll_offset.y)
    return {one.style.bgcolor for one in segments if one.style and one.text.strip()}


async def test_a_fix_is_changed_in_the_person_s_own_editor_too() -> None:
    world = three_red()
    there = outside(edit_text=lambda text, _suffix: text.replace("green_a", "blue_a"))
    async with application(there, started=launched(world, "choose-1"), step_by_step=True) as (
        app,
        pilot,
    ):
        app.suspend = nullcontext  # there is no terminal to give away
        await step_to(pilot, "fix")
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("E")
        await until(pilot, lambda: "blue_a" in painted(app))
        await pilot.press("y")
        await step_to(pilot, "keep")


async def test_an_editor_that_is_missing_is_told_and_the_fix_waits_on() -> None:
    def missing(_text: str, _suffix: str) -> str:
        raise Trouble("The editor ed cannot be run.")

    started = launched(three_red(), "choose-1")
    async with application(outside(edit_text=missing), started=started, step_by_step=True) as (
        app,
        pilot,
    ):
        app.suspend = nullcontext
        await step_to(pilot, "fix")
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("E")
        await until(pilot, lambda: "The editor ed cannot be run." in told(app))
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("y")
        await step_to(pilot, "keep")


async def test_skipping_leaves_a_fix_out_and_says_why_where_it_cannot() -> None:
    world = three_red()
    async with application(started=launched(world, "choose-1"), step_by_step=True) as (app, pilot):
        await step_to(pilot, "fix")
        await pilot.press("x")
        await until(pilot, lambda: bench(pilot).view.cards[0].interventions)
        await until(pilot, lambda: here(pilot) == "test")
        await pilot.press("x")
        await until(pilot, lambda: painted(app).count("only a run of all cases") >= 2)
        assert here(pilot) == "test"
        assert bench(pilot).view.cards[0].fix is None
    log = cast(FakeStore, world.store).log or ""
    assert "**Chosen by You**: fixing was skipped" in log


async def test_a_question_that_must_be_answered_says_so_when_it_is_to_be_skipped() -> None:
    async with application(started=launched(three_red()), step_by_step=True) as (app, pilot):
        await step_to(pilot, "plan")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is bench(pilot))
        await pilot.press("x")
        await until(pilot, lambda: "cannot be skipped: answer it" in painted(app))


async def test_a_decision_that_was_put_off_can_be_skipped() -> None:
    begun = launched(three_red(), "reflect-1")
    async with application(started=begun, step_by_step=True) as (app, pilot):
        await step_to(pilot, "strategy")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is bench(pilot))
        await pilot.press("x")
        await until(pilot, lambda: bench(pilot).view.cards[0].interventions)


async def test_running_on_asks_no_more_and_stepping_begins_again_in_mid_run() -> None:
    world = three_red()
    started = launched(world, "developed")
    async with application(started=started, step_by_step=True) as (_, pilot):
        await step_to(pilot, "test")
        await pilot.press("space")
        await until(pilot, lambda: here(pilot) == "next_steps")
        assert started.steering.pace is Pace.RUN
        live = bench(pilot)
        assert live.view.summary is not None


async def test_a_whole_phase_goes_by_and_the_next_one_is_shown() -> None:
    async with application(started=launched(three_red(), "developed"), step_by_step=True) as (
        _,
        pilot,
    ):
        await step_to(pilot, "test")
        await pilot.press("S")
        await until(pilot, lambda: here(pilot) == "complete")


async def test_stopping_while_a_step_is_shown_ends_it_at_once() -> None:
    begun = launched(three_red(), "developed")
    async with application(started=begun, step_by_step=True) as (app, pilot):
        await step_to(pilot, "test")
        await pilot.press("X")
        await until(pilot, lambda: bench(pilot).mood is Mood.STOPPED)
        assert "Run 3 cases" not in painted(app)


async def test_step_mode_speaks_chinese() -> None:
    begun = launched(three_red(), "developed")
    async with application(started=begun, step_by_step=True) as (app, pilot):
        speak("zh")
        await step_to(pilot, "test")
        bench(pilot).relabel()
        await until(pilot, lambda: "用你自己的 pytest 运行全部 3 个用例" in painted(app))
        await step_to(pilot, "strategy")
        assert "激进" in painted(app)
        assert "处理 test_a, test_b, test_c" in painted(app)
