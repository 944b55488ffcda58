"""Parses Python that others wrote, and refuses what is nested too deeply to be worked with.

Whoever goes down a syntax tree calls itself once a level, `ast.unparse` three times, and Python
gives up at a thousand. What comes from here can be walked, written and changed by anybody.
"""

from __future__ import annotations

import ast
from typing import Iterator, List, Union

MOST_LEVELS = 120
"""Of one expression; people write some ten."""
_SHORT = 2 * MOST_LEVELS
"""Letters that cannot hold more levels than that."""
_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")


def parsed_source(text: Union[str, bytes]) -> ast.Module:
    """Raises SyntaxError for whatever cannot be parsed, or is nested too deeply."""
    try:
        tree = ast.parse(text)
    except (ValueError, RecursionError, MemoryError) as error:
        raise SyntaxError("cannot be parsed: %s" % error) from error
    if any(_is_deep(one) for one in _expressions(tree) if _is_long(one)):
        raise SyntaxError("an expression has more than %d levels" % MOST_LEVELS)
    return tree


def _expressions(tree: ast.Module) -> Iterator[ast.AST]:
    """The outermost ones: what statements and their heads are made of."""
    todo: List[ast.AST] = [tree]
    while todo:
        for name, value in ast.iter_fields(todo.pop()):
            inner = value if isinstance(value, list) else [value]
            if name in _BLOCKS:
                todo.extend(inner)
            else:
                yield from (one for one in inner if isinstance(one, ast.AST))


def _is_long(node: ast.AST) -> bool:
    first, last = getattr(node, "lineno", 0), getattr(node, "end_lineno", 0)
    if first != last or not first:
        return True
    return (getattr(node, "end_col_offset", 0) or 0) - getattr(node, "col_offset", 0) > _SHORT


def _is_deep(node: ast.AST) -> bool:
    level = [node]
    for _ in range(MOST_LEVELS):
        level = [inner for one in level for inner in ast.iter_child_nodes(one)]
        if not level:
            return False
    return True
