"""Finds what really runs when an abstract method is called: the implementations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from itc_tui.engines.builtin.map.facts import ModuleFacts
from itc_tui.engines.builtin.map.links import ON_CALL, ON_OVERRIDE, Edge

PROTOCOLS = frozenset(("typing.Protocol", "typing_extensions.Protocol"))
IMPLEMENTATIONS_LIMIT = 12
"""With more, naming them all says less than naming the promise."""


def overriding(
    modules: Mapping[str, ModuleFacts],
    bases: Mapping[str, tuple[str, ...]],
    edges: Iterable[Edge],
) -> list[Edge]:
    """For each call of an abstract method, an edge to every method that fulfils it."""
    derived: dict[str, list[str]] = defaultdict(list)
    for name, above in bases.items():
        for base in above:
            derived[base].append(name)
    places = {
        f"{module}.{qual}": (module, qual)
        for module, facts in modules.items()
        for qual in facts.classes
    }
    known: dict[tuple[str, str], list[tuple[str, str]]] = {}
    found = []
    for edge in edges:
        key = (edge.callee_module, edge.callee)
        if edge.when == ON_CALL and key not in known:
            known[key] = _implementations(modules, bases, derived, places, key)
        if edge.when == ON_CALL:
            found += [
                edge._replace(callee_module=module, callee=qual, when=ON_OVERRIDE)
                for module, qual in known[key]
            ]
    return found


def _implementations(
    modules: Mapping[str, ModuleFacts],
    bases: Mapping[str, tuple[str, ...]],
    derived: Mapping[str, list[str]],
    places: Mapping[str, tuple[str, str]],
    key: tuple[str, str],
) -> list[tuple[str, str]]:
    module, qual = key
    function = modules[module].functions.get(qual) if module in modules else None
    if function is None or not function.owner or not function.is_abstract:
        return []
    owner = f"{module}.{function.owner}"
    heirs = list(derived.get(owner, ()))
    if PROTOCOLS.intersection(bases.get(owner, ())):
        heirs += _alike(modules, places, owner)
    found = []
    for heir in dict.fromkeys(heirs):
        home, kind = places.get(heir, ("", ""))
        method = f"{kind}.{qual.rpartition('.')[2]}"
        fulfilling = modules[home].functions.get(method) if home else None
        if fulfilling is not None and not fulfilling.is_abstract:
            found.append((home, method))
    return found if len(found) <= IMPLEMENTATIONS_LIMIT else []


def _alike(
    modules: Mapping[str, ModuleFacts], places: Mapping[str, tuple[str, str]], protocol: str
) -> list[str]:
    """Classes that have all the methods of a protocol without naming it."""
    home, kind = places[protocol]
    wanted = _methods(modules[home], kind)
    if not wanted or (len(wanted) == 1 and wanted <= {"__call__", "get", "close", "run", "read"}):
        return []
    return [
        name
        for name, (module, qual) in places.items()
        if name != protocol and wanted <= _methods(modules[module], qual)
    ]


def _methods(facts: ModuleFacts, kind: str) -> set[str]:
    return {qual.rpartition(".")[2] for qual, one in facts.functions.items() if one.owner == kind}
