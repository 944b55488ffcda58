"""Works out what a row stands for: attributes, calls, loops, `with`, containers."""

from __future__ import annotations

import builtins
from collections.abc import Callable

from itc_tui.engines.builtin.map.facts import Row
from itc_tui.engines.builtin.map.values import (
    Knows,
    Place,
    Value,
    Values,
    instance_of,
    many,
    outside,
    united,
)
from itc_tui.engines.builtin.map.word_sets import words

BUILTINS = frozenset(dir(builtins))
LATER = words(
    """
    delay apply_async s si send kiq submit remote fn __wrapped__ __func__
    """
)
"""Attributes of a task by which its function is called later."""
SAME = words(
    """
    builtins.list builtins.tuple builtins.set builtins.frozenset builtins.sorted
    builtins.reversed builtins.iter builtins.aiter copy.copy copy.deepcopy
    functools.partial functools.lru_cache functools.cache contextlib.nullcontext
    contextlib.closing asyncio.run asyncio.create_task asyncio.wait_for asyncio.shield
    asyncio.ensure_future weakref.proxy typing.assert_type
    """
)
"""Calls that give back what they were given first."""
ONE_OF = words(
    """
    builtins.next builtins.anext builtins.max builtins.min random.choice
    """
)
FROM_MANY = words(
    """
    get pop popleft popitem setdefault
    """
)
AGAIN_MANY = words(
    """
    values items copy keys union elements
    """
)


def evaluate(names: Knows, place: Place, row: Row) -> Values:
    act = _ACTS.get(row.op)
    return act(names, place, row) if act else ()


def _name(names: Knows, place: Place, row: Row) -> Values:
    found = names.named(place, row.text)
    if not found and row.text in BUILTINS:
        return (outside(f"builtins.{row.text}"),)
    return found


def _attribute(names: Knows, place: Place, row: Row) -> Values:
    owners = names.values(place, row.parts[0])
    return united(attribute_of(names, owner, row.text) for owner in owners)


def attribute_of(names: Knows, owner: Value, name: str) -> Values:
    if owner.kind == "module":
        return names.lookup(owner.module, name)
    if owner.kind == "outside":
        return (outside(f"{owner.module}.{name}"),)
    if owner.kind == "many":
        if name in FROM_MANY:
            return (Value("callable", "", "", owner.inner),)
        return (Value("callable", "", "", (owner,)),) if name in AGAIN_MANY else ()
    if owner.kind == "function":
        return (owner,) if name in LATER else ()
    if owner.kind in ("class", "instance", "super"):
        if name == "__class__":
            return (Value("class", owner.module, owner.qual),)
        return united(_bound(names, owner, found) for found in names.member(owner, name))
    return ()


def _bound(names: Knows, owner: Value, found: Value) -> Values:
    """A method knows on what it was called; a property is what it returns."""
    if found.kind != "function":
        return (found,)
    receiver = Value("instance" if owner.kind == "super" else owner.kind, owner.module, owner.qual)
    method = found._replace(inner=(receiver,))
    facts = names.function(found)
    if facts is not None and facts.kind == "property" and owner.kind != "class":
        return names.returned(method)
    return (method,)


def _call(names: Knows, place: Place, row: Row) -> Values:
    return united(_called(names, place, row, value) for value in names.values(place, row.parts[0]))


def _called(names: Knows, place: Place, row: Row, value: Value) -> Values:
    if value.kind == "class":
        return (instance_of(value),)
    if value.kind == "function":
        return names.returned(value)
    if value.kind == "callable":
        return value.inner
    if value.kind == "instance":
        made = attribute_of(names, value, "__call__")
        return united(names.returned(one) for one in made if one.kind == "function")
    if value.kind == "outside":
        return _called_outside(names, place, row, value)
    return ()


def _called_outside(names: Knows, place: Place, row: Row, value: Value) -> Values:
    name, arguments = value.module, row.parts[1:]
    if name == "builtins.super":
        around = names.class_around(place)
        return (Value("super", around.module, around.qual),) if around else ()
    if not arguments:
        return (value,)
    if name == "builtins.type" and len(arguments) == 1:
        kinds = names.values(place, arguments[0])
        return tuple(
            Value("class", one.module, one.qual) for one in kinds if one.kind == "instance"
        )
    if name in SAME:
        return names.values(place, arguments[0])
    if name in ONE_OF:
        return united(_elements(names, one) for one in names.values(place, arguments[0]))
    if name in ("typing.cast", "typing_extensions.cast") and len(arguments) > 1:
        return names.types(place, arguments[0])
    if name == "builtins.getattr" and len(arguments) > 1:
        word = names.row(place.module, arguments[1])
        if word.op == "literal" and word.text.startswith("str '"):
            owners = names.values(place, arguments[0])
            return united(attribute_of(names, one, word.text[5:-1]) for one in owners)
    if name == "asyncio.gather":
        return many(united(names.values(place, one) for one in arguments))
    return (value,)


def _elements(names: Knows, value: Value) -> Values:
    if value.kind == "many":
        return value.inner
    if value.kind == "outside":
        return (value,)
    if value.kind == "instance":
        for name in ("__iter__", "__aiter__", "__getitem__"):
            made = [one for one in names.member(value, name) if one.kind == "function"]
            if made:
                results = united(names.returned(one) for one in made)
                inner = united(one.inner for one in results if one.kind == "many")
                return inner or (results if name == "__getitem__" else ())
    return ()


def _each(names: Knows, place: Place, row: Row) -> Values:
    return united(_elements(names, value) for value in names.values(place, row.parts[0]))


def _enter(names: Knows, place: Place, row: Row) -> Values:
    return united(_entered(names, value) for value in names.values(place, row.parts[0]))


def _entered(names: Knows, value: Value) -> Values:
    if value.kind == "many":
        return value.inner
    if value.kind == "instance":
        for name in ("__enter__", "__aenter__"):
            made = names.member(value, name)
            if made:
                bound = [one._replace(inner=(value,)) for one in made if one.kind == "function"]
                return united(names.returned(one) for one in bound) or (value,)
    return (value,)


def _pick(names: Knows, place: Place, row: Row) -> Values:
    origin, number = names.row(place.module, row.parts[0]), int(row.text)
    if origin.op == "many" and origin.text == "tuple" and number < len(origin.parts):
        return names.values(place, origin.parts[number])
    return _each(names, place, row)


def _item(names: Knows, place: Place, row: Row) -> Values:
    found = []
    for value in names.values(place, row.parts[0]):
        if value.kind == "instance":
            made = attribute_of(names, value, "__getitem__")
            found.append(united(names.returned(one) for one in made if one.kind == "function"))
        else:
            found.append(value.inner if value.kind == "many" else (value,))
    return united(found)


def _any(names: Knows, place: Place, row: Row) -> Values:
    return united(names.values(place, part) for part in row.parts)


def _many(names: Knows, place: Place, row: Row) -> Values:
    return many(united(names.values(place, part) for part in row.parts))


def _lambda(names: Knows, place: Place, row: Row) -> Values:
    return (Value("callable", "", "", names.values(place, row.parts[0])),)


_ACTS: dict[str, Callable[[Knows, Place, Row], Values]] = {
    "name": _name,
    "attr": _attribute,
    "call": _call,
    "each": _each,
    "enter": _enter,
    "pick": _pick,
    "item": _item,
    "any": _any,
    "many": _many,
    "lambda": _lambda,
    "star": _each,
}
