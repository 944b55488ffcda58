"""The first screen: what is there, what is wrong, and where one can go from here."""

from __future__ import annotations

import threading

import pytest
from textual.events import AppFocus

from itc_tui.domain.listing import SessionListing
from itc_tui.domain.target import Fact
from itc_tui.domain.words import Phase
from itc_tui.ui.leaving import MEANT_S, Insistence
from itc_tui.ui.outside import Facts, Launch
from itc_tui.ui.screens.live import LiveWorkbench
from itc_tui.ui.screens.question import Ask
from itc_tui.ui.screens.replay import ReplayWorkbench
from itc_tui.ui.session_rows import left_off
from itc_tui.ui.widgets.session_list import SessionList
from itc_tui.ui.widgets.topic_field import TopicField, told_modules
from itc_tui.ui.words import say
from tests.ui.scripted import events
from tests.ui.stage import (
    SESSIONS,
    application,
    bench,
    launch,
    outside,
    painted,
    until,
)


async def test_what_is_wrong_says_how_to_mend_it() -> None:
    async with application() as (app, pilot):
        await until(pilot, lambda: "Install pytest into the interpreter." in painted(app))


async def test_what_is_wrong_is_seen_without_scrolling() -> None:
    fine = tuple(Fact(label=f"fact {number}", value="as it should be") for number in range(12))
    wrong = Fact(label="packages", value="none", ok=False, advice="Name the folder of a package.")
    world = outside(facts=lambda: Facts(root="/shop", facts=(*fine, wrong)))
    async with application(world, size=(80, 24)) as (app, pilot):
        await until(pilot, lambda: "Name the folder of a package." in painted(app))


async def test_typing_a_topic_begins_a_session() -> None:
    topics: list[str] = []

    def begin(topic: str) -> Launch:
        topics.append(topic)
        return launch()

    world = outside(launch=begin)
    async with application(world) as (app, pilot):
        await until(pilot, lambda: isinstance(app.focused, TopicField))
        await pilot.press(*"payments", "enter")
        await until(pilot, lambda: isinstance(app.screen, LiveWorkbench) or bench(pilot))
    assert topics == ["payments"]


async def test_a_session_that_is_asked_for_twice_is_opened_once() -> None:
    topics: list[str] = []

    def begin(topic: str) -> Launch:
        topics.append(topic)
        return launch()

    async with application(outside(launch=begin)) as (app, pilot):
        await until(pilot, lambda: isinstance(app.focused, TopicField))
        await pilot.press(*"payments", "enter", "enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, LiveWorkbench) or bench(pilot))
    assert topics == ["payments"]


async def test_a_recording_that_is_asked_for_twice_is_opened_once() -> None:
    gate = threading.Event()
    looked: list[str] = []

    def first_sight(folder: str) -> None:
        looked.append(folder)
        gate.wait(30)

    async with application(outside(first_sight=first_sight)) as (app, pilot):
        await until(pilot, lambda: "payments" in painted(app))
        await pilot.press("escape", "v")
        await until(pilot, lambda: looked)
        await pilot.press("question_mark", "escape", "v", "enter")
        gate.set()
        await until(pilot, lambda: isinstance(app.screen, ReplayWorkbench))
        assert len(looked) == 1
        assert len(app.screen_stack) == 2


async def test_a_module_is_completed() -> None:
    async with application() as (app, pilot):
        await until(pilot, lambda: "shop.orders" in painted_after_typing(app))
        await pilot.press(*"shop.p")
        await until(pilot, lambda: app.screen.query_one(TopicField)._suggestion == "shop.payments")
        await pilot.press("right")
        assert app.screen.query_one(TopicField).value == "shop.payments"


def painted_after_typing(app: object) -> str:
    """The modules arrive from a thread; nothing is typed before."""
    return " ".join(app.screen._facts.modules)  # type: ignore[attr-defined]


async def test_sessions_are_listed_newest_first_and_a_damaged_one_says_so() -> None:
    async with application() as (app, pilot):
        await until(pilot, lambda: app.screen.query_one(SessionList).count == 3)
        shown = painted(app)
        assert shown.index("cart") < shown.index("payments", shown.index("Sessions"))
        assert "field phase is damaged" in shown


async def test_a_finished_session_opens_read_only_and_is_scrubbed() -> None:
    async with application() as (app, pilot):
        await until(pilot, lambda: app.screen.query_one(SessionList).count == 3)
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, ReplayWorkbench))
        screen = app.screen
        await until(pilot, lambda: screen.place == len(events()))
        assert screen.view.summary is not None
        await pilot.press("left_curly_bracket")
        assert screen.view.exploration is None
        await pilot.press("right_square_bracket", "right_square_bracket")
        await until(pilot, lambda: screen.view.phase == 2)
        assert screen.place > 1
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.focused, SessionList))


