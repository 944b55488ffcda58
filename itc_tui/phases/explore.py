"""Explore: read the code and map its boundaries (phase 2)."""

from __future__ import annotations

from itc_tui.domain.counting import counted
from itc_tui.domain.events import ExplorationFinished, Noted, PhaseStarted
from itc_tui.domain.exploration import Exploration
from itc_tui.domain.questions import Choice, Question, Topic
from itc_tui.domain.requests import ExploreRequest
from itc_tui.domain.session_id import timestamp
from itc_tui.domain.state import State
from itc_tui.domain.trouble import Stopped
from itc_tui.phases.ask import ask
from itc_tui.ports import Steps, World


def explore(state: State, world: World) -> Steps[Exploration]:
    yield PhaseStarted(number=2, name="explore")
    exploration = yield from world.engine.explore(ExploreRequest(topic=state.module))
    if not exploration.metadata.chosen_modules:
        exploration = yield from _choose_modules(state, exploration, world)
    metadata = exploration.metadata.but(timestamp=timestamp(world.clock.now()))
    exploration = exploration.but(metadata=metadata)
    yield ExplorationFinished(exploration=exploration)
    return exploration


def _choose_modules(state: State, found: Exploration, world: World) -> Steps[Exploration]:
    """Nothing matched what the person typed: say what there is, and ask."""
    modules = found.module_structure.internal_modules
    reply = yield from ask(
        Question(
            topic=Topic.MODULE,
            text=f"Nothing in the code matches “{state.module}”. Which modules are meant?",
            detail=", ".join(modules),
            choices=(
                Choice(
                    key="w",
                    name="whole",
                    label="The whole package",
                    consequence="All of it is explored and tested: "
                    f"{counted(len(modules), 'module')}.",
                    is_recommended=True,
                ),
                Choice(
                    key="m",
                    name="modules",
                    label="Some modules",
                    consequence="You name them; only their boundaries are tested.",
                ),
                Choice(key="n", name="stop", label="Stop", consequence="Nothing is written."),
            ),
        )
    )
    if reply.choice == "stop":
        raise Stopped
    wanted = tuple(reply.payload or reply.note.replace(",", " ").split())
    if reply.choice == "modules" and wanted:
        return (yield from world.engine.explore(ExploreRequest(topic=state.module, modules=wanted)))
    yield Noted(
        text=f"Nothing matches “{state.module}”; the whole package is taken "
        f"({counted(len(modules), 'module')}).",
        level="warning",
    )
    reason = f"nothing matches “{state.module}”, so the whole package was taken"
    return found.but(metadata=found.metadata.but(chosen_because=reason))
