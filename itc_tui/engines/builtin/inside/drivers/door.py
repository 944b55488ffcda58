"""A door: one way into the target that is no plain call, and how programs go through it."""

from __future__ import annotations

import inspect
import sys
from typing import Any, Callable, Iterator, List, NamedTuple, Optional, Tuple

from itc_tui.engines.builtin.inside.arguments import Arguments
from itc_tui.engines.builtin.inside.modules import held_in
from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.inside.surface import Entry, Surface

Made = Optional[Tuple[Program, List[Tuple[str, str]]]]
"""A program, and which kind of value each of its parameters got."""
ANY_REQUEST = "requests to "
"""How the label of an application begins that does not tell its routes."""
_AS = " as "


class Door(NamedTuple):
    label: str
    """As a person calls it: `command shop add`, `POST /orders`."""
    behind: Any
    """The target's function behind it."""
    compose: Callable[[Arguments], Made]
    module: str = ""
    """Where it belongs when the function behind it does not say."""
    worth: float = 1.0


class Scripts(NamedTuple):
    """What the packaging installs: name of a command → dotted name of its function."""

    names: Tuple[Tuple[str, str], ...] = ()

    def name_of(self, thing: Any) -> str:
        for name, target in self.names:
            module, _, attribute = target.rpartition(".")
            if thing is getattr(sys.modules.get(module), attribute, None):
                return name
        return ""


Driver = Callable[[Surface, Scripts], Iterator[Door]]


def entry_of(door: Door) -> Entry:
    """The door as the search knows what it can call."""
    plain = inspect.unwrap(door.behind) if callable(door.behind) else None
    code = getattr(plain, "__code__", None)
    module = getattr(plain, "__module__", "") or door.module
    name = getattr(plain, "__qualname__", "app").replace("<locals>.", "")
    ident = "%s:%s%s%s" % (module, name, _AS, door.label)
    return Entry(ident, "door", "", "", code, None, None, False, door.worth, door.compose)


def label_in(focus: str) -> str:
    """The label of a door; empty where the focus is none."""
    return focus.partition(_AS)[2]


def without_label(focus: str) -> str:
    return focus.partition(_AS)[0]


def import_of(thing: Any, surface: Surface, home: str = "") -> Optional[Tuple[str, str]]:
    """Import line and name of an object that stands in a module; its own module comes first."""
    found = []
    for module in surface.modules:
        for name, value in held_in(module).items():
            if value is thing and not name.startswith("__"):
                away = module.__name__ != home
                found.append((name[0] == "_", away, module.__name__.count("."), module, name))
    if not found:
        return None
    *_, module, name = min(found, key=lambda row: (*row[:3], row[3].__name__, row[4]))
    return "from %s import %s" % (module.__name__, name), name
