"""A cycle that is stepped through: three red cases, each mended by one fix."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from textual.pilot import Pilot

from itc_tui.domain.events import StepPersisted
from itc_tui.domain.state import State
from itc_tui.loop import cycle
from itc_tui.ports import World
from itc_tui.ui.leaving import Left
from itc_tui.ui.mood import Mood
from itc_tui.ui.outside import Launch
from itc_tui.ui.screens.question import Ask
from tests.driving import FILE, mend, new_session, red_while_it_says_red, text_with
from tests.fakes import FakeStore, ScriptedEngine, fake_world
from tests.ui.stage import bench, launch, until


def three_red() -> World:
    engine = ScriptedEngine({FILE: text_with("a", "b", "c")}, [mend("a"), mend("b"), mend("c")])
    return fake_world(engine, red_while_it_says_red)


def launched(world: World, after: str = "") -> Launch:
    """A session that goes on after that step, or a new one."""
    begun = launch()
    state = standing_after(after, world) if after else new_session()
    world = replace(world, stop=begun.stop, steering=begun.steering)
    return replace(begun, journey=lambda: cycle(state, world))


def standing_after(step: str, world: World) -> State:
    steps = cycle(new_session(), world)
    while True:
        event = next(steps)
        if isinstance(event, StepPersisted) and event.step == step:
            steps.close()
            return cast(FakeStore, world.store).saved[-1]


def here(pilot: Pilot[Left]) -> str:
    """The step that waits in the panel, or the topic of the dialog; empty while it is busy."""
    screen = pilot.app.screen
    if isinstance(screen, Ask):
        return str(screen.question.topic)
    live = bench(pilot)
    question = live.view.question
    if screen is live and live.mood is Mood.PAUSED and question and question.ahead:
        return question.ahead.step
    return ""


async def step_to(pilot: Pilot[Left], wanted: str) -> None:
    """Do one step after the other, as recommended, until that one is shown."""
    while True:
        await until(pilot, lambda: here(pilot))
        if (shown := here(pilot)) == wanted:
            return
        await pilot.press("enter" if shown in ("consent", "plan") else "s")
        await until(pilot, lambda: here(pilot) != shown)
