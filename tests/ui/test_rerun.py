"""Tests are run again from the pane that shows them, and on each save, as a person would do it."""

from __future__ import annotations

import threading

from textual.pilot import Pilot

from itc_tui.domain.events import (
    CaseFinished,
    InventoryFrozen,
    RerunFinished,
)
from itc_tui.domain.questions import Topic
from itc_tui.domain.trouble import Trouble
from itc_tui.ports import Steps, StopSwitch
from itc_tui.ui.leaving import Left
from itc_tui.ui.mood import Mood
from itc_tui.ui.outside import Rerun
from itc_tui.ui.panes.output import OutputPane
from itc_tui.ui.widgets.pattern_line import PatternLine
from tests.ui.rerun_stage import FakePytest, held_after, in_tests, passed, screen, told, world_of
from tests.ui.stage import answer, application, bench, launch, outside, painted, until
from tests.ui.step_stage import launched, step_to, three_red


async def test_the_failing_tests_are_run_again_in_a_past_session_and_the_rate_stays() -> None:
    pytest = FakePytest()
    async with application(world_of(pytest), review="a") as (app, pilot):
        cases = await in_tests(app, pilot)
        rows = cases.count
        await pilot.press("f")
        await until(pilot, lambda: "rerun: 2 of 2 pass, not counted" in painted(app))
        assert cases.count == rows, "the others stand where they stood"
        assert "94.6 %" in painted(app)
        assert passed(pilot) == 35
        assert pytest.asked[0].folder == "a"
        assert not pytest.asked[0].is_recorded
        await pilot.press("f")
        await until(pilot, lambda: "No test has failed." in told(app))
        await pilot.press("o")
        await until(pilot, lambda: "rerun output" in painted(app))
        await pilot.press("r")
        await until(pilot, lambda: len(pytest.asked) == 2)
        assert pytest.asked[1].names == pytest.asked[0].names, "the last selection"
        await pilot.press("left_square_bracket")
        await until(pilot, lambda: "not counted" not in painted(app))


async def test_all_tests_and_the_one_under_the_cursor() -> None:
    pytest = FakePytest()
    async with application(world_of(pytest), review="a") as (app, pilot):
        cases = await in_tests(app, pilot)
        await pilot.press("g")
        await until(pilot, lambda: cases.chosen)
        first = cases.chosen
        assert first
        await pilot.press("t")
        await until(pilot, lambda: "rerun: 1 of 1 pass" in painted(app))
        assert pytest.asked[0].names == (first.node_id,)
        assert cases.chosen
        assert cases.chosen.node_id == first.node_id, "the cursor stays with what ran"
        await pilot.press("a")
        await until(pilot, lambda: "rerun: 37 of 37 pass" in painted(app))


async def test_a_pattern_shows_what_it_would_run_while_it_is_typed() -> None:
    pytest = FakePytest()
    async with application(world_of(pytest), review="a") as (app, pilot):
        cases = await in_tests(app, pilot)
        await pilot.press("p")
        await until(pilot, lambda: "37 of 37 tests match" in painted(app))
        await pilot.press(*"refund")
        await until(pilot, lambda: "of 37 tests match" in painted(app) and cases.count < 37)
        matching = screen(pilot).query_one(OutputPane).matching
        assert matching
        assert all("refund" in name.lower() for name in matching)
        await pilot.press(*"zzz")
        await until(pilot, lambda: "none of 37 tests matches" in painted(app))
        await pilot.press("backspace", "backspace", "backspace", "enter")
        await until(pilot, lambda: pytest.asked)
        assert set(pytest.asked[0].names) == matching
        await until(pilot, lambda: not screen(pilot).is_rerunning and cases.count > 37)
        await pilot.press("p")
        assert app.screen.query_one(PatternLine).value == "refund", "it stays for the next time"
        await pilot.press("escape")
        await until(pilot, lambda: app.focused is cases)
        assert len(pytest.asked) == 1


async def test_stop_ends_a_rerun_and_leaves_what_was_known_before() -> None:
    pytest = FakePytest()
    pytest.may_go_on.clear()
    async with application(world_of(pytest), review="a") as (app, pilot):
        await in_tests(app, pilot)
        before = {name: case.state for name, case in screen(pilot).view.run.lines.items()}
        await pilot.press("a")
        await until(pilot, lambda: "0/37" in painted(app))
        await pilot.press("a")
        await until(pilot, lambda: "A rerun is under way; X stops it." in told(app))
        await pilot.press("left_square_bracket")
        assert screen(pilot).view.run.is_rerun, "the recording waits"
        await pilot.press("X")
        await until(pilot, lambda: "The rerun was stopped" in told(app))
        assert pytest.ended.is_set()
        assert {name: case.state for name, case in screen(pilot).view.run.lines.items()} == before


