"""Gathers calls into boundaries: one per pair of modules, and one per module and thing outside."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from itc_tui.domain.exploration import CALLERS, CallSite, IntegrationPoint
from itc_tui.domain.words import PointKind
from itc_tui.engines.builtin.map.contracts import boundary_contract
from itc_tui.engines.builtin.map.entry_points import offered
from itc_tui.engines.builtin.map.links import (
    ON_CALL,
    ON_DECORATE,
    ON_EVENT,
    ON_IMPORT,
    ON_OVERRIDE,
    ON_READ,
    Edge,
    OuterCall,
)
from itc_tui.engines.builtin.map.outside import Outer, recognise
from itc_tui.engines.builtin.map.source_index import SourceIndex

ORDER = (ON_CALL, ON_EVENT, ON_OVERRIDE, ON_READ, ON_DECORATE, ON_IMPORT)
_BY_CALLS = (ON_CALL, ON_EVENT, ON_OVERRIDE)
"""What a test can enter again and again."""
SITES_KEPT = 60
"""Per boundary; a person needs to see where, not every single place."""
_EVENT_VERB = re.compile(
    r"^(?:publish|subscribe|unsubscribe|emit|dispatch|fire|notify|broadcast|raise_event"
    r"|trigger|on_event|add_listener|remove_listener|register_listener|post_message|enqueue)\w*$"
)
_EVENT_OWNER = re.compile(r"(?:event|bus|signal|dispatcher|emitter|broker|listener|observer)", re.I)
_EVENT_ACT = re.compile(r"^(?:send|on|connect|put|register|call|__call__|add|post|disconnect)$")


def inner_points(index: SourceIndex, focus: set[str]) -> list[IntegrationPoint]:
    """Boundaries between modules of which one is in focus, the busiest first."""
    groups: dict[tuple[str, str, PointKind], list[Edge]] = defaultdict(list)
    crossings = [one for one in index.crossings if {one.caller_module, one.callee_module} & focus]
    for edge in crossings:
        groups[edge.caller_module, edge.callee_module, _kind_of(edge)].append(edge)
    points = [_inner(index, key, edges) for key, edges in groups.items()]
    points += _shared_state(index, focus)
    calls = Counter(
        (edge.caller_module, edge.callee_module) for edge in crossings if edge.when == ON_CALL
    )
    return sorted(
        points,
        key=lambda one: (
            -calls[one.from_module, one.to_module],
            one.from_module,
            one.to_module,
        ),
    )


def outer_points(index: SourceIndex) -> list[IntegrationPoint]:
    """Boundaries to files, databases, services, clock, environment."""
    groups: dict[tuple[str, Outer], list[OuterCall]] = defaultdict(list)
    for call in index.outer_calls:
        if _is_own(index, call.callee):
            continue
        outer = recognise(call.callee)
        if outer is not None:
            groups[call.module, outer].append(call)
    points = [_outer(index, module, outer, calls) for (module, outer), calls in groups.items()]
    return sorted(points, key=lambda one: (one.from_module, one.to_module))


def face_points(index: SourceIndex, focus: set[str]) -> list[IntegrationPoint]:
    """Where no call joins modules, what each offers is its boundary: its callers are outside."""
    for edge in index.crossings:
        if edge.when in _BY_CALLS and {edge.caller_module, edge.callee_module} & focus:
            return []
    faces = (_face(index, name) for name in index.own_modules if name in focus)
    return [face for face in faces if face is not None]


def _face(index: SourceIndex, module: str) -> IntegrationPoint | None:
    facts, file = index.modules[module].facts, index.modules[module].path
    if not facts.functions:
        return None
    defined = {name: one.line for name, one in facts.classes.items()}
    defined |= {name: one.line for name, one in facts.functions.items()}
    names = [name for name in offered(index.modules[module]) if name in defined]
    sites = (
        CallSite(caller=CALLERS, callee=f"{module}.{name}", file=file, line=defined[name])
        for name in names
    )
    return IntegrationPoint(
        from_module=CALLERS,
        to_module=module,
        contract=boundary_contract(index, (f"{module}.{name}" for name in names)),
        sites=_once(sites),
        is_face=True,
    )


def _kind_of(edge: Edge) -> PointKind:
    if edge.when == ON_EVENT:
        return PointKind.EVENT
    owner, _, act = edge.callee.rpartition(".")
    speaks = _EVENT_VERB.match(act) or (
        _EVENT_ACT.match(act)
        and _EVENT_OWNER.search(owner or edge.callee_module.rpartition(".")[2])
    )
    return PointKind.EVENT if speaks else PointKind.API


def _inner(
    index: SourceIndex, key: tuple[str, str, PointKind], edges: list[Edge]
) -> IntegrationPoint:
    caller, callee, kind = key
    # Calls come first: they are what a test can enter again and again.
    ordered = sorted(edges, key=lambda edge: (ORDER.index(edge.when), edge.line))
    file = index.modules[caller].path
    sites = (
        CallSite(caller=edge.caller_name, callee=edge.callee_name, file=file, line=edge.line)
        for edge in ordered
    )
    return IntegrationPoint(
        from_module=caller,
        to_module=callee,
        kind=kind,
        contract=boundary_contract(index, (edge.callee_name for edge in ordered)),
        sites=_once(sites),
    )


def _shared_state(index: SourceIndex, focus: set[str]) -> list[IntegrationPoint]:
    """Modules that set what lives in another module, and modules that read what is set."""
    groups: dict[tuple[str, str], list[CallSite]] = defaultdict(list)
    words: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for write in index.writes:
        if write.module == write.owner_module or not {write.module, write.owner_module} & focus:
            continue
        key = (write.module, write.owner_module)
        words[key][write.what] = None
        caller = f"{write.module}.{write.caller}" if write.caller else write.module
        callee = f"{write.owner_module}.{write.what}"
        file = index.modules[write.module].path
        groups[key].append(CallSite(caller=caller, callee=callee, file=file, line=write.line))
    return [
        IntegrationPoint(
            from_module=key[0],
            to_module=key[1],
            kind=PointKind.SHARED_STATE,
            contract=f"sets {', '.join(words[key])}",
            sites=_once(sites),
        )
        for key, sites in groups.items()
    ]


def _outer(
    index: SourceIndex, module: str, outer: Outer, calls: list[OuterCall]
) -> IntegrationPoint:
    used = dict.fromkeys(_spoken(call) for call in calls)
    if len(used) > 1:
        used.pop(_VARIABLES, None)  # what is read of it says more
    file = index.modules[module].path
    more = f" and {len(used) - 8} more" if len(used) > 8 else ""
    ordered = sorted(calls, key=lambda call: (call.when == ON_IMPORT, call.line))
    sites = (
        CallSite(caller=call.caller_name, callee=call.callee, file=file, line=call.line)
        for call in ordered
    )
    return IntegrationPoint(
        from_module=module,
        to_module=outer.name,
        kind=outer.kind,
        contract=", ".join(list(used)[:8]) + more,
        sites=_once(sites),
        is_outer=True,
    )


_VARIABLES = "os.environ"


def _spoken(call: OuterCall) -> str:
    name = call.callee.removeprefix("builtins.")
    if call.argument.startswith("["):
        return f"{name}{call.argument}"
    if name == _VARIABLES:
        return name
    return (
        f"{name}({call.argument!r})" if call.argument and len(call.argument) < 40 else f"{name}()"
    )


def _is_own(index: SourceIndex, dotted: str) -> bool:
    """A name under one of the target's own packages that no source file explains."""
    return dotted.split(".", 1)[0] in index.packages


def _once(sites: Iterable[CallSite]) -> tuple[CallSite, ...]:
    seen: dict[tuple[str, str, int], CallSite] = {}
    for site in sites:
        seen.setdefault((site.caller, site.callee, site.line), site)
    return tuple(seen.values())[:SITES_KEPT]
