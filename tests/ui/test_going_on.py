"""A session that goes on is on the screen with its past, however long that takes to read."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from itc_tui.domain.events import Event, SessionOpened
from itc_tui.domain.state import State
from itc_tui.ports import Steps
from tests.ui.scripted import events
from tests.ui.stage import application, launch, outside, until

TOLD = events()
OPENED = next(event for event in TOLD if isinstance(event, SessionOpened))
AGAIN = OPENED.but(mode="continue")


def going_on() -> Steps[State]:
    yield AGAIN
    return State(session_id="ITG-a", module="payments")


async def test_the_keys_are_heard_while_the_past_of_a_session_is_read() -> None:
    may_read = threading.Event()

    def told(_folder: str) -> Iterator[Event]:
        assert may_read.wait(30)
        yield from (*TOLD, AGAIN)

    async with application(outside(read_events=told), launch(going_on)) as (app, pilot):
        bench = app.screen
        await pilot.press("4")
        await until(pilot, lambda: bench.stage == "timeline")
        assert not bench.view.cards
        may_read.set()
        await until(pilot, lambda: len(bench.view.cards) == 4 and bench.mood.is_over)
        assert bench.view.session_id == OPENED.session_id
