"""What an expression may stand for, and what evaluating asks of whoever knows the names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol, TypeAlias

from itc_tui.engines.builtin.map.facts import FunctionFacts, Row

BREADTH_LIMIT = 12
"""More candidates than this say nothing any more."""


class Value(NamedTuple):
    kind: str
    """`module`, `function`, `class`, `instance`, `super`, `outside`, `many` or `callable`."""
    module: str
    """The module it is defined in; for `outside` its dotted name there."""
    qual: str = ""
    inner: tuple[Value, ...] = ()
    """Elements of many, result of a callable, receiver of a method."""

    @property
    def dotted(self) -> str:
        return f"{self.module}.{self.qual}" if self.qual else self.module


Values: TypeAlias = tuple[Value, ...]


class Place(NamedTuple):
    """Where an expression stands: names mean something else in another scope."""

    module: str
    scope: str = ""
    """Qualified name of the function or class; empty at the top of the module."""


class Knows(Protocol):
    """Who knows names, members and results; the evaluation of rows asks it."""

    def row(self, module: str, number: int) -> Row: ...

    def values(self, place: Place, row: int) -> Values: ...

    def types(self, place: Place, row: int) -> Values: ...

    def named(self, place: Place, name: str) -> Values: ...

    def aliased(self, place: Place, name: str) -> list[tuple[Place, int]]: ...

    def lookup(self, module: str, name: str) -> Values: ...

    def member(self, owner: Value, name: str) -> Values: ...

    def returned(self, function: Value) -> Values: ...

    def class_around(self, place: Place) -> Value | None: ...

    def function(self, value: Value) -> FunctionFacts | None: ...


def outside(dotted: str) -> Value:
    return Value("outside", dotted)


def instance_of(value: Value) -> Value:
    return Value("instance", value.module, value.qual)


def many(inner: Values) -> Values:
    return (Value("many", "", "", inner),) if inner else ()


def united(groups: Iterable[Values]) -> Values:
    seen: dict[Value, None] = {}
    for group in groups:
        for value in group:
            seen.setdefault(value)
            if len(seen) >= BREADTH_LIMIT:
                return tuple(seen)
    return tuple(seen)
