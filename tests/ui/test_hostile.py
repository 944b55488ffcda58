"""Whatever stands in names, output and session files changes nothing but the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from itc_tui.domain.events import Event, Noted, OutputArrived, QuestionAsked, any_event
from itc_tui.domain.listing import SessionListing
from itc_tui.domain.target import Fact
from itc_tui.ui.outside import Facts
from itc_tui.ui.panes.output import OutputPane
from itc_tui.ui.screens.page import Page
from itc_tui.ui.screens.question import Ask
from itc_tui.ui.widgets.session_list import SessionList
from tests.ui.scripted import PLAN_QUESTION, events
from tests.ui.stage import Recorded, application, outside, painted, until

NASTY = "[bold red]x[/] \x1b[2J\x1b]0;t\x07 a\x00b \u202eelif \ud83d\x9b31m 👩‍👩‍👧 支付\r\n\tend"
KEEP = {"event", "at", "sha", "folder", "level", "by", "outcome"}


def poisoned(value: Any, name: str = "") -> Any:
    """The same record with every free text made nasty; names of choices stay what they are."""
    if isinstance(value, BaseModel):
        changes = {key: poisoned(getattr(value, key), key) for key in type(value).model_fields}
        return value.model_copy(update=changes)
    if isinstance(value, tuple):
        return tuple(poisoned(part, name) for part in value)
    if type(value) is str and name not in KEEP and not name.endswith("id"):
        return f"{value} {NASTY}"
    return value


def nasty_session() -> Iterator[Event]:
    for event in events():
        yield poisoned(event)
    yield OutputArrived(lines=(NASTY, "x" * 10_000_000, "[/][/][", "\x1b[?1049l"))
    yield Noted(text=NASTY, level="error")


def assert_is_text(shown: str) -> None:
    assert not [letter for letter in shown if ord(letter) < 32 and letter != "\n"]
    assert not [letter for letter in shown if 0x7F <= ord(letter) < 0xA0]
    assert not [letter for letter in shown if letter in "\u202a\u202e\u200d\u2066"]
    shown.encode("utf-8")


@pytest.mark.parametrize("size", [pytest.param((80, 24), marks=pytest.mark.slow), (120, 40)])
async def test_a_session_full_of_nastiness_is_shown_as_text(size: tuple[int, int]) -> None:
    world = outside(
        read_events=lambda _folder: Recorded(tuple(nasty_session())),
        read_source=lambda _path: f"first\n{NASTY}",
        diff=lambda _folder, _sha: f"--- a\n+++ b\n+{NASTY}",
    )
    async with application(world, review="a", size=size) as (app, pilot):
        await until(pilot, lambda: app.screen.query(OutputPane))
        for keys in (("1",), ("2", "l", "j"), ("3", "n"), ("o",), ("4",), ("l",)):
            await pilot.press(*keys)
            assert_is_text(painted(app))
        assert "[bold red]x[/]" in painted(app)
        await pilot.press("l", "j")
        for key in ("enter", "d", "M"):
            await pilot.press(key)
            await until(pilot, lambda: isinstance(app.screen, Page))
            assert_is_text(painted(app))
            await pilot.press("escape")
        await pilot.press("1", *"jjjjjj", "enter")
        await until(pilot, lambda: isinstance(app.screen, Page))
        assert_is_text(painted(app))


async def test_a_nasty_question_is_asked_as_text() -> None:
    question = poisoned(PLAN_QUESTION)
    async with application() as (app, pilot):
        app.push_screen(Ask(question))
        await until(pilot, lambda: isinstance(app.screen, Ask))
        shown = painted(app)
        assert_is_text(shown)
        assert "[bold red]x[/]" in shown


async def test_nasty_facts_and_sessions_are_listed_as_text() -> None:
    world = outside(
        facts=lambda: Facts(
            facts=(Fact(label=NASTY, value=NASTY, advice=NASTY),), modules=(NASTY,)
        ),
        sessions=lambda: (
            SessionListing(session_id=NASTY, path="a", module=NASTY, started=NASTY, phase=NASTY),
            SessionListing(session_id=NASTY, path="b", problem=NASTY),
        ),
    )
    async with application(world) as (app, pilot):
        await until(pilot, lambda: app.screen.query_one(SessionList).count == 2)
        await pilot.press("x")
        assert_is_text(painted(app))


async def test_trouble_that_reads_like_markup_is_told_as_text() -> None:
    async with application() as (app, pilot):
        await until(pilot, lambda: app.screen.query_one(SessionList).count == 3)
        app.screen.notify("[/bold] [nope")
        await until(pilot, lambda: app.screen.query("Toast"))
        assert "[/bold] [nope" in painted(app)


def test_poisoning_leaves_events_that_are_still_events() -> None:
    """Otherwise the tests above would show nothing."""
    asked = [event for event in nasty_session() if isinstance(event, QuestionAsked)]
    assert NASTY in asked[0].question.text
    read_back = any_event.validate_python(asked[0].model_dump(by_alias=True))
    assert read_back == asked[0]
