"""The drivers, and all doors that they find."""

from __future__ import annotations

from typing import Any, Callable, Dict, Iterator, Tuple

from itc_tui.engines.builtin.inside.drivers import click_commands, command_mains, web_requests
from itc_tui.engines.builtin.inside.drivers.door import Driver, Scripts, entry_of
from itc_tui.engines.builtin.inside.surface import Entry, Surface

DRIVERS: Tuple[Driver, ...] = (
    click_commands.doors,
    command_mains.doors,
    web_requests.doors,
)


def entries_of(
    surface: Surface, scripts: Scripts, say: Callable[[Dict[str, Any]], None]
) -> Iterator[Entry]:
    """A driver that stumbles over the target costs its own doors and no others."""
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
