"""Follows data through the target: from a door over its transforms to where it leaves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from itc_tui.domain.exploration import DataFlow, IntegrationPoint
from itc_tui.engines.builtin.map.links import RUNS
from itc_tui.engines.builtin.map.source_index import SourceIndex

FLOWS_SHOWN = 24
STEPS_LIMIT = 8
SEEN_LIMIT = 4_000


def find_flows(
    index: SourceIndex,
    doors: Iterable[str],
    outer: Iterable[IntegrationPoint],
    chosen: set[str],
) -> list[DataFlow]:
    """Ways from doors to effects first, then results that one module hands to another."""
    exits = _exits(outer)
    flows = [flow for door in doors for flow in _from_door(index, door, exits, chosen)]
    flows += sorted(_handed_over(index, chosen), key=lambda flow: -_spread(index, flow))
    unique = {flow.path: flow for flow in flows}
    return list(unique.values())[:FLOWS_SHOWN]


def _spread(index: SourceIndex, flow: DataFlow) -> int:
    return len({_module_of(index, name) for name in flow.path})


def _exits(outer: Iterable[IntegrationPoint]) -> dict[str, list[str]]:
    """Function → what it reaches outside; clock and environment are no destinations of data."""
    exits: dict[str, list[str]] = defaultdict(list)
    for point in outer:
        if point.kind != "environment":
            for site in point.sites:
                if point.to_module not in exits[site.caller]:
                    exits[site.caller].append(point.to_module)
    return exits


def _from_door(
    index: SourceIndex, door: str, exits: Mapping[str, list[str]], chosen: set[str]
) -> list[DataFlow]:
    """The shortest way from a door to each thing outside that it reaches."""
    came_from: dict[str, str] = {door: ""}
    waiting = [door]
    found: dict[str, str] = {}
    while waiting and len(came_from) < SEEN_LIMIT:
        name = waiting.pop(0)
        for outside in exits.get(name, ()):
            found.setdefault(outside, name)
        for following in _next(index, name):
            if following not in came_from:
                came_from[following] = name
                waiting.append(following)
    flows = []
    for outside, last in found.items():
        path = _way(came_from, last)
        modules = {_module_of(index, name) for name in path}
        if 1 < len(path) <= STEPS_LIMIT and len(modules) > 1 and modules & chosen:
            flows.append(
                DataFlow(
                    name=f"{_short(door)} → {outside}",
                    path=(*path, outside),
                    transforms=tuple(_transform(index, name) for name in path[1:]),
                )
            )
    return flows


def _next(index: SourceIndex, name: str) -> list[str]:
    following = [edge.callee_name for edge in index.callees_of(name) if edge.when in RUNS]
    if name in index.classes and f"{name}.__init__" in index.functions:
        following.append(f"{name}.__init__")
    return list(dict.fromkeys(following))


def _way(came_from: Mapping[str, str], last: str) -> list[str]:
    path = [last]
    while came_from[path[0]]:
        path.insert(0, came_from[path[0]])
    return path


def _handed_over(index: SourceIndex, chosen: set[str]) -> list[DataFlow]:
    """`save(parse(text))`, where the two stand in different modules."""
    flows = []
    for one in index.handovers:
        modules = {_module_of(index, one.giver), _module_of(index, one.taker), one.module}
        caller = f"{one.module}.{one.caller}"
        if len(modules) > 1 and modules & chosen and caller not in (one.giver, one.taker):
            flows.append(
                DataFlow(
                    name=f"{_short(one.giver)} → {_short(one.taker)} in {_short(caller)}",
                    path=(one.giver, caller, one.taker),
                    transforms=(_transform(index, one.giver), _transform(index, one.taker)),
                )
            )
    return flows


def _transform(index: SourceIndex, name: str) -> str:
    """What goes in and what comes out, as far as it is written down."""
    function = index.functions.get(name)
    if function is None:
        return f"makes {_short(name)}"
    taken = [
        one.annotation or one.name
        for one in function.facts.parameters
        if one.name not in ("self", "cls")
    ]
    given = function.facts.returns or "?"
    return f"{_short(name)}: ({', '.join(taken[:4])}) → {given}"


def _module_of(index: SourceIndex, name: str) -> str:
    function = index.functions.get(name) or index.classes.get(name)
    if function is not None:
        return function.module
    return name if name in index.modules else name.rpartition(".")[0]


def _short(name: str) -> str:
    return ".".join(name.split(".")[-2:])
