"""Walks the statements of a file and fills in its facts: scopes, classes, functions, imports."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from itc_tui.engines.builtin.map.definitions import (
    decorators_of,
    describe_function,
    fields_of,
    kind_of,
    parameters_of,
    together,
)
from itc_tui.engines.builtin.map.expressions import ExpressionReader, OpenScope, RowTable
from itc_tui.engines.builtin.map.facts import (
    AttributeFacts,
    Binding,
    ClassFacts,
    FunctionFacts,
    ModuleFacts,
    StoreFacts,
)

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


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


class StatementReader:
    def __init__(self, name: str, is_package: bool, piece: Callable[[Any], str]) -> None:
        self._parts = name.split(".")
        self._is_package = is_package
        self._piece = piece
        self._table = RowTable()
        self._expressions = ExpressionReader(self._table)
        self._facts = ModuleFacts()

    def read(self, tree: ast.Module) -> ModuleFacts:
        facts, scope = self._facts, OpenScope()
        facts.docstring = ast.get_docstring(tree) or ""
        self._block(tree.body, scope, Place())
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

    def _block(self, body: Iterable[ast.stmt], scope: OpenScope, place: Place) -> None:
        for statement in body:
            reader = _READERS.get(type(statement))
            if reader is None:
                self._read_children(statement, scope)
            else:
                reader(self, statement, scope, place)

    def _read_children(self, statement: ast.stmt, scope: OpenScope) -> None:
        for child in ast.iter_child_nodes(statement):
            if isinstance(child, ast.expr):
                self._expressions.read(child, scope)

    def _function(self, node: Function, scope: OpenScope, place: Place) -> None:
        qual = place.inside(node.name)
        for default in (*node.args.defaults, *node.args.kw_defaults):
            self._expressions.read(default, scope)
        function = FunctionFacts(qual, node.lineno, node.end_lineno or node.lineno)
        function.owner, function.parent = place.owner, place.function
        function.decorators = decorators_of(node, self._expressions, scope, self._piece)
        function.kind = kind_of(node, bool(place.owner), function.decorators)
        function.parameters = parameters_of(node.args, self._expressions, scope, self._piece)
        returns = self._expressions.annotation(node.returns, scope)
        function.returns_rows = [returns] if returns else []
        describe_function(function, node, self._piece)
        scope.bind(node.name, Binding("def", qual))
        earlier = self._facts.functions.get(qual)
        self._facts.functions[qual] = function
        self._function_body(function, node, scope, place)
        if earlier is not None:
            self._facts.functions[qual] = together(earlier, function)

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
        self._block(node.body, inner, within)
        for name in function.globals:
            for binding in inner.names.pop(name, []):
                known = self._facts.names.setdefault(name, [])
                known.append(binding._replace(text=binding.text or function.qual))
        function.names, function.calls = inner.names, inner.calls
        function.stores = inner.stores
        function.yield_rows = list(dict.fromkeys(inner.yields))
        function.is_generator = bool(inner.yields)
        function.complexity += inner.complexity - 1
        self._keep_attributes(inner, function.qual, method_of)

    def _keep_attributes(self, scope: OpenScope, qual: str, owner: str) -> None:
        if owner in self._facts.classes:
            attributes = self._facts.classes[owner].attributes
            for name, bindings in scope.attributes.items():
                places = attributes.setdefault(name, [])
                places += [AttributeFacts(qual, binding) for binding in bindings]

    def _class(self, node: ast.ClassDef, scope: OpenScope, place: Place) -> None:
        qual = place.inside(node.name)
        found = ClassFacts(qual, node.lineno, node.end_lineno or node.lineno, place.function)
        found.docstring = ast.get_docstring(node) or ""
        found.bases = [self._expressions.read(_plain(one), scope) for one in node.bases]
        found.base_texts = [self._piece(one) for one in node.bases]
        found.decorators = decorators_of(node, self._expressions, scope, self._piece)
        found.fields = fields_of(node, self._piece)
        for keyword in node.keywords:
            self._expressions.read(keyword.value, scope)
        scope.bind(node.name, Binding("def", qual))
        self._facts.classes[qual] = found
        inner = OpenScope()
        self._block(node.body, inner, Place(f"{qual}.", qual, place.function, ""))
        found.names = inner.names
        scope.calls += inner.calls
        scope.stores += inner.stores

    def _import(self, node: ast.Import, scope: OpenScope, _: Place) -> None:
        for alias in node.names:
            self._facts.imports.append((alias.name, node.lineno))
            bound = alias.asname or alias.name.split(".")[0]
            scope.bind(bound, Binding("module", alias.name if alias.asname else bound))

    def _import_from(self, node: ast.ImportFrom, scope: OpenScope, _: Place) -> None:
        origin = self._absolute(node)
        for alias in node.names:
            if alias.name == "*":
                self._facts.stars.append(origin)
                self._facts.imports.append((origin, node.lineno))
            else:
                self._facts.imports.append((f"{origin}.{alias.name}", node.lineno))
                scope.bind(alias.asname or alias.name, Binding("from", origin, alias.name))

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        drop = node.level - (1 if self._is_package else 0)
        kept = self._parts[: len(self._parts) - drop] if drop else self._parts
        return ".".join([*kept, *([node.module] if node.module else [])])

    def _assign(self, node: ast.Assign, scope: OpenScope, place: Place) -> None:
        row = self._expressions.read(node.value, scope)
        for target in node.targets:
            self._expressions.bind_target(target, row, scope)
            if isinstance(target, ast.Name) and target.id == "__all__" and not place.prefix:
                self._facts.exports = _texts(node.value)

    def _annotated(self, node: ast.AnnAssign, scope: OpenScope, _: Place) -> None:
        row = self._expressions.annotation(node.annotation, scope)
        self._expressions.bind_typed(node.target, row, scope)
        if node.value is not None:
            self._expressions.bind_target(
                node.target, self._expressions.read(node.value, scope), scope
            )

    def _augmented(self, node: ast.AugAssign, scope: OpenScope, _: Place) -> None:
        self._expressions.read(node.value, scope)
        if isinstance(node.target, ast.Name):
            if node.target.id == "__all__" and self._facts.exports is not None:
                self._facts.exports += _texts(node.value) or []
            return
        owner = self._expressions.read(node.target.value, scope)
        attribute = node.target.attr if isinstance(node.target, ast.Attribute) else "[]"
        scope.stores.append(StoreFacts(owner, attribute, node.lineno))

    def _return(self, node: ast.Return, scope: OpenScope, place: Place) -> None:
        row = self._expressions.read(node.value, scope)
        function = self._facts.functions.get(place.function)
        if row and function and row not in function.return_rows:
            function.return_rows.append(row)

    def _raise(self, node: ast.Raise, scope: OpenScope, place: Place) -> None:
        self._read_children(node, scope)
        function = self._facts.functions.get(place.function)
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        if function and isinstance(raised, (ast.Name, ast.Attribute)):
            name = self._piece(raised)
            if name.rsplit(".", 1)[-1][:1].isupper() and name not in function.raises:
                function.raises.append(name)

    def _global(self, node: ast.Global, _: OpenScope, place: Place) -> None:
        if place.function in self._facts.functions:
            self._facts.functions[place.function].globals += node.names

    def _if(self, node: ast.If, scope: OpenScope, place: Place) -> None:
        scope.complexity += 1
        if not place.prefix and _asks_for_main(node.test):
            self._facts.is_script = True
        self._expressions.read(node.test, scope)
        self._block(node.body, scope, place)
        self._block(node.orelse, scope, place)

    def _while(self, node: ast.While, scope: OpenScope, place: Place) -> None:
        scope.complexity += 1
        self._expressions.read(node.test, scope)
        self._block(node.body, scope, place)
        self._block(node.orelse, scope, place)

    def _for(self, node: ast.For | ast.AsyncFor, scope: OpenScope, place: Place) -> None:
        scope.complexity += 1
        self._expressions.bind_target(node.target, self._expressions.each(node.iter, scope), scope)
        self._block(node.body, scope, place)
        self._block(node.orelse, scope, place)

    def _with(self, node: ast.With | ast.AsyncWith, scope: OpenScope, place: Place) -> None:
        for item in node.items:
            row = self._expressions.entered(item.context_expr, scope)
            if item.optional_vars is not None:
                self._expressions.bind_target(item.optional_vars, row, scope)
        self._block(node.body, scope, place)

    def _try(self, node: Any, scope: OpenScope, place: Place) -> None:
        self._block(node.body, scope, place)
        for handler in node.handlers:
            scope.complexity += 1
            kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
            for kind in kinds:
                row = self._expressions.read(kind, scope)
                if handler.name:
                    scope.bind(handler.name, Binding("typed", row=row))
            self._block(handler.body, scope, place)
        self._block(node.orelse, scope, place)
        self._block(node.finalbody, scope, place)

    def _match(self, node: ast.Match, scope: OpenScope, place: Place) -> None:
        subject = self._expressions.read(node.subject, scope)
        for case in node.cases:
            scope.complexity += 1
            for part in ast.walk(case.pattern):
                if isinstance(part, ast.MatchClass) and isinstance(node.subject, ast.Name):
                    row = self._expressions.annotation(part.cls, scope)
                    scope.bind(node.subject.id, Binding("typed", row=row))
                elif isinstance(part, ast.MatchAs) and part.name:
                    self._bind_pattern(part, subject, scope)
            self._expressions.read(case.guard, scope)
            self._block(case.body, scope, place)

    def _bind_pattern(self, part: ast.MatchAs, subject: int, scope: OpenScope) -> None:
        if isinstance(part.pattern, ast.MatchClass):
            row = self._expressions.annotation(part.pattern.cls, scope)
            scope.bind(part.name or "", Binding("typed", row=row))
        elif part.pattern is None:
            scope.bind(part.name or "", Binding("value", row=subject))


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
    ast.If: StatementReader._if,
    ast.While: StatementReader._while,
    ast.For: StatementReader._for,
    ast.AsyncFor: StatementReader._for,
    ast.With: StatementReader._with,
    ast.AsyncWith: StatementReader._with,
    ast.Try: StatementReader._try,
    ast.TryStar: StatementReader._try,
    ast.Match: StatementReader._match,
}
