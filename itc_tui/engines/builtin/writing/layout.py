"""Lays Python out as a page wants it: quotes, columns, one element per line where it must break."""

from __future__ import annotations

import ast
import contextlib
import io
import re
import tokenize
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    width: int = 100
    quote: str = '"'


_PAGE = ContextVar("page", default=Page())  # noqa: B039 - it is frozen


@contextlib.contextmanager
def on_page(page: Page) -> Iterator[None]:
    """All that is laid out inside keeps to this page."""
    token = _PAGE.set(page)
    try:
        yield
    finally:
        _PAGE.reset(token)


def width() -> int:
    return _PAGE.get().width


def laid_out(code: str, indent: int = 0, prefix: str = "", suffix: str = "") -> str:
    """One statement or expression as text, its later lines indented by `indent` spaces."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return prefix + code + suffix
    if len(tree.body) == 1 and isinstance(tree.body[0], ast.Expr):
        return _expression(tree.body[0].value, indent, prefix, suffix)
    if len(tree.body) == 1 and isinstance(tree.body[0], ast.Assign):
        node = tree.body[0]
        left = " = ".join(quoted(ast.unparse(target)) for target in node.targets)
        return _expression(node.value, indent, f"{prefix}{left} = ", suffix)
    if len(tree.body) == 1 and (function := _plain_function(tree.body[0])) is not None:
        return prefix + _function(function, indent)
    text = quoted(ast.unparse(tree))
    return prefix + re.sub(r"\n(?!\n)", "\n" + " " * indent, text) + suffix


_Function = ast.FunctionDef | ast.AsyncFunctionDef
_ONE_LINE = ast.Expr | ast.Return | ast.Assign | ast.Pass


def _plain_function(node: ast.stmt) -> _Function | None:
    """One of a few plain statements, as they are written around what has to be awaited."""
    if not isinstance(node, _Function) or node.decorator_list or ast.get_docstring(node):
        return None
    return node if all(isinstance(one, _ONE_LINE) for one in node.body) else None


def _function(node: _Function, indent: int) -> str:
    head = ast.unparse(type(node)(**{**vars(node), "body": [ast.Pass()]})).partition("\n")[0]
    pad = "\n" + " " * (indent + 4)
    rows = [quoted(head)]
    for one in node.body:
        if isinstance(one, ast.Return) and one.value is not None:
            rows.append(_expression(one.value, indent + 4, "return ", ""))
        else:
            rows.append(laid_out(ast.unparse(one), indent + 4))
    return pad.join(rows)


def asserted(left: str, right: str, indent: int) -> str:
    """`assert left == right`, with `is` for the singletons."""
    if not right:
        return laid_out(left, indent, "assert ")
    node = ast.parse(left, mode="eval").body
    if right == "True" and left.startswith("isinstance("):
        return laid_out(left, indent, "assert ")
    if isinstance(node, ast.Compare) and right in ("True", "False"):
        if right == "True":
            return laid_out(left, indent, "assert ")
        opposite = _OPPOSITES.get(type(node.ops[0])) if len(node.ops) == 1 else None
        if opposite is None:
            return laid_out(left, indent, "assert not (", ")")
        # By their meaning these are the same; `==` and `!=` may be two methods.
        return laid_out(ast.unparse(_with_operator(node, opposite())), indent, "assert ")
    if isinstance(node, ast.Compare | ast.BoolOp | ast.UnaryOp | ast.Lambda | ast.IfExp):
        left = f"({left})"
    operator = "is" if right in ("None", "True", "False") else "=="
    whole = f"assert {quoted(left)} {operator} {quoted(right)}"
    if len(whole) + indent <= width() and "\n" not in whole:
        return whole
    head = laid_out(left, indent, "assert ", f" {operator} ")
    if "\n" not in head and len(head) + indent <= width() - 8:
        text = _expression(ast.parse(right, mode="eval").body, indent, head, "")
        if len(text.partition("\n")[0]) + indent <= width():
            return text
    inner = " " * (indent + 4)
    first = _expression(node, indent + 4, "", "")
    second = _expression(ast.parse(right, mode="eval").body, indent + 4, f"{operator} ", "")
    return f"assert (\n{inner}{first}\n{inner}{second}\n{' ' * indent})"


_OPPOSITES: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}


def _with_operator(node: ast.Compare, operator: ast.cmpop) -> ast.Compare:
    return ast.Compare(node.left, [operator], node.comparators)


def quoted(code: str) -> str:
    """The same code in the page's quotes where that needs no escape, without `u` before them."""
    code = _without_u(code)
    wanted = _PAGE.get().quote
    other = "'" if wanted == '"' else '"'
    if other not in code:
        return code

    def in_wanted(text: str) -> str:
        prefix = text[: len(text) - len(text.lstrip("rbuRBU"))]
        body = text[len(prefix) + 1 : -1]
        is_other = text[len(prefix)] == other and not text[len(prefix) :].startswith(other * 3)
        can_be = is_other and wanted not in body and "\\" + other not in body
        return f"{prefix}{wanted}{body}{wanted}" if can_be else text

    return _with_each_text(code, in_wanted)


