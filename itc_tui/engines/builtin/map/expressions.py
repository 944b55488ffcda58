"""Turns the expressions of a file into rows: what each name, attribute and call is made of."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from itc_tui.engines.builtin.map.facts import NARROWED, UNKNOWN, Binding, CallFacts, StoreFacts
from itc_tui.engines.builtin.map.open_scope import OpenScope, RowTable

DEPTH_LIMIT = 120
"""Deeper expressions are written by generators; what lies below is not followed."""
LITERAL_LIMIT = 80


class ExpressionReader:
    def __init__(self, table: RowTable) -> None:
        self.table = table
        self._depth = 0

    def read(self, node: ast.expr | None, scope: OpenScope) -> int:
        """The row of `node`; calls, bindings and yields inside it go to `scope`."""
        if node is None or self._depth > DEPTH_LIMIT:
            return UNKNOWN
        self._depth += 1
        try:
            return _READERS.get(type(node), _others)(self, node, scope)
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
            return self.table.add("any", "", sides)
        if isinstance(node, ast.Subscript):
            inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            head = self.annotation(node.value, scope)
            parts = (head, *(self.annotation(part, scope) for part in inner))
            return self.table.add("item", "", parts)
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
                self.bind_target(part, self.table.add("pick", str(number), (row,)), scope)
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
        row = self.table.add("each", "", (self.read(node, scope),))
        scope.calls.append(CallFacts(row, node.lineno, node.col_offset))
        return row

    def entered(self, node: ast.expr, scope: OpenScope) -> int:
        """What `with node as x` binds to x."""
        row = self.table.add("enter", "", (self.read(node, scope),))
        scope.calls.append(CallFacts(row, node.lineno, node.col_offset))
        return row


def _name(reader: ExpressionReader, node: ast.Name, _: OpenScope) -> int:
    return reader.table.add("name", node.id)


def _attribute(reader: ExpressionReader, node: ast.Attribute, scope: OpenScope) -> int:
    row = _plain_attribute(reader, node, scope)
    if getattr(node.value, "id", "") != scope.self_name and not node.attr.startswith("_"):
        # It may be a property, which runs without a call.
        scope.calls.append(CallFacts(row, node.lineno, node.col_offset))
    return row


def _plain_attribute(reader: ExpressionReader, node: ast.Attribute, scope: OpenScope) -> int:
    row = reader.table.add("attr", node.attr, (reader.read(node.value, scope),))
    if node.attr == "environ" and getattr(node.value, "id", "") == "os":
        # Handed on as a mapping, it reaches outside without a call.
        whole = reader.table.add("item", "", (row,))
        scope.calls.append(CallFacts(whole, node.lineno, node.col_offset))
    return row


def _call(reader: ExpressionReader, node: ast.Call, scope: OpenScope) -> int:
    keywords = ",".join(word.arg or "**" for word in node.keywords)
    if isinstance(node.func, ast.Attribute):
        parts = [_plain_attribute(reader, node.func, scope)]
    else:
        parts = [reader.read(node.func, scope)]
    parts += [reader.read(argument, scope) for argument in node.args]
    parts += [reader.read(word.value, scope) for word in node.keywords]
    row = reader.table.add("call", keywords, tuple(parts))
    scope.calls.append(CallFacts(row, node.lineno, node.col_offset))
    _narrow(reader, node, scope)
    return row


def _narrow(reader: ExpressionReader, node: ast.Call, scope: OpenScope) -> None:
    """`isinstance(x, Store)` tells what x may be."""
    if isinstance(node.func, ast.Name) and node.func.id == "isinstance" and len(node.args) == 2:
        subject, kinds = node.args
        if isinstance(subject, ast.Name):
            for kind in kinds.elts if isinstance(kinds, ast.Tuple) else [kinds]:
                row = reader.annotation(kind, scope)
                scope.bind(subject.id, Binding("typed", NARROWED, row=row))


def _star(reader: ExpressionReader, node: ast.Starred, scope: OpenScope) -> int:
    return reader.table.add("star", "", (reader.read(node.value, scope),))


def _inner(reader: ExpressionReader, node: ast.Await, scope: OpenScope) -> int:
    return reader.read(node.value, scope)


def _named(reader: ExpressionReader, node: ast.NamedExpr, scope: OpenScope) -> int:
    row = reader.read(node.value, scope)
    scope.bind(node.target.id, Binding("value", row=row))
    return row


def _any_value(reader: ExpressionReader, node: ast.BoolOp, scope: OpenScope) -> int:
    scope.complexity += len(node.values) - 1
    return reader.table.add("any", "", tuple(reader.read(value, scope) for value in node.values))


def _either(reader: ExpressionReader, node: ast.IfExp, scope: OpenScope) -> int:
    scope.complexity += 1
    reader.read(node.test, scope)
    return reader.table.add(
        "any", "", (reader.read(node.body, scope), reader.read(node.orelse, scope))
    )


def _binary(reader: ExpressionReader, node: ast.BinOp, scope: OpenScope) -> int:
    return reader.table.add(
        "any", "", (reader.read(node.left, scope), reader.read(node.right, scope))
    )


def _item(reader: ExpressionReader, node: ast.Subscript, scope: OpenScope) -> int:
    inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    head = reader.read(node.value, scope)
    row = reader.table.add("item", "", (head, *(reader.read(part, scope) for part in inner)))
    _read_environment(node, row, scope)
    return row


def _read_environment(node: ast.Subscript, row: int, scope: OpenScope) -> None:
    """`os.environ["HOME"]` reaches outside without a call."""
    name = getattr(node.value, "attr", "") or getattr(node.value, "id", "")
    if name == "environ":
        scope.calls.append(CallFacts(row, node.lineno, node.col_offset))


def _constant(reader: ExpressionReader, node: ast.Constant, _: OpenScope) -> int:
    if node.value is None or node.value is ...:
        return UNKNOWN
    value = node.value
    if isinstance(value, int) and value.bit_length() > 256:
        return reader.table.add("literal", "int …")
    if isinstance(value, (str, bytes)):
        value = value[:LITERAL_LIMIT]
    return reader.table.add("literal", f"{type(value).__name__} {value!r}")


def _text(reader: ExpressionReader, node: ast.JoinedStr, scope: OpenScope) -> int:
    _others(reader, node, scope)
    return reader.table.add("literal", "str …")


def _many(reader: ExpressionReader, node: ast.List | ast.Set | ast.Tuple, scope: OpenScope) -> int:
    word = "tuple" if isinstance(node, ast.Tuple) else "list"
    parts = tuple(reader.read(element, scope) for element in node.elts)
    return reader.table.add("many", word, parts if len(parts) <= 64 else parts[:64])


def _mapping(reader: ExpressionReader, node: ast.Dict, scope: OpenScope) -> int:
    for key in node.keys:
        reader.read(key, scope)
    parts = tuple(dict.fromkeys(reader.read(value, scope) for value in node.values))
    return reader.table.add("many", "dict", parts[:64])


def _comprehension(
    reader: ExpressionReader,
    node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp,
    scope: OpenScope,
) -> int:
    scope.complexity += 1
    for part in node.generators:
        reader.bind_target(part.target, reader.each(part.iter, scope), scope)
        for condition in part.ifs:
            reader.read(condition, scope)
    if isinstance(node, ast.DictComp):
        reader.read(node.key, scope)
        return reader.table.add("many", "dict", (reader.read(node.value, scope),))
    return reader.table.add("many", "list", (reader.read(node.elt, scope),))


def _lambda(reader: ExpressionReader, node: ast.Lambda, scope: OpenScope) -> int:
    arguments = node.args
    for parameter in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        scope.bind(parameter.arg, Binding("opaque"))
    for default in (*arguments.defaults, *arguments.kw_defaults):
        reader.read(default, scope)
    return reader.table.add("lambda", "", (reader.read(node.body, scope),))


def _yield(reader: ExpressionReader, node: ast.Yield | ast.YieldFrom, scope: OpenScope) -> int:
    row = reader.read(node.value, scope)
    scope.yields.append(
        reader.table.add("each", "", (row,)) if isinstance(node, ast.YieldFrom) else row
    )
    return UNKNOWN


def _others(reader: ExpressionReader, node: ast.expr, scope: OpenScope) -> int:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            reader.read(child, scope)
    return UNKNOWN


_READERS: dict[type[ast.AST], Callable[[ExpressionReader, Any, OpenScope], int]] = {
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Call: _call,
    ast.Await: _inner,
    ast.Starred: _star,
    ast.NamedExpr: _named,
    ast.BoolOp: _any_value,
    ast.IfExp: _either,
    ast.BinOp: _binary,
    ast.Subscript: _item,
    ast.Constant: _constant,
    ast.List: _many,
    ast.Set: _many,
    ast.Tuple: _many,
    ast.Dict: _mapping,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.DictComp: _comprehension,
    ast.Lambda: _lambda,
    ast.Yield: _yield,
    ast.YieldFrom: _yield,
    ast.JoinedStr: _text,
}
