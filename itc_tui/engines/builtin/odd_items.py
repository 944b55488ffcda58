"""What a search put into a line of code for want of anything better, and plain things instead.

Some object in a list, yes or no among texts, the object of another class where anything goes:
a reader asks what they are there for.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from itc_tui.engines.builtin.one_line import parsed_line, with_part_replaced

_OURS = re.compile(r"v_\w+_\d+")
_WORDS = ("'name'", "'other'", "'third'", "'fourth'")
_NUMBERS = ("1", "2", "3", "4")
_COUNT = "3"
_TRIED_EACH = 3
_MADE_OF_OBJECTS = frozenset({"str", "repr", "open", "list", "len", "next", "iter", "sorted"})
"""Of a path or of what there is; of a word or a number they would say nothing."""


def odd_items(code: str) -> int:
    """How many things in it nobody would think of."""
    tree = parsed_line(code)
    if tree is None:
        return 0
    return sum(map(_oddness, _displays(tree))) + len([*_loose(tree)])


def with_plain_items(code: str) -> Iterator[str]:
    """A list of words or of numbers in place of one of odd things; a word or a number in place of
    an object that is handed over, and a number in place of yes and no."""
    tree = parsed_line(code)
    if tree is None:
        return
    for display in [one for one in _displays(tree) if _oddness(one)][:_TRIED_EACH]:
        for plain in (_WORDS, _NUMBERS):
            if len(display.elts) <= len(plain):
                yield _replaced(code, display, _like(display, plain[: len(display.elts)]))
    for given in [*_loose(tree)][:_TRIED_EACH]:
        is_yes = isinstance(given, ast.Constant) and given.value is True
        number = (_COUNT, "1" if is_yes else "0")
        for one in (_WORDS[0], _COUNT) if _is_object(given) else number:
            yield _replaced(code, given, one)


_Display = ast.List | ast.Tuple | ast.Set


def _displays(tree: ast.AST) -> Iterator[_Display]:
    for node in ast.walk(tree):
        if isinstance(node, ast.List | ast.Set) or (
            isinstance(node, ast.Tuple) and not isinstance(node.ctx, ast.Store)
        ):
            yield node


def _oddness(display: _Display) -> int:
    items = display.elts
    odd = sum(_is_object(one) or _is_of_no_use(one) for one in items)
    kinds = {type(one.value) for one in items if isinstance(one, ast.Constant)}
    return odd + (str in kinds and bool(kinds & {int, float}))


def _loose(tree: ast.AST) -> Iterator[ast.expr]:
    """Objects that are handed to a call, and a yes or no that comes first: no switch does."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if ast.unparse(node.func) in _MADE_OF_OBJECTS:
            continue
        handed = (*node.args, *(word.value for word in node.keywords))
        yield from (one for one in handed if _is_object(one))
        name = ast.unparse(node.func).rpartition(".")[2]
        first = node.args[0] if node.args and not name[:1].isupper() else None
        if isinstance(first, ast.Constant) and isinstance(first.value, bool):
            yield first


def _is_object(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and _OURS.fullmatch(node.id) is not None


def _is_of_no_use(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and (node.value is None or isinstance(node.value, bool))


def _like(display: _Display, items: tuple[str, ...]) -> str:
    text = ", ".join(items)
    if isinstance(display, ast.Tuple):
        return f"({text},)" if len(items) == 1 else f"({text})"
    return f"[{text}]" if isinstance(display, ast.List) else f"{{{text}}}"


def _replaced(code: str, node: ast.expr, text: str) -> str:
    return with_part_replaced(code, node.col_offset, node.end_col_offset or 0, text)
