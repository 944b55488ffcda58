"""Walks the statements of a file and fills in its facts: scopes, classes, functions, imports."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from itc_tui.engines.builtin.map import blocks
from itc_tui.engines.builtin.map.blocks import Place
from itc_tui.engines.builtin.map.definitions import (
    decorators_of,
    describe_function,
    fields_of,
    kind_of,
    parameters_of,
    together,
)
from itc_tui.engines.builtin.map.expressions import ExpressionReader
from itc_tui.engines.builtin.map.facts import (
    AttributeFacts,
    Binding,
    ClassFacts,
    FunctionFacts,
    ModuleFacts,
    StoreFacts,
)
from itc_tui.engines.builtin.map.open_scope import OpenScope, RowTable

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


class StatementReader:
    def __init__(self, name: str, is_package: bool, piece: Callable[[Any], str]) -> None:
        self._parts = name.split(".")
        self._is_package = is_package
        self._piece = piece
        self._table = RowTable()
        self.expressions = ExpressionReader(self._table)
        self.facts = ModuleFacts()

    def read(self, tree: ast.Module) -> ModuleFacts:
        facts, scope = self.facts, OpenScope()
        facts.docstring = ast.get_docstring(tree) or ""
        self.block(tree.body, scope, Place())
        # A function that says `global x` binds x out here.
        for name, bindings in scope.names.items():
            known = facts.names.setdefault(name, [])
            known += [binding for binding in bindings if binding not in known]
        facts.calls, facts.stores = scope.calls, scope.stores
        facts.rows = self._table.rows
        facts.has_tests = any(
            name.startswith(("test_", "Test")) for name in (*facts.functions, *facts.classes)
        )
        return facts

    def block(self, body: Iterable[ast.stmt], scope: OpenScope, place: Place) -> None:
        for statement in body:
            try:
                self._statement(statement, scope, place)
            except RecursionError:  # what is nested too deeply is left out, and no more than that
                continue

    def _statement(self, statement: ast.stmt, scope: OpenScope, place: Place) -> None:
        reader = _READERS.get(type(statement))
        if reader is None and type(statement).__name__ == "TypeAlias":
            self._type_alias(statement, scope)
        elif reader is None:
            self._read_children(statement, scope)
        else:
            reader(self, statement, scope, place)

    def _read_children(self, statement: ast.stmt, scope: OpenScope) -> None:
        for child in ast.iter_child_nodes(statement):
            if isinstance(child, ast.expr):
                self.expressions.read(child, scope)

    def _function(self, node: Function, scope: OpenScope, place: Place) -> None:
        qual = place.inside(node.name)
        for default in (*node.args.defaults, *node.args.kw_defaults):
            self.expressions.read(default, scope)
        function = FunctionFacts(qual, node.lineno, node.end_lineno or node.lineno)
        function.owner, function.parent = place.owner, place.function
        function.decorators = decorators_of(node, self.expressions, scope, self._piece)
        function.kind = kind_of(node, bool(place.owner), function.decorators)
        function.parameters = parameters_of(node.args, self.expressions, scope, self._piece)
        returns = self.expressions.annotation(node.returns, scope)
        function.returns_rows = [returns] if returns else []
        describe_function(function, node, self._piece)
        scope.bind(node.name, Binding("def", qual))
        earlier = self.facts.functions.get(qual)
        self.facts.functions[qual] = function
        self._function_body(function, node, scope, place)
        if earlier is not None:
            self.facts.functions[qual] = together(earlier, function)

    def _function_body(
        self, function: FunctionFacts, node: Function, outer: OpenScope, place: Place
    ) -> None:
        inner = OpenScope()
        method_of = place.owner or place.method_of
        is_method = bool(place.owner) and function.kind in ("method", "property")
        if is_method and function.parameters:
            inner.self_name = function.parameters[0].name
        elif not place.owner:
            inner.self_name = outer.self_name
        for number, parameter in enumerate(function.parameters):
            if parameter.row:
                inner.bind(parameter.name, Binding("typed", parameter.kind, row=parameter.row))
            inner.bind(parameter.name, Binding("param", function.qual, str(number)))
        within = Place(f"{function.qual}.<locals>.", "", function.qual, method_of)
        self.block(node.body, inner, within)
        for name in function.globals:
            for binding in inner.names.pop(name, []):
                known = self.facts.names.setdefault(name, [])
                known.append(binding._replace(text=binding.text or function.qual))
        function.names, function.calls = inner.names, inner.calls
        function.stores = inner.stores
        function.yield_rows = list(dict.fromkeys(inner.yields))
        function.is_generator = bool(inner.yields)
        function.complexity += inner.complexity - 1
        self._keep_attributes(inner, function.qual, method_of)

    def _keep_attributes(self, scope: OpenScope, qual: str, owner: str) -> None:
        if owner in self.facts.classes:
            attributes = self.facts.classes[owner].attributes
            for name, bindings in scope.attributes.items():
                places = attributes.setdefault(name, [])
                places += [AttributeFacts(qual, binding) for binding in bindings]

    def _class(self, node: ast.ClassDef, scope: OpenScope, place: Place) -> None:
        qual = place.inside(node.name)
        found = ClassFacts(qual, node.lineno, node.end_lineno or node.lineno, place.function)
        found.docstring = ast.get_docstring(node) or ""
        found.bases = [self.expressions.read(_plain(one), scope) for one in node.bases]
        found.base_texts = [self._piece(one) for one in node.bases]
        found.decorators = decorators_of(node, self.expressions, scope, self._piece)
        found.fields = fields_of(node, self._piece)
        for keyword in node.keywords:
            self.expressions.read(keyword.value, scope)
        scope.bind(node.name, Binding("def", qual))
        self.facts.classes[qual] = found
        inner = OpenScope()
        self.block(node.body, inner, Place(f"{qual}.", qual, place.function, ""))
        found.names = inner.names
        scope.calls += inner.calls
        scope.stores += inner.stores

    def _type_alias(self, node: Any, scope: OpenScope) -> None:
        """`type Stores = dict[str, Store]`, which Python has from 3.12 on."""
        row = self.expressions.annotation(node.value, scope)
        scope.bind(node.name.id, Binding("value", row=row))

    def _import(self, node: ast.Import, scope: OpenScope, _: Place) -> None:
        for alias in node.names:
            self.facts.imports.append((alias.name, node.lineno))
            bound = alias.asname or alias.name.split(".")[0]
            scope.bind(bound, Binding("module", alias.name if alias.asname else bound))

    def _import_from(self, node: ast.ImportFrom, scope: OpenScope, _: Place) -> None:
        origin = self._absolute(node)
        for alias in node.names:
            if alias.name == "*":
                self.facts.stars.append(origin)
                self.facts.imports.append((origin, node.lineno))
            else:
                self.facts.imports.append((f"{origin}.{alias.name}", node.lineno))
                scope.bind(alias.asname or alias.name, Binding("from", origin, alias.name))

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        drop = node.level - (1 if self._is_package else 0)
        kept = self._parts[: len(self._parts) - drop] if drop else self._parts
        return ".".join([*kept, *([node.module] if node.module else [])])

    def _assign(self, node: ast.Assign, scope: OpenScope, place: Place) -> None:
        row = self.expressions.read(node.value, scope)
        for target in node.targets:
            self.expressions.bind_target(target, row, scope)
            if isinstance(target, ast.Name) and target.id == "__all__" and not place.prefix:
                self.facts.exports = _texts(node.value)

    def _annotated(self, node: ast.AnnAssign, scope: OpenScope, _: Place) -> None:
        row = self.expressions.annotation(node.annotation, scope)
        self.expressions.bind_typed(node.target, row, scope)
        if node.value is not None:
            self.expressions.bind_target(
                node.target, self.expressions.read(node.value, scope), scope
            )

    def _augmented(self, node: ast.AugAssign, scope: OpenScope, _: Place) -> None:
        self.expressions.read(node.value, scope)
        if isinstance(node.target, ast.Name):
            if node.target.id == "__all__" and self.facts.exports is not None:
                self.facts.exports += _texts(node.value) or []
            return
        owner = self.expressions.read(node.target.value, scope)
        attribute = node.target.attr if isinstance(node.target, ast.Attribute) else "[]"
        scope.stores.append(StoreFacts(owner, attribute, node.lineno))

    def _return(self, node: ast.Return, scope: OpenScope, place: Place) -> None:
        row = self.expressions.read(node.value, scope)
        function = self.facts.functions.get(place.function)
        if row and function and row not in function.return_rows:
            function.return_rows.append(row)

    def _raise(self, node: ast.Raise, scope: OpenScope, place: Place) -> None:
        self._read_children(node, scope)
        function = self.facts.functions.get(place.function)
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        if function and isinstance(raised, (ast.Name, ast.Attribute)):
            name = self._piece(raised)
            if name.rsplit(".", 1)[-1][:1].isupper() and name not in function.raises:
                function.raises.append(name)

    def _global(self, node: ast.Global, _: OpenScope, place: Place) -> None:
        if place.function in self.facts.functions:
            self.facts.functions[place.function].globals += node.names


def _plain(node: ast.expr) -> ast.expr:
    """`Repository[User]` is derived from `Repository`."""
    return node.value if isinstance(node, ast.Subscript) else node


def _texts(node: ast.expr) -> list[str] | None:
    if not isinstance(node, (ast.List, ast.Tuple)):
        return None
    return [
        one.value
        for one in node.elts
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    ]


_READERS: dict[type[ast.stmt], Callable[[StatementReader, Any, OpenScope, Place], None]] = {
    ast.FunctionDef: StatementReader._function,
    ast.AsyncFunctionDef: StatementReader._function,
    ast.ClassDef: StatementReader._class,
    ast.Import: StatementReader._import,
    ast.ImportFrom: StatementReader._import_from,
    ast.Assign: StatementReader._assign,
    ast.AnnAssign: StatementReader._annotated,
    ast.AugAssign: StatementReader._augmented,
    ast.Return: StatementReader._return,
    ast.Raise: StatementReader._raise,
    ast.Global: StatementReader._global,
    ast.If: blocks.read_if,
    ast.While: blocks.read_while,
    ast.For: blocks.read_for,
    ast.AsyncFor: blocks.read_for,
    ast.With: blocks.read_with,
    ast.AsyncWith: blocks.read_with,
    ast.Try: blocks.read_try,
    ast.TryStar: blocks.read_try,
    ast.Match: blocks.read_match,
}
