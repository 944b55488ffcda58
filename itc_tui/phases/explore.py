"""Explore: read the code and map its boundaries (phase 2)."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from itc_tui.domain.counting import counted
from itc_tui.domain.events import ExplorationFinished, Noted, PhaseStarted
from itc_tui.domain.exploration import Exploration
from itc_tui.domain.log.wording import shortened
from itc_tui.domain.questions import Choice, Question, Topic
from itc_tui.domain.requests import ExploreRequest
from itc_tui.domain.session_id import timestamp
from itc_tui.domain.state import State
from itc_tui.domain.trouble import Stopped, TargetTrouble
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
    problem = ""
    while True:
        reply = yield from ask(_which(state.module, modules, problem))
        if reply.choice == "stop":
            raise Stopped
        if reply.choice == "whole":
            break
        wanted = tuple(reply.payload or reply.note.replace(",", " ").split())
        if not wanted:
            raise TargetTrouble(_nothing_named(state.module, modules))
        request = ExploreRequest(topic=state.module, modules=wanted)
        exploration = yield from world.engine.explore(request)
        if exploration.metadata.chosen_modules:
            return exploration
        problem = exploration.metadata.chosen_because
    yield Noted(
        text=f"Nothing matches “{state.module}”; the whole package is taken "
        f"({counted(len(modules), 'module')}).",
        level="warning",
    )
    reason = f"nothing matches “{state.module}”, so the whole package was taken"
    return found.but(metadata=found.metadata.but(chosen_because=reason))


def _which(described: str, modules: Sequence[str], problem: str) -> Question:
    is_name = _is_name(described)
    return Question(
        topic=Topic.MODULE,
        text=f"Nothing in the code matches “{described}”. Which modules are meant?",
        detail=", ".join(modules),
        problem=problem,
        choices=(
            Choice(
                key="w",
                name="whole",
                label="The whole package",
                consequence=f"All of it is explored and tested: {counted(len(modules), 'module')}.",
                is_recommended=not is_name,
            ),
            Choice(
                key="m",
                name="modules",
                label="Some modules",
                consequence="You name them; only their boundaries are tested.",
                is_recommended=is_name,
            ),
            Choice(key="n", name="stop", label="Stop", consequence="Nothing is written."),
        ),
    )


def _is_name(described: str) -> bool:
    """One word that names nothing was mistyped: the whole package is not what it means."""
    return re.fullmatch(r"[\w./\\-]+", described.strip(), re.ASCII) is not None


def _nothing_named(described: str, modules: Sequence[str]) -> str:
    by_last = {one.rpartition(".")[2]: one for one in reversed(modules)}
    last = re.split(r"[./\\]", described.strip().removesuffix(".py"))[-1]
    like = difflib.get_close_matches(last, by_last, n=1)
    if like:
        return (
            f"Nothing in the code matches “{described}”. Did you mean {by_last[like[0]]}?"
            " Name a module that is there."
        )
    there = shortened(modules)
    return (
        f"Nothing in the code matches “{described}”. There are: {there}."
        " Name a module that is there."
    )
