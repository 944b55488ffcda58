"""Taking an iteration back: previewed, in a thread, once, and told on the cards."""

from __future__ import annotations

import threading
from typing import Any

from textual.pilot import Pilot

from itc_tui.domain.events import ChangeReverted
from itc_tui.domain.listing import SessionListing
from itc_tui.domain.questions import Topic
from itc_tui.domain.trouble import Stopped, Trouble
from itc_tui.ports import Steps, StopSwitch
from itc_tui.ui.leaving import Left
from itc_tui.ui.mood import Mood
from itc_tui.ui.outside import Outside, RevertPreview
from itc_tui.ui.panes.timeline import TimelinePane
from itc_tui.ui.screens.confirm import Confirm
from itc_tui.ui.session_rows import session_row
from tests.ui.rerun_stage import told
from tests.ui.scripted import events
from tests.ui.stage import (
    Recorded,
    answer,
    application,
    bench,
    launch,
    outside,
    painted,
    until,
)

PATIENCE_S = 20


class FakeGit:
    """Takes back what it is asked to; holds where a test tells it to."""

    def __init__(self, refusal: str = "") -> None:
        self.reverted: list[int] = []
        self.stopped = threading.Event()
        self.may_look, self.may_revert = threading.Event(), threading.Event()
        self.may_look.set()
        self.may_revert.set()
        self._refusal = refusal

    def preview(self, _folder: str, iteration: int, stop: StopSwitch) -> Steps[RevertPreview]:
        yield from ()
        self._wait(self.may_look, stop)
        return RevertPreview(f"-line of {iteration}\n+before", self._refusal)

    def revert(self, _folder: str, iteration: int, stop: StopSwitch) -> Steps[int]:
        self._wait(self.may_revert, stop)
        self.reverted.append(iteration)
        numbers = [iteration] if iteration else [2, 1]
        for number in numbers:
            yield ChangeReverted(iteration=number, reason="taken back by a person")
        return len(numbers)

    def _wait(self, may_go_on: threading.Event, stop: StopSwitch) -> None:
        forget = stop.on_pull(may_go_on.set)
        assert may_go_on.wait(PATIENCE_S)
        forget()
        if stop.is_pulled:
            self.stopped.set()
            raise Stopped


def world_of(git: FakeGit, **changes: Any) -> Outside:
    return outside(preview_revert=git.preview, revert=git.revert, **changes)


async def press_r(app: Any, pilot: Pilot[Left], *keys: str) -> None:
    await until(pilot, lambda: app.screen.query(TimelinePane))
    await pilot.press("4", *(keys or ("j", "j", "R")))


async def say_yes(app: Any, pilot: Pilot[Left]) -> None:
    await until(pilot, lambda: isinstance(app.screen, Confirm))
    await pilot.press("y")


async def test_it_shows_first_what_it_would_do_and_does_nothing_without_consent() -> None:
    git = FakeGit()
    async with application(world_of(git), review="a") as (app, pilot):
        await press_r(app, pilot)
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        assert "-line of 2" in painted(app)
        await pilot.press("n")
        await until(pilot, lambda: not isinstance(app.screen, Confirm))
        assert git.reverted == []
        await pilot.press("R")
        await say_yes(app, pilot)
        await until(pilot, lambda: "1 commit taken back." in told(app))
        assert git.reverted == [2]


async def test_the_screen_lives_on_while_git_works_and_a_second_press_is_refused() -> None:
    git = FakeGit()
    git.may_look.clear()
    git.may_revert.clear()
    async with application(world_of(git), review="a") as (app, pilot):
        await press_r(app, pilot)
        await until(pilot, lambda: "looking what would be taken back" in painted(app))
        await pilot.press("R")
        await until(pilot, lambda: "Something is being taken back; X stops it." in told(app))
        git.may_look.set()
        await say_yes(app, pilot)
        await until(pilot, lambda: "taking it back with git" in painted(app))
        await pilot.press("1")
        await until(pilot, lambda: app.screen.stage == "exploration")
        await pilot.press("4", "R", "ctrl+r")
        git.may_revert.set()
        await until(pilot, lambda: "1 commit taken back." in told(app))
        assert git.reverted == [2]
        assert "taking it back" not in painted(app)


async def test_it_is_stopped_by_the_key_that_stops_everything() -> None:
    git = FakeGit()
    git.may_revert.clear()
    async with application(world_of(git), review="a") as (app, pilot):
        await press_r(app, pilot)
        await say_yes(app, pilot)
        await until(pilot, lambda: "taking it back with git" in painted(app))
        await pilot.press("X")
        await until(pilot, lambda: "Stopped; what is taken back already stays so" in told(app))
        assert git.reverted == []
        git.may_revert.set()
        await pilot.press("R")
        await say_yes(app, pilot)
        await until(pilot, lambda: git.reverted == [2])


async def test_leaving_ends_what_git_does() -> None:
    git = FakeGit()
    git.may_revert.clear()
    async with application(world_of(git), review="a") as (app, pilot):
        await press_r(app, pilot)
        await say_yes(app, pilot)
        await until(pilot, lambda: "taking it back with git" in painted(app))
        await pilot.press("q")
    app.await_loop()
    assert git.stopped.is_set()
    assert git.reverted == []


