"""Sees what calls pass to parameters that say too little about what they are."""

from __future__ import annotations

from collections.abc import Iterator

from itc_tui.engines.builtin.map.facts import FunctionFacts, Row
from itc_tui.engines.builtin.map.links import Argument
from itc_tui.engines.builtin.map.names import Names
from itc_tui.engines.builtin.map.values import Place, Value, Values

TELLING = frozenset(("class", "instance", "function", "many", "callable", "outside"))


def arguments_of(names: Names, place: Place, row: Row, called: Value) -> Iterator[Argument]:
    if row.op != "call" or len(row.parts) < 2:
        return
    for function, offset in _functions(names, called):
        facts = names.function(function)
        if facts is None:
            continue
        for number, part in _bound(names, place, row, facts, offset):
            is_silent = _is_silent(names, function, facts, number)
            values = tuple(
                one
                for one in names.values(place, part)
                if (_is_telling(one) if is_silent else _is_to_be_called(names, one))
            )
            if values:
                yield Argument(function.module, function.qual, number, values)


def _functions(names: Names, called: Value) -> Iterator[tuple[Value, int]]:
    """What runs, and how many parameters are filled before the first argument."""
    if called.kind == "class":
        made = Value("instance", called.module, called.qual)
        for one in names.member(made, "__init__"):
            if one.kind == "function":
                yield one, 1
    elif called.kind == "function":
        facts = names.function(called)
        if facts is not None:
            bound = bool(called.inner) and (
                facts.kind == "classmethod"
                or (facts.kind == "method" and called.inner[0].kind != "class")
            )
            yield called, 1 if bound else 0


def _bound(
    names: Names, place: Place, row: Row, facts: FunctionFacts, offset: int
) -> Iterator[tuple[int, int]]:
    """Number of each parameter, and the row of its argument."""
    keywords = row.text.split(",") if row.text else []
    plain = row.parts[1 : len(row.parts) - len(keywords)]
    numbers = {one.name: number for number, one in enumerate(facts.parameters)}
    for number, part in enumerate(plain, start=offset):
        if names.row(place.module, part).op == "star" or number >= len(facts.parameters):
            break
        if facts.parameters[number].kind in ("positional", "plain"):
            yield number, part
    for keyword, part in zip(keywords, row.parts[len(row.parts) - len(keywords) :]):
        if keyword in numbers:
            yield numbers[keyword], part


def _is_silent(names: Names, function: Value, facts: FunctionFacts, number: int) -> bool:
    row = facts.parameters[number].row
    around = Place(function.module, facts.owner or facts.parent)
    return not row or not names.types(around, row)


def _is_to_be_called(names: Names, value: Value) -> bool:
    """`type[Field]` and `Callable` say less than which class or function was handed over."""
    return value.kind in ("class", "function") and value.module in names.modules


def _is_telling(value: Value) -> bool:
    return value.kind in TELLING and not value.module.startswith("builtins.")


def gathered(
    arguments: list[Argument], tests: frozenset[str], limit: int = 6
) -> dict[tuple[str, str, int], Values]:
    """What is passed for each parameter, up to a limit; stand-ins that live in tests do not count.

    What is the target's own comes first: there is often more of what is not.
    """
    found: dict[tuple[str, str, int], dict[Value, None]] = {}
    for one in arguments:
        place = found.setdefault((one.module, one.function, one.number), {})
        for value in one.values:
            if value.module not in tests:
                place.setdefault(value)
    return {
        key: tuple(sorted(values, key=lambda one: one.kind == "outside"))[:limit]
        for key, values in found.items()
        if values
    }