def _without_u(code: str) -> str:
    """Documents that go back to Python 2 write `u"tea"`."""
    if not re.search(r"\b[uU]['\"]", code):
        return code
    return _with_each_text(code, lambda text: text.removeprefix("u").removeprefix("U"))


def _with_each_text(code: str, change: Callable[[str], str]) -> str:
    """The same code with its texts of one line, marks and all, as `change` gives them back."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(code).readline))
    except (tokenize.TokenError, SyntaxError):
        return code
    lines = code.splitlines(keepends=True)
    for token in reversed(tokens):
        if token.type == tokenize.STRING and token.start[0] == token.end[0]:
            row, start, end = token.start[0] - 1, token.start[1], token.end[1]
            lines[row] = lines[row][:start] + change(token.string) + lines[row][end:]
    return "".join(lines)


def _expression(node: ast.expr, indent: int, prefix: str, suffix: str) -> str:
    """`suffix` goes behind the last line; a trailing comma must fit as well."""
    text = quoted(ast.unparse(node))
    if indent + len(prefix) + len(text) + len(suffix) < width() and "\n" not in text:
        return prefix + text + suffix
    broken = _broken(node, indent)
    if broken is None or (len(broken[1]) == 1 and not prefix and _is_text(node)):
        return prefix + text + suffix
    opening, parts, closing = broken
    inner = " " * (indent + 4)
    body = "".join(f"{inner}{part}\n" for part in parts)
    return f"{prefix}{opening}\n{body}{' ' * indent}{closing}{suffix}"


def _broken(node: ast.expr, indent: int) -> tuple[str, list[str], str] | None:
    deeper = indent + 4
    if isinstance(node, ast.List | ast.Tuple | ast.Set) and node.elts:
        opening, closing = {ast.List: ("[", "]"), ast.Tuple: ("(", ")")}.get(type(node), ("{", "}"))
        return opening, [_expression(one, deeper, "", ",") for one in node.elts], closing
    if isinstance(node, ast.Dict) and node.keys:
        parts = []
        for key, value in zip(node.keys, node.values):
            head = "**" if key is None else quoted(ast.unparse(key)) + ": "
            parts.append(_expression(value, deeper, head, ","))
        return "{", parts, "}"
    if isinstance(node, ast.Call) and (node.args or node.keywords):
        parts = [_expression(one, deeper, "", ",") for one in node.args]
        for keyword in node.keywords:
            head = f"{keyword.arg}=" if keyword.arg else "**"
            parts.append(_expression(keyword.value, deeper, head, ","))
        return quoted(ast.unparse(node.func)) + "(", parts, ")"
    if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes) and node.value:
        pieces = _pieces(node.value, width() - deeper - 8)
        return "(", pieces, ")"
    if isinstance(node, ast.ListComp):
        parts = [_expression(node.elt, deeper, "", "")]
        for clause in node.generators:
            head = "async for" if clause.is_async else "for"
            head += f" {quoted(ast.unparse(clause.target))} in "
            tail = "".join(f" if {quoted(ast.unparse(one))}" for one in clause.ifs)
            parts.append(_expression(clause.iter, deeper, head, tail))
        return "[", parts, "]"
    return None


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant)


_NARROWEST = 16
"""Of a piece of text; deep inside nested values there may be no room left at all."""


def _pieces(value: str | bytes, width: int) -> list[str]:
    """A long text in lines: cut behind line ends first, then by length."""
    pieces: list[str] = []
    width = max(width, _NARROWEST)
    if isinstance(value, bytes):
        return [quoted(repr(value[i : i + width // 2])) for i in range(0, len(value), width // 2)]
    for line in value.splitlines(keepends=True):
        while len(repr(line)) > width:
            cut = line.rfind(" ", 1, width * 2 // 3) + 1 or width * 2 // 3
            pieces.append(quoted(repr(line[:cut])))
            line = line[cut:]
        if line:
            pieces.append(quoted(repr(line)))
    return pieces
