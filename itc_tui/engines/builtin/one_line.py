"""Code of a single line: its tree, and the same line with another text in a part's place."""

from __future__ import annotations

import ast


def parsed_line(code: str) -> ast.Module | None:
    """Nothing for what is indented, goes over several lines, or is no code: columns say no place
    in it."""
    if code != code.strip() or "\n" in code:
        return None
    try:
        return ast.parse(code)
    except SyntaxError:
        return None


def with_part_replaced(code: str, start: int, end: int, text: str) -> str:
    """Columns are those of a syntax tree, which counts bytes."""
    raw = code.encode("utf-8")
    return (raw[:start] + text.encode("utf-8") + raw[end:]).decode("utf-8")


def is_literal(code: str | ast.expr) -> bool:
    """It says a value, and needs no name for that."""
    try:
        ast.literal_eval(code.strip() if isinstance(code, str) else code)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return False
    return True
