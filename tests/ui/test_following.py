"""A session that another process runs is followed: while it works, asks, is killed, and goes on."""

from __future__ import annotations

from itc_tui.domain.events import CaseStarted, ChangeUndone, QuestionAsked, SessionOpened
from itc_tui.ui.mood import Mood
from itc_tui.ui.outside import Outside
from itc_tui.ui.screens.replay import ReplayWorkbench
from tests.ui.scripted import events
from tests.ui.stage import Recorded, application, outside, painted, until


class Elsewhere:
    """Another process, as far as anybody here can see it."""

    def __init__(self, told: int, *, is_alive: bool = True) -> None:
        self.is_alive = is_alive
        self.source = Recorded(events()[:told])

    @property
    def world(self) -> Outside:
        return outside(
            read_events=lambda _folder: self.source,
            is_being_written=lambda _folder: self.is_alive,
        )


def in_mid_run() -> int:
    return next(at for at, one in enumerate(events()) if isinstance(one, CaseStarted)) + 1


def at_a_question() -> int:
    return next(at for at, one in enumerate(events()) if isinstance(one, QuestionAsked)) + 1


async def test_its_news_are_shown_as_they_come() -> None:
    told, other = events(), Elsewhere(300)
    async with application(other.world) as (app, pilot):
        await app.push_screen(ReplayWorkbench(app.outside, "a", follows=True))
        await until(pilot, lambda: app.screen.place == 300)
        other.source.add(*told[300:], ChangeUndone(iteration=9, reason="x"))
        await until(pilot, lambda: app.screen.place == len(told) + 1)
        assert app.screen.view.cards[-1].iteration == 9


async def test_a_question_that_it_asks_there_is_shown_as_one() -> None:
    other = Elsewhere(at_a_question())
    async with application(other.world) as (app, pilot):
        await app.push_screen(ReplayWorkbench(app.outside, "a", follows=True))
        await until(pilot, lambda: app.screen.mood is Mood.ASKING)
        assert "following live" in painted(app)


async def test_when_it_is_killed_that_is_said_and_nothing_seems_to_run_any_more() -> None:
    other = Elsewhere(in_mid_run())
    async with application(other.world) as (app, pilot):
        await app.push_screen(ReplayWorkbench(app.outside, "a", follows=True))
        await until(pilot, lambda: app.screen.view.run.is_running)
        assert app.screen.mood is Mood.BUSY
        other.is_alive = False
        await until(pilot, lambda: app.screen.mood is Mood.STOPPED)
        assert "nobody runs it any more" in painted(app)
        assert not app.screen.view.run.is_running
        other.is_alive = True
        other.source.add(
            SessionOpened(session_id="ITG-a", module="payments", mode="continue", folder="a")
        )
        await until(pilot, lambda: app.screen.mood is Mood.BUSY)
        assert "following live" in painted(app)
        total = in_mid_run() + 1
        await until(pilot, lambda: app.screen.place == total)


async def test_a_past_session_that_somebody_goes_on_with_is_followed_from_then_on() -> None:
    other = Elsewhere(300, is_alive=False)
    async with application(other.world, review="a") as (app, pilot):
        await until(pilot, lambda: "recording, read-only" in painted(app))
        other.is_alive = True
        other.source.add(*events()[300:400])
        await until(pilot, lambda: "following live" in painted(app))
        assert app.screen.place == 400
