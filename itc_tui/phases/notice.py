"""Notice: what the person changed in files of ours is taken up, never written over."""

from __future__ import annotations

from itc_tui.domain.events import Noted
from itc_tui.domain.state import State
from itc_tui.ports import Steps, World


def take_up_edits(world: World) -> Steps[None]:
    for path in world.repository.changed_by_person():
        text = f"{path} was changed by hand; it is taken up as it stands."
        yield from _take_up(path, text, world)


def take_up_unproven(state: State, world: World) -> Steps[State]:
    """Before the tests are committed: the proof is of what was written, and the log says so."""
    inventory = state.test_inventory
    for path in world.repository.changed_by_person():
        text = (
            f"{path} was changed by hand before it was committed; it is taken up as it stands, "
            "and what was proven is proven of the text before."
        )
        yield from _take_up(path, text, world)
        if inventory:
            inventory = inventory.but(notes=(*inventory.notes, text))
    return state.but(test_inventory=inventory)


def _take_up(path: str, text: str, world: World) -> Steps[None]:
    world.repository.take_up(path)
    yield Noted(text=text, level="warning")
