"""What the tests of the screens share: an outside of plain values, and ways to wait."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from time import monotonic
from typing import Any

from textual.pilot import Pilot

from itc_tui.domain.events import Event
from itc_tui.domain.listing import SessionListing
from itc_tui.domain.state import State
from itc_tui.domain.target import Fact
from itc_tui.ports import Steering, Steps, StopSwitch
from itc_tui.ui.app import ItcApp
from itc_tui.ui.errand import Errand
from itc_tui.ui.leaving import Left
from itc_tui.ui.look import Look
from itc_tui.ui.outside import Facts, Launch, Outside
from itc_tui.ui.screens.live import LiveWorkbench
from itc_tui.ui.screens.page import Page
from itc_tui.ui.screens.question import Ask
from itc_tui.ui.screens.workbench import Workbench
from itc_tui.ui.words import speak
from tests.ui.scripted import events, journey

PATIENCE_S = 30.0

FACTS = Facts(
    root="/shop",
    facts=(
        Fact(label="interpreter", value=".venv/bin/python"),
        Fact(label="pytest", value="", ok=False, advice="Install pytest into the interpreter."),
    ),
    modules=("shop.orders", "shop.payments"),
)
SESSIONS = (
    SessionListing(
        session_id="ITG-a", path="a", module="payments", pass_rate=82, started="2026-11-20"
    ),
    SessionListing(
        session_id="ITG-b", path="b", module="cart", result="success", started="2026-11-21"
    ),
    SessionListing(session_id="ITG-c", path="c", problem="state.json: field phase is damaged"),
)


class Recorded:
    """Events of a session, read once and then no more, as a file that nobody writes."""

    def __init__(self, told: tuple[Event, ...]) -> None:
        self._waiting = list(told)

    def add(self, *more: Event) -> None:
        self._waiting.extend(more)

    def __iter__(self) -> Iterator[Event]:
        while self._waiting:
            yield self._waiting.pop(0)


def outside(**changes: object) -> Outside:
    world = Outside(
        facts=lambda: FACTS,
        sessions=lambda: SESSIONS,
        launch=lambda _topic: launch(),
        read_events=lambda _folder: Recorded(events()),
    )
    return replace(world, **changes)  # type: ignore[arg-type]  # named by the tests themselves


def launch(loop: Callable[[], Steps[State]] = journey) -> Launch:
    return Launch(loop, StopSwitch(), Steering())


@asynccontextmanager
async def application(
    world: Outside | None = None,
    started: Launch | None = None,
    review: str = "",
    *,
    size: tuple[int, int] = (120, 40),
    step_by_step: bool = False,
    look: Look | None = None,
) -> AsyncIterator[tuple[Any, Pilot[Left]]]:
    """Runs without a terminal. The application is `Any`, so that tests read like what they ask."""
    world = world or outside()
    if started:
        world = replace(world, launch=lambda _topic: started)
    app: Any = ItcApp(
        world,
        look or Look(language="en", theme="itc-dark", reduced_motion=True),
        Errand(topic="payments" if started else "", review=review, step_by_step=step_by_step),
    )
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            if started or review:
                await until(pilot, lambda: isinstance(app.screen_stack[-1], Workbench | Ask | Page))
            if review:
                await until(pilot, lambda: app.screen.view.session_id)
            yield app, pilot
    finally:
        speak("en")


async def until(pilot: Pilot[Left], condition: Callable[[], object]) -> None:
    """Let the application go on until that holds; it says what it waited for when it never does."""
    end = monotonic() + PATIENCE_S
    while not condition():
        assert monotonic() < end, f"still waiting on {pilot.app.screen}"
        await pilot.pause(0.01)
    await pilot.pause()


def bench(pilot: Pilot[Left]) -> LiveWorkbench:
    found = [screen for screen in pilot.app.screen_stack if isinstance(screen, LiveWorkbench)]
    return found[0]


async def answer(pilot: Pilot[Left], topic: str, key: str) -> None:
    """Wait until that is asked, and press the key of a choice."""

    def is_asked() -> bool:
        screen = pilot.app.screen
        return isinstance(screen, Ask) and screen.question.topic == topic

    await until(pilot, is_asked)
    await pilot.press(key)


def painted(app: Any) -> str:
    """All that is on the screen, as text."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())