async def test_playing_a_recording_comes_to_its_end() -> None:
    async with application(review="a") as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, ReplayWorkbench))
        screen = app.screen
        screen.place = len(events()) - 5
        await pilot.press("space")
        await until(pilot, lambda: screen.place == len(events()))


async def test_a_window_that_comes_to_the_front_takes_keys_even_if_it_began_in_the_background() -> (
    None
):
    async with application() as (app, pilot):
        app.screen.set_focus(None)
        app.app_focus = False
        app.post_message(AppFocus())
        await until(pilot, lambda: app.focused and app.focused.id == "topic")


UNFINISHED = SessionListing(
    session_id="ITG-d", path="d", module="支付", phase="iterating", pass_rate=82.5
)


async def test_a_session_that_was_not_ended_is_offered_and_goes_on_at_enter() -> None:
    resumed: list[str] = []

    def resume(folder: str) -> Launch:
        resumed.append(folder)
        return launch()

    world = outside(sessions=lambda: (UNFINISHED, *SESSIONS), resume=resume)
    async with application(world, size=(80, 24)) as (app, pilot):
        await until(
            pilot, lambda: "goes on with “支付”, left off: iterating, 82.5 %" in painted(app)
        )
        await pilot.press("x")
        await until(pilot, lambda: "goes on with" not in painted(app))
        await pilot.press("backspace")
        await until(pilot, lambda: "goes on with" in painted(app))
        await pilot.press("enter")
        await until(pilot, lambda: bench(pilot))
    assert resumed == ["d"]


@pytest.mark.parametrize(
    "change", [{"result": "success"}, {"is_being_written": True}, {"problem": "damaged"}]
)
def test_a_session_that_is_over_or_elsewhere_or_damaged_is_not_offered(
    change: dict[str, object],
) -> None:
    assert left_off((UNFINISHED,)) is UNFINISHED
    assert left_off((UNFINISHED.but(**change), UNFINISHED)) is None
    assert left_off(()) is None


def test_where_a_session_was_left_can_be_said_of_every_phase() -> None:
    for phase in Phase:
        assert phase is Phase.COMPLETED or say(f"left.{phase}")


async def test_who_types_q_into_the_field_is_told_how_to_leave() -> None:
    async with application(size=(80, 24)) as (app, pilot):
        await pilot.press("q")
        await until(pilot, lambda: "ctrl+q quits at any time" in painted(app))
        assert "esc leave the field" in painted(app)


async def test_ctrl_c_asks_back_once_and_leaves_when_it_is_meant() -> None:
    async with application(started=launch()) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("ctrl+c")
        await until(pilot, lambda: "ctrl+c again leaves" in painted(app))
        assert app.is_running
        await pilot.press("ctrl+c")
        await until(pilot, lambda: not app.is_running)


def test_two_of_them_long_apart_are_two_first_ones() -> None:
    now = [100.0]
    insistence = Insistence(lambda: now[0])
    assert not insistence.is_meant()
    now[0] += MEANT_S + 1
    assert not insistence.is_meant()
    now[0] += 1
    assert insistence.is_meant()


@pytest.mark.parametrize("sessions", [SESSIONS, ()], ids=["sessions", "none"])
async def test_esc_leaves_the_field_for_where_q_quits(
    sessions: tuple[SessionListing, ...],
) -> None:
    async with application(outside(sessions=lambda: sessions), size=(80, 24)) as (app, pilot):
        await until(pilot, lambda: "payments" in painted(app) or "No session yet." in painted(app))
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.focused, TopicField))
        assert "q quit" in painted(app).splitlines()[-1]
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.focused, TopicField))
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.focused, TopicField))
        await pilot.press("q")
        await until(pilot, lambda: app.return_value is not None)


async def test_who_does_not_know_the_modules_is_told_some() -> None:
    async with application(outside(sessions=lambda: ()), size=(80, 24)) as (app, pilot):
        await until(pilot, lambda: "here are: shop.orders  shop.payments" in painted(app))


def test_of_many_modules_a_few_are_told_and_none_that_is_private() -> None:
    modules = ("pkg", "pkg.__main__", "pkg._inner", "pkg.a", "pkg.b", "pkg.c", "pkg.d", "_own")
    assert told_modules(modules) == "pkg  pkg.a  pkg.b  pkg.c  +1"
    assert told_modules(modules[:3]) == "pkg"
    assert told_modules(()) == ""
