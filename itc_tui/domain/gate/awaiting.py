"""Coroutines are awaited."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from itc_tui.domain.gate.reading import Reading
from itc_tui.domain.requests import Issue


def coroutines_are_awaited(reading: Reading) -> Iterator[Issue]:
    for case in reading.cases:
        parents = {
            child: node for node in ast.walk(case.node) for child in ast.iter_child_nodes(node)
        }
        awaited = _names_used_later(case.node)
        for call in ast.walk(case.node):
            if not isinstance(call, ast.Call) or not _is_coroutine(reading, call):
                continue
            parent = parents.get(call)
            kept = isinstance(parent, ast.Assign) and any(
                isinstance(target, ast.Name) and target.id in awaited for target in parent.targets
            )
            if isinstance(parent, _DROPPING) and not kept:
                yield reading.issue(
                    "not-awaited",
                    f"`{ast.unparse(call)}` makes a coroutine that nobody awaits.",
                    call.lineno,
                    case.name,
                )


_DROPPING = (ast.Expr, ast.Assert, ast.Compare, ast.Attribute, ast.Assign, ast.Subscript)


def _is_coroutine(reading: Reading, call: ast.Call) -> bool:
    name = reading.origin(call.func)
    shape = reading.known.shape_of(name) if name else None
    if shape:
        return shape.is_async
    return (
        isinstance(call.func, ast.Name)
        and isinstance(own := reading.functions.get(call.func.id), ast.AsyncFunctionDef)
        and not any(isinstance(node, ast.Yield) for node in ast.walk(own))
    )


def _names_used_later(function: ast.AST) -> set[str]:
    """Names that are awaited, or handed to somebody who may await them."""
    used = set()
    for node in ast.walk(function):
        inner: list[ast.expr] = []
        if isinstance(node, ast.Await):
            inner = [node.value]
        elif isinstance(node, ast.Call):
            inner = [*node.args, *(keyword.value for keyword in node.keywords)]
        used |= {
            name.id for value in inner for name in ast.walk(value) if isinstance(name, ast.Name)
        }
    return used