async def test_quitting_ends_a_rerun() -> None:
    pytest = FakePytest()
    pytest.may_go_on.clear()
    async with application(world_of(pytest), review="a") as (app, pilot):
        await in_tests(app, pilot)
        await pilot.press("a")
        await until(pilot, lambda: "0/37" in painted(app))
        await pilot.press("q")
        await until(pilot, lambda: not app.is_running)
    app.await_loop()
    assert pytest.ended.is_set()


async def test_what_keeps_a_rerun_from_running_is_said() -> None:
    def refused(_wanted: Rerun, _stop: StopSwitch) -> Steps[RerunFinished]:
        yield from ()
        raise Trouble("None of these tests is on the disk.")

    async with application(outside(rerun=refused), review="a") as (app, pilot):
        await in_tests(app, pilot)
        await pilot.press("a")
        await until(pilot, lambda: "None of these tests is on the disk." in told(app))
        assert not screen(pilot).view.run.is_rerun


async def to_the_end(pilot: Pilot[Left]) -> None:
    await answer(pilot, Topic.CONSENT, "y")
    await answer(pilot, Topic.PLAN, "c")
    await answer(pilot, Topic.NEXT_STEPS, "d")
    await until(pilot, lambda: bench(pilot).mood is Mood.DONE)


async def test_a_session_that_is_done_can_be_rerun_and_records_it() -> None:
    pytest = FakePytest()
    async with application(world_of(pytest), started=launch()) as (app, pilot):
        await to_the_end(pilot)
        await in_tests(app, pilot)
        await pilot.press("f")
        await until(pilot, lambda: "rerun: 2 of 2 pass" in painted(app))
        assert pytest.asked[0].is_recorded
        assert passed(pilot) == 35
        assert bench(pilot).mood is Mood.DONE


async def test_while_the_loop_runs_tests_nothing_is_rerun_and_the_reason_is_said() -> None:
    pytest, go_on = FakePytest(), threading.Event()
    started = launch(held_after(CaseFinished, go_on))
    started.stop.on_pull(go_on.set)
    async with application(world_of(pytest), started=started) as (app, pilot):
        await answer(pilot, Topic.CONSENT, "y")
        await answer(pilot, Topic.PLAN, "c")
        await until(pilot, lambda: bench(pilot).view.run.is_running)
        await in_tests(app, pilot)
        await pilot.press("a")
        await until(pilot, lambda: "The session's own test run is under way" in told(app))
        assert pytest.asked == []
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not app.is_running)


async def test_a_paused_loop_lets_tests_be_rerun_and_goes_on_only_after_it() -> None:
    pytest, go_on = FakePytest(), threading.Event()
    pytest.may_go_on.clear()
    started = launch(held_after(InventoryFrozen, go_on))
    started.stop.on_pull(go_on.set)
    async with application(world_of(pytest), started=started) as (app, pilot):
        await answer(pilot, Topic.CONSENT, "y")
        await answer(pilot, Topic.PLAN, "c")
        await until(pilot, lambda: bench(pilot).view.inventory)
        await pilot.press("3", "a")
        await until(pilot, lambda: "The session is at work; pause it first" in told(app))
        await pilot.press("space")
        go_on.set()
        await until(pilot, lambda: bench(pilot).mood is Mood.PAUSED)
        await pilot.press("3", "a")
        await until(pilot, lambda: bench(pilot).view.run.is_rerun)
        await pilot.press("space")
        await until(pilot, lambda: "A rerun is under way" in told(app))
        assert bench(pilot).mood is Mood.PAUSED
        pytest.may_go_on.set()
        await until(pilot, lambda: not bench(pilot).is_rerunning)
        await pilot.press("space")
        await until(pilot, lambda: bench(pilot).view.results)


async def test_while_the_next_step_is_shown_tests_can_be_rerun_and_it_waits() -> None:
    pytest = FakePytest()
    pytest.may_go_on.clear()
    begun = launched(three_red())
    async with application(world_of(pytest), started=begun, step_by_step=True) as (app, pilot):
        await step_to(pilot, "test")
        await pilot.press("3", "a")
        await until(pilot, lambda: bench(pilot).view.run.is_rerun)
        await pilot.press("s")
        await until(pilot, lambda: "A rerun is under way" in told(app))
        assert bench(pilot).mood is Mood.PAUSED
        pytest.may_go_on.set()
        await until(pilot, lambda: not bench(pilot).is_rerunning)
