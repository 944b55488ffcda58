"""Joins those who announce an event to those who listen for it, over whatever bus it goes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from itc_tui.engines.builtin.map.facts import Row
from itc_tui.engines.builtin.map.links import ON_EVENT, Edge, EventUse
from itc_tui.engines.builtin.map.names import Names
from itc_tui.engines.builtin.map.values import Place

ANNOUNCES = re.compile(
    r"^(?:publish|emit|send|dispatch|fire|notify|trigger|broadcast|announce|post|raise_event)"
    r"(?:_\w+)?$"
)
LISTENS = re.compile(
    r"^(?:subscribe|on|connect|listen|register|bind|observe|add_(?:\w+_)?(?:listener|handler"
    r"|observer|subscriber|callback))(?:_\w+)?$"
)


def event_uses(names: Names, place: Place, row: Row, line: int) -> Iterator[EventUse]:
    """What a call announces or listens for; it counts only where both sides are found."""
    called = names.row(place.module, row.parts[0])
    if called.op != "attr" or len(row.parts) < 2:
        return
    announces, listens = ANNOUNCES.match(called.text), LISTENS.match(called.text)
    if not announces and not listens:
        return
    events, listeners = _arguments(names, place, row, {"instance"} if announces else {"class"})
    if announces:
        listeners = [""]
    for event in events:
        for listener in listeners:
            yield EventUse(place.module, place.scope, event, listener, line)


def _arguments(
    names: Names, place: Place, row: Row, kinds: set[str]
) -> tuple[list[str], list[str]]:
    events, listeners = [], []
    for part in row.parts[1:]:
        written = names.row(place.module, part)
        if written.op == "literal" and written.text.startswith("str "):
            events.append(written.text.removeprefix("str "))
        if written.op == "lambda":
            body = names.row(place.module, written.parts[0])
            part = body.parts[0] if body.op == "call" else part
        for value in names.values(place, part):
            if value.kind in kinds:
                events.append(value.dotted)
            elif value.kind == "function":
                listeners.append(value.dotted)
    return events, listeners


def event_edges(
    uses: Iterable[EventUse],
    bases: Mapping[str, tuple[str, ...]],
    places: Mapping[str, tuple[str, str]],
) -> list[Edge]:
    """From each place that announces an event to each function that is told of it."""
    told: dict[str, list[str]] = defaultdict(list)
    announced = []
    for use in uses:
        if use.listener:
            told[use.event].append(use.listener)
        else:
            announced.append(use)
    found = []
    for use in announced:
        # Who listens for a kind of event is told of all that are derived from it.
        for event in (use.event, *bases.get(use.event, ())):
            for listener in told.get(event, ()):
                if listener in places:
                    module, qual = places[listener]
                    found.append(Edge(use.module, use.caller, module, qual, use.line, ON_EVENT))
    return list(dict.fromkeys(found))
