"""The tests of a large session are there before all of it is read."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from itc_tui.domain.events import Event
from itc_tui.domain.first_sight import FirstSight, SeenCase
from itc_tui.ui.panes.output.cases import CaseList
from itc_tui.ui.screens.replay import ReplayWorkbench
from itc_tui.ui.screens.start import StartScreen
from tests.ui.scripted import events
from tests.ui.stage import application, outside, painted, until

SIGHT = FirstSight(
    session_id="ITG-a",
    module="payments",
    folder="a",
    cases=tuple(SeenCase(f"tests/t.py::test_{at:05}", "passed", 0.1) for at in range(10_000)),
)


class Held:
    """Events that come when they are let go."""

    def __init__(self) -> None:
        self.gate = threading.Event()

    def __iter__(self) -> Iterator[Event]:
        self.gate.wait(30)
        return iter(events())


async def test_tests_are_shown_and_keys_answered_while_the_session_is_still_read() -> None:
    held = Held()
    world = outside(first_sight=lambda _folder: SIGHT, read_events=lambda _folder: held)
    async with application(world, review="a") as (app, pilot):
        await until(pilot, lambda: "00003" in painted(app))
        assert "reading the session" in painted(app)
        assert "Nothing explored yet" not in painted(app)
        await pilot.press("3", "end")
        assert app.screen.query_one(CaseList).chosen.node_id.endswith("09999")
        held.gate.set()
        await until(pilot, lambda: app.screen.view.summary)
        assert "00003" not in painted(app)


async def test_a_session_that_was_asked_for_at_once_leaves_to_the_start() -> None:
    async with application(review="a") as (app, pilot):
        assert isinstance(app.screen, ReplayWorkbench)
        await pilot.press("escape")
        await pilot.press("S")
        await until(pilot, lambda: isinstance(app.screen, StartScreen))
        await until(pilot, lambda: "payments" in painted(app))