async def test_why_it_is_refused_is_told() -> None:
    async with application(world_of(FakeGit("A merge is under way.")), review="a") as (app, pilot):
        await press_r(app, pilot)
        await until(pilot, lambda: "A merge is under way." in told(app))
        assert not isinstance(app.screen, Confirm)


async def test_trouble_on_the_way_is_told_and_another_try_is_free() -> None:
    git = FakeGit()

    def fails(_folder: str, _iteration: int, _stop: StopSwitch) -> Steps[int]:
        yield from ()
        raise Trouble("cart.py was changed since.")

    world = outside(preview_revert=git.preview, revert=fails)
    async with application(world, review="a") as (app, pilot):
        await press_r(app, pilot)
        await say_yes(app, pilot)
        await until(pilot, lambda: "cart.py was changed since." in told(app))
        await pilot.press("R")
        await until(pilot, lambda: isinstance(app.screen, Confirm))


async def test_while_the_loop_has_the_session_it_says_how_to_get_there() -> None:
    async with application(world_of(FakeGit()), launch()) as (app, pilot):
        await answer(pilot, Topic.CONSENT, "y")
        await answer(pilot, Topic.PLAN, "c")
        await answer(pilot, Topic.NEXT_STEPS, "escape")
        await until(pilot, lambda: app.screen is bench(pilot))
        await press_r(app, pilot, "R")
        await until(pilot, lambda: "The session is at work on these files; X stops it" in told(app))


async def test_a_gain_that_is_taken_back_says_so_on_its_card_at_once() -> None:
    async with application(world_of(FakeGit()), launch()) as (app, pilot):
        await answer(pilot, Topic.CONSENT, "y")
        await answer(pilot, Topic.PLAN, "c")
        await answer(pilot, Topic.NEXT_STEPS, "d")
        await until(pilot, lambda: bench(pilot).mood is Mood.DONE)
        assert "as before the revert" not in painted(app)
        await press_r(app, pilot, "ctrl+r")
        await say_yes(app, pilot)
        await until(pilot, lambda: "2 commits taken back." in told(app))
        outcomes = {card.iteration: card.outcome for card in bench(pilot).view.cards}
        assert (outcomes[1], outcomes[2]) == ("reverted", "reverted")
        await until(pilot, lambda: "as before the revert" in painted(app))
        await until(pilot, lambda: "Something was taken back since" in painted(app))


async def test_in_a_recording_it_is_a_moment_like_any_other() -> None:
    git, source = FakeGit(), Recorded(events())

    def revert(folder: str, iteration: int, stop: StopSwitch) -> Steps[int]:
        steps = git.revert(folder, iteration, stop)
        source.add(ChangeReverted(iteration=iteration, reason="taken back by a person"))
        return (yield from steps)

    world = outside(preview_revert=git.preview, revert=revert, read_events=lambda _folder: source)
    async with application(world, review="a") as (app, pilot):
        await press_r(app, pilot)
        await say_yes(app, pilot)
        await until(pilot, lambda: "1 commit taken back." in told(app))
        outcomes = {card.iteration: card.outcome for card in app.screen.view.cards}
        assert outcomes[2] == "reverted"
        assert app.screen.place == len(events()) + 1
        assert "Something is being taken back" not in told(app)


def test_a_session_that_was_taken_back_claims_neither_success_nor_a_rate() -> None:
    listing = SessionListing(
        session_id="ITG-a", path="a", module="cart", result="success", pass_rate=100
    )

    def shown(session: SessionListing) -> str:
        return "".join(text for text, _ in session_row(session, 80))

    assert "✓" in shown(listing)
    assert "100 %" in shown(listing)
    for how in ("part", "all"):
        row = shown(listing.but(taken_back=how))
        assert "↶" in row
        assert "taken back" in row
        assert "100" not in row


async def test_a_session_that_was_moved_or_copied_is_changed_where_it_stands_now() -> None:
    """Its trace names the folder in which it ran, which may be gone, or another's by now."""
    git, asked = FakeGit(), list[str]()

    def preview(folder: str, iteration: int, stop: StopSwitch) -> Steps[RevertPreview]:
        asked.append(folder)
        return git.preview(folder, iteration, stop)

    def revert(folder: str, iteration: int, stop: StopSwitch) -> Steps[int]:
        asked.append(folder)
        return git.revert(folder, iteration, stop)

    def diff(folder: str, _sha: str) -> str:
        asked.append(folder)
        return "+a line of it"

    world = outside(preview_revert=preview, revert=revert, diff=diff)
    async with application(world, review="where it stands") as (app, pilot):
        await press_r(app, pilot)
        await say_yes(app, pilot)
        await until(pilot, lambda: "1 commit taken back." in told(app))
        await pilot.press("d")
        await until(pilot, lambda: "+a line of it" in painted(app))
    assert asked == ["where it stands"] * 3
