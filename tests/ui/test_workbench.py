"""Journeys through the workbench, as a person would take them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

import pytest

from itc_tui.domain.events import (
    FixProposed,
    IterationStarted,
    Noted,
    PhaseStarted,
    QuestionAsked,
)
from itc_tui.domain.plan import Plan
from itc_tui.domain.questions import Choice, Question, Reply, Topic
from itc_tui.domain.requests import FileEdit
from itc_tui.domain.state import State
from itc_tui.domain.trouble import Trouble
from itc_tui.ports import Steps
from itc_tui.ui.mood import Mood
from itc_tui.ui.panes.output import OutputPane
from itc_tui.ui.panes.output.cases import CaseList
from itc_tui.ui.panes.plan import PlanPane
from itc_tui.ui.panes.plan.table import PlanTable
from itc_tui.ui.panes.timeline import TimelinePane
from itc_tui.ui.screens.page import Page
from itc_tui.ui.screens.question import Ask
from itc_tui.ui.screens.start import StartScreen
from tests.ui.scripted import events, journey
from tests.ui.stage import Recorded, answer, application, bench, launch, outside, painted, until

SIZES = [(80, 24), (120, 40), pytest.param((200, 50), marks=pytest.mark.slow)]


@pytest.mark.parametrize("size", SIZES)
async def test_a_first_run_goes_from_consent_to_the_end(size: tuple[int, int]) -> None:
    async with application(started=launch(), size=size) as (app, pilot):
        await answer(pilot, Topic.CONSENT, "y")
        await answer(pilot, Topic.PLAN, "c")
        await until(pilot, lambda: bench(pilot).view.question is not None)
        await answer(pilot, Topic.NEXT_STEPS, "d")
        await until(pilot, lambda: bench(pilot).mood is Mood.DONE)
        shown = painted(app)
        assert "94.6 %" in shown
        assert "3 planned not written" in shown
        assert "A refund does not restore the stock" in shown
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, StartScreen))


async def test_a_plan_edited_in_place_is_what_the_loop_is_given() -> None:
    given: list[Plan] = []

    def loop() -> Steps[State]:
        steps = journey()
        event = next(steps)
        while True:
            reply = yield event
            if reply and reply.payload:
                given.append(reply.payload)
            try:
                event = steps.send(reply)
            except StopIteration as end:
                return end.value  # type: ignore[no-any-return]

    async with application(started=launch(loop)) as (app, pilot):
        await answer(pilot, Topic.CONSENT, "y")
        await answer(pilot, Topic.PLAN, "escape")
        await until(pilot, lambda: isinstance(pilot.app.focused, PlanTable))
        await pilot.press("l", "j", "enter")
        await until(pilot, lambda: len(pilot.app.screen.query("SpotForm CodeField")) == 2)
        await pilot.press("end", *"!!", "enter", "end", "enter", *"y")
        await pilot.press(*["tab"] * 5)
        assert app.focused.field.name == "input"
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.focused, PlanTable))
        await pilot.press("J", "t", "A")
        await answer(pilot, Topic.PLAN, "c")
        await until(pilot, lambda: given)
    cases = given[0].integration_scenarios[0].test_cases
    assert [case.name for case in cases] == ["an unknown item is refused", "an order is placed!!"]
    assert [case.enabled for case in cases] == [True, False]
    assert cases[1].input.endswith("(order)\ny")


async def test_a_mistake_stands_beside_its_field_and_is_not_taken_up() -> None:
    async with application(started=launch()) as (app, pilot):
        await answer(pilot, Topic.CONSENT, "y")
        await answer(pilot, Topic.PLAN, "escape")
        await until(pilot, lambda: isinstance(app.focused, PlanTable))
        await pilot.press("enter")
        await until(pilot, lambda: len(app.screen.query("SpotForm Input")) > 0)
        await pilot.press("ctrl+u")
        await until(pilot, lambda: "A name is needed." in painted(app))
        await pilot.press("escape")
        plan = app.screen.query_one(PlanPane).draft
        assert plan.integration_scenarios[0].name == "Placing an order through the API"


async def test_undo_takes_back_and_redo_brings_again() -> None:
    async with application(started=launch()) as (app, pilot):
        await answer(pilot, Topic.CONSENT, "y")
        await answer(pilot, Topic.PLAN, "escape")
        await until(pilot, lambda: isinstance(app.focused, PlanTable))
        pane = app.screen.query_one(PlanPane)
        await pilot.press("d", "d")
        assert pane.draft.integration_scenarios[0].id == "IS-003"
        await pilot.press("u")
        assert pane.draft.integration_scenarios[0].id == "IS-002"
        await pilot.press("U")
        assert pane.draft.integration_scenarios[0].id == "IS-003"


async def test_the_whole_plan_is_edited_as_text() -> None:
    async with application(started=launch()) as (app, pilot):
        await answer(pilot, Topic.CONSENT, "y")
        await answer(pilot, Topic.PLAN, "escape")
        await until(pilot, lambda: isinstance(app.focused, PlanTable))
        await pilot.press("w")
        await until(pilot, lambda: len(app.screen.query("PlanText")) == 1)
        text = app.screen.query_one("PlanText")
        text.text = text.text.replace("Reserving stock", "Keeping stock")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.focused, PlanTable))
        names = [scene.name for scene in app.screen.query_one(PlanPane).draft.integration_scenarios]
        assert "Keeping stock" in names


async def test_edits_during_the_run_are_offered_to_the_next_step() -> None:
    started = launch()
    async with application(started=started) as (app, pilot):
        await answer(pilot, Topic.CONSENT, "y")
        await answer(pilot, Topic.PLAN, "c")
        await answer(pilot, Topic.NEXT_STEPS, "escape")
        await pilot.press("2")
        await until(pilot, lambda: isinstance(app.focused, PlanTable))
        await pilot.press("t")
        await until(pilot, lambda: "taken up at the next step" in painted(app))
        offered = started.steering.take_plan()
        assert offered is not None
        assert not offered.integration_scenarios[0].enabled


async def test_a_question_put_off_is_asked_again_on_demand() -> None:
    async with application(started=launch()) as (app, pilot):
        await answer(pilot, Topic.CONSENT, "escape")
        await until(pilot, lambda: app.screen is bench(pilot))
        assert "press A to answer" in painted(app)
        await pilot.press("A")
        await answer(pilot, Topic.CONSENT, "n")
        await until(pilot, lambda: bench(pilot).view.notes)
        assert bench(pilot).view.notes[-1].text == "Read only"


async def test_a_choice_that_needs_words_asks_for_them() -> None:
    replies: list[Reply] = []

    def loop() -> Steps[State]:
        steps = journey()
        event = next(steps)
        while True:
            reply = yield event
            replies.extend([reply] if reply else [])
            event = steps.send(reply)

    async with application(started=launch(loop)) as (app, pilot):
        await answer(pilot, Topic.CONSENT, "y")
        await answer(pilot, Topic.PLAN, "s")
        await until(pilot, lambda: app.focused is not None and app.focused.id == "ask-note")
        await pilot.press(*"more", "space", *"mail", "enter")
        await until(pilot, lambda: len(replies) == 2)
    assert (replies[1].choice, replies[1].note) == ("scope", "more mail")


async def test_failures_are_found_and_explained_with_both_sides() -> None:
    async with application(review="a") as (app, pilot):
        await until(pilot, lambda: app.screen.query(OutputPane))
        await pilot.press("3")
        await until(pilot, lambda: app.screen.query_one(CaseList).chosen.is_bad)
        first = app.screen.query_one(CaseList).chosen
        shown = painted(app)
        assert "Two sides of ==" in shown
        assert "- Receipt(amount=Decimal('24.00')" in shown
        await pilot.press("n")
        await until(pilot, lambda: app.screen.query_one(CaseList).chosen not in (first, None))
        await pilot.press("v")
        await until(pilot, lambda: app.screen.query_one(CaseList).count == 4)
        await pilot.press("v")
        await until(pilot, lambda: "No test is unfinished" in painted(app))


async def test_the_raw_output_is_searched_and_scrolled() -> None:
    async with application(review="a") as (app, pilot):
        await until(pilot, lambda: app.screen.query(OutputPane))
        await pilot.press("3", "o", "slash", *"unreachable", "enter")
        await until(pilot, lambda: "matches" in painted(app))
        assert "2 matches" in painted(app)
        await pilot.press("g")
        await until(pilot, lambda: "test session starts" in painted(app))


async def test_two_iterations_are_compared() -> None:
    async with application(review="a") as (app, pilot):
        await until(pilot, lambda: app.screen.query(TimelinePane))
        await pilot.press("4", "c", "j", "c")
        await until(pilot, lambda: isinstance(app.screen, Page))
        shown = painted(app)
        assert "Iterations 3 and 4" in shown
        assert "Turned green (2)" in shown


async def test_trouble_is_shown_in_its_own_sentence() -> None:
    def troubled() -> Steps[State]:
        yield PhaseStarted(number=1, name="init")
        raise Trouble("No [bold]pytest[/] here; install it.")

    async with application(started=launch(troubled)) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, Page))
        assert "No [bold]pytest[/] here; install it." in painted(app)


async def test_a_long_trouble_is_read_to_its_end_where_the_advice_stands() -> None:
    def troubled() -> Steps[State]:
        yield PhaseStarted(number=1, name="init")
        raise Trouble(f"state.json: {'was changed by somebody else, ' * 6}go on with `itc -c`.")

    async with application(started=launch(troubled), size=(80, 24)) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, Page))
        assert "`itc -c`." in painted(app)


async def test_resizing_keeps_the_pane_and_turns_the_others_into_tabs_and_back() -> None:
    async with application(review="a") as (app, pilot):
        await until(pilot, lambda: app.screen.query(OutputPane))
        await pilot.press("2")
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: app.screen.has_class("-narrow"))
        assert not app.screen.query_one(OutputPane).display
        assert "IS-001" in painted(app)
        await pilot.resize_terminal(120, 40)
        await until(pilot, lambda: app.screen.query_one(OutputPane).display)
        assert app.screen.stage == "plan"


async def test_quitting_while_it_runs_pulls_the_stop_switch() -> None:
    started = launch()
    async with application(started=started) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, Ask))
        worker = bench(pilot).worker
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not app.is_running)
    assert started.stop.is_pulled
    assert worker.join()
    assert app.return_value.was_stopped


async def test_quitting_where_only_more_could_be_wished_for_stops_nothing() -> None:
    started = launch()
    async with application(started=started) as (app, pilot):
        await answer(pilot, Topic.CONSENT, "y")
        await answer(pilot, Topic.PLAN, "c")
        await answer(pilot, Topic.NEXT_STEPS, "escape")
        await until(pilot, lambda: not isinstance(app.screen, Ask))
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not app.is_running)
    assert not app.return_value.was_stopped
    assert app.return_value.state is not None


async def test_where_the_report_was_written_is_said() -> None:
    async with application(started=launch()) as (app, pilot):
        await answer(pilot, Topic.CONSENT, "y")
        await answer(pilot, Topic.PLAN, "c")
        await answer(pilot, Topic.NEXT_STEPS, "r")
        await until(pilot, lambda: any("report.md" in note.message for note in app._notifications))


async def test_a_session_that_goes_on_shows_what_it_told_before() -> None:
    told = events()
    cut = next(at for at, event in enumerate(told) if event.event == "reflected")

    def loop() -> Steps[State]:
        yield told[0].but(mode="continue")
        yield PhaseStarted(number=1, name="initialize")
        yield Noted(text="going on", level="warning")
        return State(session_id="s", module="m")

    world = outside(read_events=lambda _folder: Recorded((*told[:cut], told[0])))
    async with application(world, started=launch(loop)) as (app, pilot):
        await until(pilot, lambda: bench(pilot).mood is Mood.DONE)
        view = bench(pilot).view
        assert view.plan is not None
        assert [card.iteration for card in view.cards] == [1]
        assert view.phase == 5
        assert "going on" in painted(app)


FIX = Question(
    topic=Topic.FIX,
    text="Pass the Decimal on.",
    choices=(
        Choice(key="y", name="apply", label="Apply it", consequence="It runs."),
        Choice(key="n", name="reject", label="Leave it", consequence="Nothing is written."),
    ),
)


def asking_about_a_fix(replies: list[Reply]) -> Callable[[], Steps[State]]:
    def loop() -> Steps[State]:
        yield IterationStarted(iteration=1, max_iterations=3)
        edit = FileEdit(path="t.py", before="x = 1\n", after="x = 2\n")
        yield FixProposed(iteration=1, edits=(edit,), explanation="Two.")
        reply = yield QuestionAsked(question=FIX)
        assert reply
        replies.append(reply)
        return State(session_id="s", module="m")

    return loop


async def test_a_fix_is_shown_as_a_diff_and_rejected_with_a_reason() -> None:
    replies: list[Reply] = []
    async with application(started=launch(asking_about_a_fix(replies))) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, Ask))
        assert "+x = 2" in painted(app)
        await pilot.press("n")
        await until(pilot, lambda: app.focused is not None)
        await pilot.press(*"no", "enter")
        await until(pilot, lambda: replies)
    assert (replies[0].choice, replies[0].note, replies[0].payload) == ("reject", "no", None)


async def test_a_fix_is_changed_in_the_editor_before_it_is_applied() -> None:
    replies: list[Reply] = []
    world = outside(edit_text=lambda text, _suffix: text.replace("2", "3"))
    async with application(world, started=launch(asking_about_a_fix(replies))) as (app, pilot):
        app.suspend = nullcontext  # there is no terminal to give away
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("E")
        await until(pilot, lambda: "+x = 3" in painted(app))
        await pilot.press("y")
        await until(pilot, lambda: replies)
    assert replies[0].payload[0].after == "x = 3\n"
