"""Notice: what the person changed in files of ours is taken up, never written over."""

from __future__ import annotations

from itc_tui.domain.events import Noted
from itc_tui.ports import Steps, World


def take_up_edits(world: World) -> Steps[None]:
    for path in world.repository.changed_by_person():
        world.repository.take_up(path)
        yield Noted(text=f"{path} was changed by hand; it is taken up as it stands.")
