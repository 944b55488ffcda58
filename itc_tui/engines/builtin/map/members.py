"""Finds what a class has: its bases, its methods, and the attributes that its methods set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from itc_tui.engines.builtin.map.facts import Binding, ModuleFacts
from itc_tui.engines.builtin.map.values import Place, Value, Values, instance_of, outside, united

PLACES_LIMIT = 8


class Scopes(Protocol):
    """What the members of a class are looked up with."""

    modules: Mapping[str, ModuleFacts]

    def values(self, place: Place, row: int) -> Values: ...

    def bases(self, owner: Value) -> Values: ...

    def meaning(self, place: Place, binding: Binding) -> Values: ...

    def meanings(self, place: Place, bindings: list[Binding]) -> Values: ...


def bases_of(names: Scopes, module: str, qual: str) -> Values:
    facts = names.modules[module].classes.get(qual)
    found: Values = (Value("class", module, qual),)
    if facts is None:
        return found
    place = Place(module, qual.rpartition(".")[0] if facts.parent else "")
    for row in facts.bases:
        for base in names.values(place, row):
            if base.kind == "class":
                found += tuple(one for one in names.bases(base) if one not in found)
            elif base.kind == "outside":
                found += (base,)
    return found


def member_of(names: Scopes, owner: Value, name: str) -> Values:
    chain = names.bases(owner)[1 if owner.kind == "super" else 0 :]
    methods: Values = ()
    attributes: Values = ()
    for one in chain:
        if one.kind == "class":
            methods = methods or _defined(names, one, name)
            attributes = attributes or _assigned(names, one, name)
    found = united((methods, attributes))
    if found:
        return found
    return tuple(outside(f"{one.module}.{name}") for one in chain if one.kind == "outside")


def _defined(names: Scopes, owner: Value, name: str) -> Values:
    facts, qual = names.modules[owner.module], f"{owner.qual}.{name}"
    if qual in facts.functions:
        return (Value("function", owner.module, qual),)
    return (Value("class", owner.module, qual),) if qual in facts.classes else ()


def _assigned(names: Scopes, owner: Value, name: str) -> Values:
    """The values of an attribute that the class's body or its methods set."""
    facts = names.modules[owner.module].classes.get(owner.qual)
    if facts is None:
        return ()
    body = [one for one in facts.names.get(name, []) if one.kind != "def"]
    found = [names.meanings(Place(owner.module, owner.qual), body)] if body else []
    found += [
        names.meaning(Place(owner.module, scope), binding)
        for scope, binding in facts.attributes.get(name, [])[:PLACES_LIMIT]
    ]
    if body and not any(found) and _is_enumeration(names, owner):
        return (instance_of(owner),)
    return united(found)


def _is_enumeration(names: Scopes, owner: Value) -> bool:
    return any(
        one.kind == "outside" and one.module.startswith("enum.") for one in names.bases(owner)
    )
