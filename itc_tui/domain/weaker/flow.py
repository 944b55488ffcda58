"""What a name in a test stands for: its written value, and the calls that it came from."""

from __future__ import annotations

import ast
import copy
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from itc_tui.domain.case_syntax import FunctionNode, called, source
from itc_tui.domain.gate.reading import Reading

_DEPTH = 6


@dataclass(frozen=True)
class Flow:
    """Assignments of one function, over those of its module."""

    values: Mapping[str, tuple[ast.expr, ...]]
    parameters: frozenset[str]
    reading: Reading

    def written_out(self, expression: str) -> str:
        """The expression with names replaced by what was assigned to them, where that is clear."""
        try:
            tree = ast.parse(expression, mode="eval")
        except SyntaxError:
            return expression
        for _ in range(_DEPTH):
            before = ast.unparse(tree)
            tree = _Inlining(self.values).visit(tree)
            if ast.unparse(tree) == before:
                break
        return ast.unparse(tree)

    def sources_of(self, expression: str) -> frozenset[str]:
        """Calls and fixtures that the value came from; empty for what is merely written down."""
        try:
            tree = ast.parse(expression, mode="eval")
        except SyntaxError:
            return frozenset()
        return frozenset(self._sources(tree, _DEPTH, set()))

    def own_sources_of(self, expression: str) -> frozenset[str]:
        return frozenset(name for name in self.sources_of(expression) if self.is_own(name))

    def is_own(self, name: str) -> bool:
        """Of the target, or a fixture that may bring it."""
        return name in self.parameters or is_under_test(self.reading, name)

    def _sources(self, node: ast.AST, depth: int, seen: set[str]) -> Iterator[str]:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Call):
                name = self.reading.origin(inner.func) or called(inner)
                if name:
                    yield name
            if not isinstance(inner, ast.Name):
                continue
            if inner.id in self.parameters:
                yield inner.id
            elif inner.id in self.reading.origins:
                yield self.reading.origins[inner.id]
            elif depth and inner.id not in seen:
                for value in self.values.get(inner.id, ()):
                    yield from self._sources(value, depth - 1, seen | {inner.id})


def flow_of(function: FunctionNode, reading: Reading) -> Flow:
    values = _assignments(reading.tree.body, inner=False)
    own = _assignments(function.body, inner=True)
    arguments = function.args
    parameters = {a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    return Flow(values | own, frozenset(parameters - own.keys()), reading)


def is_under_test(reading: Reading, name: str) -> bool:
    """Of the target's packages; where these are not known, of anything that is not Python's."""
    top = name.split(".", 1)[0]
    if reading.known.modules:
        return reading.known.is_own(name)
    tops = {origin.split(".", 1)[0] for origin in reading.origins.values()}
    return top in tops - sys.stdlib_module_names - {"pytest", "unittest", "mock"}


def _assignments(body: list[ast.stmt], *, inner: bool) -> dict[str, tuple[ast.expr, ...]]:
    found: dict[str, list[ast.expr]] = {}
    for statement in body:
        if not inner and isinstance(statement, FunctionNode | ast.ClassDef):
            continue
        for node in ast.walk(statement):
            for target, value in _bindings(node):
                for name in ast.walk(target):
                    if isinstance(name, ast.Name):
                        found.setdefault(name.id, []).append(value)
    return {name: tuple(values) for name, values in found.items()}


def _bindings(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    if isinstance(node, ast.Assign):
        yield from ((target, node.value) for target in node.targets)
    elif isinstance(node, ast.AnnAssign | ast.NamedExpr | ast.AugAssign):
        if node.value is not None:
            yield node.target, node.value
    elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
        yield node.target, node.iter
    elif isinstance(node, ast.withitem) and node.optional_vars is not None:
        yield node.optional_vars, node.context_expr


class _Inlining(ast.NodeTransformer):
    def __init__(self, values: Mapping[str, tuple[ast.expr, ...]]) -> None:
        self._values = values

    def visit_Name(self, node: ast.Name) -> ast.AST:
        values = self._values.get(node.id, ())
        if len(values) != 1 or node.id in source(values[0]).split():
            return node
        return copy.deepcopy(values[0])
