"""Lists, dicts and tuples in a line of code, and the same without what means nothing in them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence

from itc_tui.engines.builtin.one_line import parsed_line, with_part_replaced

_DISPLAYS_EACH = 2
_MARKS = {ast.List: "[]", ast.Tuple: "()", ast.Set: "{}", ast.Dict: "{}"}
_Display = ast.List | ast.Tuple | ast.Set | ast.Dict


def with_smaller_displays(code: str, is_odd: Callable[[str], bool]) -> Iterator[str]:
    """One of the longest of them without its items that hold an odd text, or without one of them.

    Items that mean something stay: three numbers to be summed up tell more than one.
    """
    tree = parsed_line(code)
    if tree is None:
        return
    found = [
        node for node in ast.walk(tree) if isinstance(node, _Display) and _is_whole(code, node)
    ]
    for node in sorted(found, key=lambda one: -_length(one))[:_DISPLAYS_EACH]:
        items = _items(code, node)
        odd = [item for item in items if any(is_odd(text) for text in _texts(item))]
        ways = [[item for item in items if item not in gone] for gone in (odd, odd[:1], odd[1:])]
        for way in dict.fromkeys(tuple(way) for way in ways if len(way) < len(items)):
            text = _written(node, way)
            yield with_part_replaced(code, node.col_offset, node.end_col_offset or 0, text)


def _is_whole(code: str, node: _Display) -> bool:
    """It has brackets of its own and items, none of which is spread out of another."""
    segment = ast.get_source_segment(code, node) or ""
    items = node.values if isinstance(node, ast.Dict) else node.elts
    is_spread = any(isinstance(one, ast.Starred) for one in items) or (
        isinstance(node, ast.Dict) and None in node.keys
    )
    is_read = isinstance(getattr(node, "ctx", ast.Load()), ast.Load)
    return bool(items) and not is_spread and is_read and segment[:1] == _MARKS[type(node)][0]


def _items(code: str, node: _Display) -> list[str]:
    def text(one: ast.expr | None) -> str:
        return (ast.get_source_segment(code, one) or "") if one is not None else ""

    if isinstance(node, ast.Dict):
        return [f"{text(key)}: {text(value)}" for key, value in zip(node.keys, node.values)]
    return [text(one) for one in node.elts]


def _texts(item: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(f"{{{item}}}")):
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
            yield node.value if isinstance(node.value, str) else node.value.decode("latin-1")


def _written(node: _Display, items: Sequence[str]) -> str:
    if not items and isinstance(node, ast.Set):
        return "set()"
    marks = _MARKS[type(node)]
    comma = "," if isinstance(node, ast.Tuple) and len(items) == 1 else ""
    return f"{marks[0]}{', '.join(items)}{comma}{marks[1]}"


def _length(node: _Display) -> int:
    return (node.end_col_offset or 0) - node.col_offset
