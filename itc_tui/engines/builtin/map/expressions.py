"""Turns the expressions of a file into rows: what each name, attribute and call is made of."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from itc_tui.engines.builtin.map.facts import UNKNOWN, Binding, CallFacts, Names, Row, StoreFacts

DEPTH_LIMIT = 120
"""Deeper expressions are written by generators; what lies below is not followed."""
LITERAL_LIMIT = 80


@dataclass(slots=True)
class OpenScope:
    """What is gathered while a function's, a class's or the module's own statements are read."""

    names: Names = field(default_factory=dict)
    calls: list[CallFacts] = field(default_factory=list)
    yields: list[int] = field(default_factory=list)
    stores: list[StoreFacts] = field(default_factory=list)
    complexity: int = 1
    self_name: str = ""
    """What the method around calls its instance."""
    attributes: dict[str, list[Binding]] = field(default_factory=dict)
    """What is set on that instance."""

    def bind(self, name: str, binding: Binding) -> None:
        known = self.names.setdefault(name, [])
        if binding not in known:
            known.append(binding)


class RowTable:
    """Every different expression once."""

    def __init__(self) -> None:
        self.rows: list[Row] = [Row("unknown", "", ())]
        self._places: dict[Row, int] = {self.rows[0]: UNKNOWN}

    def add(self, op: str, text: str = "", parts: tuple[int, ...] = ()) -> int:
        row = Row(op, text, parts)
        place = self._places.get(row)
        if place is None:
            place = self._places[row] = len(self.rows)
            self.rows.append(row)
        return place


