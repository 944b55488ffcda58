"""Calls in a line of code without what they are handed for nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from itc_tui.engines.builtin.one_line import parsed_line, with_part_replaced

_CALLS_EACH = 3
_NEEDED = ("encoding=", "errors=", "newline=", "tzinfo=", "tz=")
"""Without it a machine's own setting would decide, which is the same here and not elsewhere."""


def with_fewer_arguments(code: str) -> Iterator[str]:
    """One of its calls without its named arguments, without one of them, or without its last.

    Whether what is left means the same has to be tried.
    """
    tree = parsed_line(code)
    if tree is None:
        return
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    able = [call for call in calls if len(call.args) + len(call.keywords) > 0 and _is_plain(call)]
    for call in able[:_CALLS_EACH]:
        for text in _shorter(code, call):
            yield with_part_replaced(code, call.col_offset, call.end_col_offset or 0, text)


def _is_plain(call: ast.Call) -> bool:
    is_spread = any(isinstance(one, ast.Starred) for one in call.args)
    return not is_spread and all(word.arg for word in call.keywords)


def _shorter(code: str, call: ast.Call) -> Iterator[str]:
    def text(node: ast.AST) -> str:
        return ast.get_source_segment(code, node) or ""

    func = text(call.func)
    plain = [text(one) for one in call.args]
    named = [f"{word.arg}={text(word.value)}" for word in call.keywords]
    if len(named) > 1 and not any(word.startswith(_NEEDED) for word in named):
        yield f"{func}({', '.join(plain)})"
    for word in named:
        if not word.startswith(_NEEDED):
            yield f"{func}({', '.join([*plain, *(one for one in named if one is not word)])})"
    if plain and not named:
        yield f"{func}({', '.join(plain[:-1])})"
