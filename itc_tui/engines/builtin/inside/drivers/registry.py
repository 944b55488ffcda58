"""The drivers, and all doors that they find."""

from __future__ import annotations

from typing import Any, Callable, Dict, Iterator, List, Tuple

from itc_tui.engines.builtin.inside.drivers import (
    blocks,
    click_commands,
    command_mains,
    queued_tasks,
    web_requests,
)
from itc_tui.engines.builtin.inside.drivers.door import Driver, Scripts, entry_of
from itc_tui.engines.builtin.inside.surface import Entry, Surface

_PAST_A_DOOR = 0.2
DRIVERS: Tuple[Driver, ...] = (
    click_commands.doors,
    command_mains.doors,
    web_requests.doors,
    queued_tasks.doors,
)


def entries_of(
    surface: Surface, scripts: Scripts, say: Callable[[Dict[str, Any]], None]
) -> Iterator[Entry]:
    """A driver that stumbles over the target costs its own doors and no others."""
    yield from blocks.entries(surface)
    for driver in DRIVERS:
        seen = set()
        try:
            for door in driver(surface, scripts):
                entry = entry_of(door)
                if entry.ident not in seen:
                    seen.add(entry.ident)
                    yield entry
        except Exception as error:
            name = driver.__module__.rpartition(".")[2].replace("_", " ")
            say({"lost": "what goes through " + name, "why": "ends with %r" % error})


def with_doors(surface: Surface, doors: List[Entry]) -> None:
    """What has a door is seldom called past it: that is not how anybody comes in."""
    behind = {id(door.code) for door in doors if door.kind == "door" and door.code is not None}
    surface.callables = [
        one._replace(shown=one.shown * _PAST_A_DOOR) if id(one.code) in behind else one
        for one in surface.callables
    ]
    surface.callables.extend(doors)