class ExpressionReader:
    def __init__(self, table: RowTable) -> None:
        self._table = table
        self._depth = 0
        self._readers: dict[type[ast.AST], Callable[[Any, OpenScope], int]] = {
            ast.Name: self._name,
            ast.Attribute: self._attribute,
            ast.Call: self._call,
            ast.Await: self._inner,
            ast.Starred: self._star,
            ast.NamedExpr: self._named,
            ast.BoolOp: self._any_value,
            ast.IfExp: self._either,
            ast.BinOp: self._binary,
            ast.Subscript: self._item,
            ast.Constant: self._constant,
            ast.List: self._many,
            ast.Set: self._many,
            ast.Tuple: self._many,
            ast.Dict: self._mapping,
            ast.ListComp: self._comprehension,
            ast.SetComp: self._comprehension,
            ast.GeneratorExp: self._comprehension,
            ast.DictComp: self._comprehension,
            ast.Lambda: self._lambda,
            ast.Yield: self._yield,
            ast.YieldFrom: self._yield,
            ast.JoinedStr: self._text,
        }

    def read(self, node: ast.expr | None, scope: OpenScope) -> int:
        """The row of `node`; calls, bindings and yields inside it go to `scope`."""
        if node is None or self._depth > DEPTH_LIMIT:
            return UNKNOWN
        self._depth += 1
        try:
            return self._readers.get(type(node), self._others)(node, scope)
        finally:
            self._depth -= 1

    def annotation(self, node: ast.expr | None, scope: OpenScope) -> int:
        """The row of a type; types in quotes are read like the others."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            try:
                return self.annotation(ast.parse(node.value.strip(), mode="eval").body, scope)
            except (SyntaxError, ValueError, RecursionError):
                return UNKNOWN
        if isinstance(node, ast.BinOp):
            sides = (self.annotation(node.left, scope), self.annotation(node.right, scope))
            return self._table.add("any", "", sides)
        if isinstance(node, ast.Subscript):
            inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            head = self.annotation(node.value, scope)
            parts = (head, *(self.annotation(part, scope) for part in inner))
            return self._table.add("item", "", parts)
        if isinstance(node, ast.List):
            return UNKNOWN
        if isinstance(node, (ast.Name, ast.Attribute)):
            return self.read(node, scope)
        return UNKNOWN

    def bind_target(self, target: ast.expr, row: int, scope: OpenScope) -> None:
        """`target = <row>`, taking tuples apart."""
        if isinstance(target, ast.Name):
            scope.bind(target.id, Binding("value", row=row))
        elif isinstance(target, (ast.Tuple, ast.List)):
            for number, part in enumerate(target.elts):
                self.bind_target(part, self._table.add("pick", str(number), (row,)), scope)
        elif isinstance(target, ast.Starred):
            self.bind_target(target.value, row, scope)
        elif isinstance(target, ast.Attribute):
            self._set_attribute(target, Binding("value", row=row), scope)
        elif isinstance(target, ast.Subscript):
            self.read(target, scope)
            owner = self.read(target.value, scope)
            scope.stores.append(StoreFacts(owner, "[]", target.lineno))

    def bind_typed(self, target: ast.expr, row: int, scope: OpenScope) -> None:
        """`target: <row>`."""
        if isinstance(target, ast.Name):
            scope.bind(target.id, Binding("typed", row=row))
        elif isinstance(target, ast.Attribute):
            self._set_attribute(target, Binding("typed", row=row), scope)

    def _set_attribute(self, target: ast.Attribute, binding: Binding, scope: OpenScope) -> None:
        owner = self.read(target.value, scope)
        if isinstance(target.value, ast.Name) and target.value.id == scope.self_name:
            scope.attributes.setdefault(target.attr, []).append(binding)
        else:
            scope.stores.append(StoreFacts(owner, target.attr, target.lineno))

    def each(self, node: ast.expr, scope: OpenScope) -> int:
        """What a loop over `node` gives."""
        row = self._table.add("each", "", (self.read(node, scope),))
        scope.calls.append(CallFacts(row, node.lineno, node.col_offset))
        return row

    def entered(self, node: ast.expr, scope: OpenScope) -> int:
        """What `with node as x` binds to x."""
        row = self._table.add("enter", "", (self.read(node, scope),))
        scope.calls.append(CallFacts(row, node.lineno, node.col_offset))
        return row

    def _name(self, node: ast.Name, _: OpenScope) -> int:
        return self._table.add("name", node.id)

    def _attribute(self, node: ast.Attribute, scope: OpenScope) -> int:
        row = self._plain_attribute(node, scope)
        if getattr(node.value, "id", "") != scope.self_name and not node.attr.startswith("_"):
            # It may be a property, which runs without a call.
            scope.calls.append(CallFacts(row, node.lineno, node.col_offset))
        return row

    def _plain_attribute(self, node: ast.Attribute, scope: OpenScope) -> int:
        row = self._table.add("attr", node.attr, (self.read(node.value, scope),))
        if node.attr == "environ" and getattr(node.value, "id", "") == "os":
            # Handed on as a mapping, it reaches outside without a call.
            whole = self._table.add("item", "", (row,))
            scope.calls.append(CallFacts(whole, node.lineno, node.col_offset))
        return row

    def _call(self, node: ast.Call, scope: OpenScope) -> int:
        keywords = ",".join(word.arg or "**" for word in node.keywords)
        if isinstance(node.func, ast.Attribute):
            parts = [self._plain_attribute(node.func, scope)]
        else:
            parts = [self.read(node.func, scope)]
        parts += [self.read(argument, scope) for argument in node.args]
        parts += [self.read(word.value, scope) for word in node.keywords]
        row = self._table.add("call", keywords, tuple(parts))
        scope.calls.append(CallFacts(row, node.lineno, node.col_offset))
        self._narrow(node, scope)
        return row

    def _narrow(self, node: ast.Call, scope: OpenScope) -> None:
        """`isinstance(x, Store)` tells what x may be."""
        if isinstance(node.func, ast.Name) and node.func.id == "isinstance" and len(node.args) == 2:
            subject, kinds = node.args
            if isinstance(subject, ast.Name):
                for kind in kinds.elts if isinstance(kinds, ast.Tuple) else [kinds]:
                    scope.bind(subject.id, Binding("typed", row=self.annotation(kind, scope)))

    def _star(self, node: ast.Starred, scope: OpenScope) -> int:
        return self._table.add("star", "", (self.read(node.value, scope),))

    def _inner(self, node: ast.Await, scope: OpenScope) -> int:
        return self.read(node.value, scope)

    def _named(self, node: ast.NamedExpr, scope: OpenScope) -> int:
        row = self.read(node.value, scope)
        scope.bind(node.target.id, Binding("value", row=row))
        return row

    def _any_value(self, node: ast.BoolOp, scope: OpenScope) -> int:
        scope.complexity += len(node.values) - 1
        return self._table.add("any", "", tuple(self.read(value, scope) for value in node.values))

    def _either(self, node: ast.IfExp, scope: OpenScope) -> int:
        scope.complexity += 1
        self.read(node.test, scope)
        return self._table.add(
            "any", "", (self.read(node.body, scope), self.read(node.orelse, scope))
        )

    def _binary(self, node: ast.BinOp, scope: OpenScope) -> int:
        return self._table.add(
            "any", "", (self.read(node.left, scope), self.read(node.right, scope))
        )

    def _item(self, node: ast.Subscript, scope: OpenScope) -> int:
        inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        head = self.read(node.value, scope)
        row = self._table.add("item", "", (head, *(self.read(part, scope) for part in inner)))
        self._read_environment(node, row, scope)
        return row

    def _read_environment(self, node: ast.Subscript, row: int, scope: OpenScope) -> None:
        """`os.environ["HOME"]` reaches outside without a call."""
        name = getattr(node.value, "attr", "") or getattr(node.value, "id", "")
        if name == "environ":
            scope.calls.append(CallFacts(row, node.lineno, node.col_offset))

    def _constant(self, node: ast.Constant, _: OpenScope) -> int:
        if node.value is None or node.value is ...:
            return UNKNOWN
        value = node.value
        if isinstance(value, int) and value.bit_length() > 256:
            return self._table.add("literal", "int …")
        if isinstance(value, (str, bytes)):
            value = value[:LITERAL_LIMIT]
        return self._table.add("literal", f"{type(value).__name__} {value!r}")

    def _text(self, node: ast.JoinedStr, scope: OpenScope) -> int:
        self._others(node, scope)
        return self._table.add("literal", "str …")

    def _many(self, node: ast.List | ast.Set | ast.Tuple, scope: OpenScope) -> int:
        word = "tuple" if isinstance(node, ast.Tuple) else "list"
        parts = tuple(self.read(element, scope) for element in node.elts)
        return self._table.add("many", word, parts if len(parts) <= 64 else parts[:64])

    def _mapping(self, node: ast.Dict, scope: OpenScope) -> int:
        for key in node.keys:
            self.read(key, scope)
        parts = tuple(dict.fromkeys(self.read(value, scope) for value in node.values))
        return self._table.add("many", "dict", parts[:64])

    def _comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp, scope: OpenScope
    ) -> int:
        scope.complexity += 1
        for part in node.generators:
            self.bind_target(part.target, self.each(part.iter, scope), scope)
            for condition in part.ifs:
                self.read(condition, scope)
        if isinstance(node, ast.DictComp):
            self.read(node.key, scope)
            return self._table.add("many", "dict", (self.read(node.value, scope),))
        return self._table.add("many", "list", (self.read(node.elt, scope),))

    def _lambda(self, node: ast.Lambda, scope: OpenScope) -> int:
        arguments = node.args
        for parameter in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
            scope.bind(parameter.arg, Binding("opaque"))
        for default in (*arguments.defaults, *arguments.kw_defaults):
            self.read(default, scope)
        return self._table.add("lambda", "", (self.read(node.body, scope),))

    def _yield(self, node: ast.Yield | ast.YieldFrom, scope: OpenScope) -> int:
        row = self.read(node.value, scope)
        scope.yields.append(
            self._table.add("each", "", (row,)) if isinstance(node, ast.YieldFrom) else row
        )
        return UNKNOWN

    def _others(self, node: ast.expr, scope: OpenScope) -> int:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.read(child, scope)
        return UNKNOWN
