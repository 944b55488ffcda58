"""Reads the heads of functions and classes: parameters, decorators, fields, what kind it is."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any, TypeAlias

from itc_tui.engines.builtin.map.expressions import ExpressionReader
from itc_tui.engines.builtin.map.facts import (
    DecoratorFacts,
    FieldFacts,
    FunctionFacts,
    ParameterFacts,
)
from itc_tui.engines.builtin.map.open_scope import OpenScope

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
Piece: TypeAlias = Callable[[Any], str]


def decorators_of(
    node: Function | ast.ClassDef, expressions: ExpressionReader, scope: OpenScope, piece: Piece
) -> list[DecoratorFacts]:
    return [
        DecoratorFacts(piece(one), expressions.read(one, scope), one.lineno)
        for one in node.decorator_list
    ]


def kind_of(node: Function, is_in_class: bool, decorators: list[DecoratorFacts]) -> str:
    if not is_in_class:
        return "function"
    names = [decorator.text.split("(")[0].rsplit(".", 1)[-1] for decorator in decorators]
    if "staticmethod" in names:
        return "staticmethod"
    if "classmethod" in names or node.name in ("__new__", "__init_subclass__", "__class_getitem__"):
        return "classmethod"
    if any("property" in name for name in names):
        return "property"
    return "method"


def parameters_of(
    arguments: ast.arguments, expressions: ExpressionReader, scope: OpenScope, piece: Piece
) -> list[ParameterFacts]:
    plain = [*arguments.posonlyargs, *arguments.args]
    defaults: list[ast.expr | None] = [None] * (len(plain) - len(arguments.defaults))
    defaults += arguments.defaults
    entries = [
        (one, "positional" if one in arguments.posonlyargs else "plain", default)
        for one, default in zip(plain, defaults)
    ]
    if arguments.vararg:
        entries.append((arguments.vararg, "varargs", None))
    entries += [
        (one, "keyword", default)
        for one, default in zip(arguments.kwonlyargs, arguments.kw_defaults)
    ]
    if arguments.kwarg:
        entries.append((arguments.kwarg, "kwargs", None))
    return [
        ParameterFacts(
            one.arg,
            kind,
            piece(one.annotation),
            expressions.annotation(one.annotation, scope),
            piece(default),
            expressions.read(default, OpenScope()),
        )
        for one, kind, default in entries
    ]


def describe_function(function: FunctionFacts, node: Function, piece: Piece) -> None:
    """Fill in what a person would read off the definition."""
    function.is_async = isinstance(node, ast.AsyncFunctionDef)
    function.returns = piece(node.returns)
    function.docstring = ast.get_docstring(node) or ""
    function.signature = _signature(node.name, function.parameters, function.returns)
    function.is_abstract = _is_abstract(node, function.decorators)


def together(earlier: FunctionFacts, later: FunctionFacts) -> FunctionFacts:
    """One name defined twice: overloads, a property's setter, the branches of an `if`."""
    is_setter = any(one.text.endswith((".setter", ".deleter")) for one in later.decorators)
    first, other = (earlier, later) if is_setter else (later, earlier)
    for name, bindings in other.names.items():
        known = first.names.setdefault(name, [])
        known += [one for one in bindings if one not in known and one.kind != "param"]
    first.calls = first.calls + other.calls
    first.stores = first.stores + other.stores
    first.raises = list(dict.fromkeys((*first.raises, *other.raises)))
    first.return_rows = list(dict.fromkeys((*first.return_rows, *other.return_rows)))
    first.returns_rows = list(dict.fromkeys((*first.returns_rows, *other.returns_rows)))
    first.docstring = first.docstring or other.docstring
    first.complexity = max(first.complexity, other.complexity)
    return first


def fields_of(node: ast.ClassDef, piece: Piece) -> list[FieldFacts]:
    return [
        FieldFacts(one.target.id, piece(one.annotation), piece(one.value))
        for one in node.body
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
    ]


def _signature(name: str, parameters: list[ParameterFacts], returns: str) -> str:
    stars = {"varargs": "*", "kwargs": "**"}
    words: list[str] = []
    earlier = ""
    for one in parameters:
        if earlier == "positional" and one.kind != "positional":
            words.append("/")
        if one.kind == "keyword" and earlier not in ("varargs", "keyword"):
            words.append("*")
        word = stars.get(one.kind, "") + one.name
        if one.annotation:
            word += f": {one.annotation}" + (f" = {one.default}" if one.default else "")
        elif one.default:
            word += f"={one.default}"
        words.append(word)
        earlier = one.kind
    if earlier == "positional":
        words.append("/")
    return f"{name}({', '.join(words)})" + (f" -> {returns}" if returns else "")


def _is_abstract(node: Function, decorators: list[DecoratorFacts]) -> bool:
    if any("abstract" in decorator.text for decorator in decorators):
        return True
    body = [one for one in node.body if not _is_text_or_dots(one)]
    if not body:
        return True
    if len(body) > 1 or not isinstance(body[0], ast.Raise):
        return False
    raised = body[0].exc.func if isinstance(body[0].exc, ast.Call) else body[0].exc
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"


def _is_text_or_dots(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
