"""What linking finds: calls inside the target, calls to the outside, results handed on."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

from itc_tui.engines.builtin.map.values import Value, Values

ON_CALL, ON_IMPORT = "call", "import"
ON_DECORATE, ON_OVERRIDE = "decorate", "override"
ON_READ, ON_EVENT = "read", "event"
RUNS = frozenset((ON_CALL, ON_OVERRIDE, ON_READ, ON_EVENT))
"""What happens each time, not only when the module is loaded."""


class Edge(NamedTuple):
    """A function (or a module's top level) reaches a function or class of the target."""

    caller_module: str
    caller: str
    """Qualified name; empty at the top level of the module."""
    callee_module: str
    callee: str
    line: int
    when: str = ON_CALL
    """`call`, `read` of a property, `event` by way of a bus, `override` when what is called
    fulfils what was named; `import` and `decorate` happen when the module is loaded."""

    @property
    def crosses(self) -> bool:
        return self.caller_module != self.callee_module

    @property
    def caller_name(self) -> str:
        return f"{self.caller_module}.{self.caller}" if self.caller else self.caller_module

    @property
    def callee_name(self) -> str:
        return f"{self.callee_module}.{self.callee}"


class OuterCall(NamedTuple):
    """A call of something that is not the target's own."""

    module: str
    caller: str
    callee: str
    """Dotted name, followed through results: `sqlite3.connect.execute`."""
    line: int
    when: str = ON_CALL
    argument: str = ""
    """The first argument, when it is written out: the name of a variable, a URL, a query."""

    @property
    def caller_name(self) -> str:
        return f"{self.module}.{self.caller}" if self.caller else self.module


class Handover(NamedTuple):
    """What one call gave is passed to the next: `save(parse(text))`."""

    module: str
    caller: str
    giver: str
    taker: str
    line: int


class StateWrite(NamedTuple):
    """A module sets an attribute of something that lives in another module."""

    module: str
    caller: str
    owner_module: str
    what: str
    line: int


class EventUse(NamedTuple):
    """Something is announced, or somebody asks to be told of it."""

    module: str
    caller: str
    event: str
    """Dotted name of the event's class, or its name in quotes."""
    listener: str
    """Who is told; empty where it is announced."""
    line: int


class Argument(NamedTuple):
    """What a call passes for a parameter that says nothing about its type."""

    module: str
    function: str
    number: int
    values: Values


@dataclass(slots=True)
class ModuleLinks:
    edges: list[Edge] = field(default_factory=list)
    outer: list[OuterCall] = field(default_factory=list)
    handovers: list[Handover] = field(default_factory=list)
    writes: list[StateWrite] = field(default_factory=list)
    arguments: list[Argument] = field(default_factory=list)
    bases: dict[str, list[str]] = field(default_factory=dict)
    """Class → dotted names of all it is derived from."""
    events: list[EventUse] = field(default_factory=list)


def to_plain(links: ModuleLinks) -> list[Any]:
    return [getattr(links, one.name) for one in fields(links)]


def from_plain(plain: list[Any]) -> ModuleLinks:
    """Raises ValueError or TypeError for what `to_plain` cannot have written."""
    edges, outer, handovers, writes, arguments, bases, events = plain
    return ModuleLinks(
        [Edge._make(one) for one in edges],
        [OuterCall._make(one) for one in outer],
        [Handover._make(one) for one in handovers],
        [StateWrite._make(one) for one in writes],
        [Argument(module, name, number, _values(told)) for module, name, number, told in arguments],
        bases,
        [EventUse._make(one) for one in events],
    )


def _values(plain: list[Any]) -> Values:
    return tuple(Value(kind, module, qual, _values(inner)) for kind, module, qual, inner in plain)
