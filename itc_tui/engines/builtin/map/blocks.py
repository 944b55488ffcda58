"""Reads the statements that hold other statements: if, loops, with, try, match."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from itc_tui.engines.builtin.map.expressions import ExpressionReader
from itc_tui.engines.builtin.map.facts import Binding, ModuleFacts
from itc_tui.engines.builtin.map.open_scope import OpenScope


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file a statement stands."""

    prefix: str = ""
    owner: str = ""
    """The class whose body this is."""
    function: str = ""
    """The nearest function around."""
    method_of: str = ""
    """The class whose instance `self` is here, also in functions inside a method."""

    def inside(self, name: str) -> str:
        return f"{self.prefix}{name}"


class Reader(Protocol):
    expressions: ExpressionReader
    facts: ModuleFacts

    def block(self, body: Iterable[ast.stmt], scope: OpenScope, place: Place) -> None: ...


def read_if(reader: Reader, node: ast.If, scope: OpenScope, place: Place) -> None:
    scope.complexity += 1
    if not place.prefix and _asks_for_main(node.test):
        reader.facts.is_script = True
    reader.expressions.read(node.test, scope)
    reader.block(node.body, scope, place)
    reader.block(node.orelse, scope, place)


def read_while(reader: Reader, node: ast.While, scope: OpenScope, place: Place) -> None:
    scope.complexity += 1
    reader.expressions.read(node.test, scope)
    reader.block(node.body, scope, place)
    reader.block(node.orelse, scope, place)


def read_for(reader: Reader, node: ast.For | ast.AsyncFor, scope: OpenScope, place: Place) -> None:
    scope.complexity += 1
    reader.expressions.bind_target(node.target, reader.expressions.each(node.iter, scope), scope)
    reader.block(node.body, scope, place)
    reader.block(node.orelse, scope, place)


def read_with(
    reader: Reader, node: ast.With | ast.AsyncWith, scope: OpenScope, place: Place
) -> None:
    for item in node.items:
        row = reader.expressions.entered(item.context_expr, scope)
        if item.optional_vars is not None:
            reader.expressions.bind_target(item.optional_vars, row, scope)
    reader.block(node.body, scope, place)


def read_try(reader: Reader, node: Any, scope: OpenScope, place: Place) -> None:
    reader.block(node.body, scope, place)
    for handler in node.handlers:
        scope.complexity += 1
        kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        for kind in kinds:
            row = reader.expressions.read(kind, scope)
            if handler.name:
                scope.bind(handler.name, Binding("typed", row=row))
        reader.block(handler.body, scope, place)
    reader.block(node.orelse, scope, place)
    reader.block(node.finalbody, scope, place)


def read_match(reader: Reader, node: ast.Match, scope: OpenScope, place: Place) -> None:
    subject = reader.expressions.read(node.subject, scope)
    for case in node.cases:
        scope.complexity += 1
        for part in ast.walk(case.pattern):
            if isinstance(part, ast.MatchClass) and isinstance(node.subject, ast.Name):
                row = reader.expressions.annotation(part.cls, scope)
                scope.bind(node.subject.id, Binding("typed", row=row))
            elif isinstance(part, ast.MatchAs) and part.name:
                _bind_pattern(reader, part, subject, scope)
        reader.expressions.read(case.guard, scope)
        reader.block(case.body, scope, place)


def _bind_pattern(reader: Reader, part: ast.MatchAs, subject: int, scope: OpenScope) -> None:
    if isinstance(part.pattern, ast.MatchClass):
        row = reader.expressions.annotation(part.pattern.cls, scope)
        scope.bind(part.name or "", Binding("typed", row=row))
    elif part.pattern is None:
        scope.bind(part.name or "", Binding("value", row=subject))


def _asks_for_main(test: ast.expr) -> bool:
    return (
        isinstance(test, ast.Compare)
        and any(
            isinstance(side, ast.Name) and side.id == "__name__"
            for side in (test.left, *test.comparators)
        )
        and any(
            isinstance(side, ast.Constant) and side.value == "__main__"
            for side in (test.left, *test.comparators)
        )
    )
