"""Tables of words that a function writes down: which of its own functions each word leads to."""

from __future__ import annotations

import ast
from typing import Any, Collection, Iterator, List, NamedTuple, Tuple

_FEWEST = 2
_LONGEST = 60


class Row(NamedTuple):
    word: str
    line: int
    leads_to: str
    """Name of a function."""


def rows_in(tree: ast.Module, names: Collection[str]) -> Iterator[Row]:
    """`names`: functions of the target. A table that a module holds is read from the module."""
    seen = set()
    for function in ast.walk(tree):
        if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        rows = [row for node in ast.walk(function) for row in _pairs(node, names)]
        if len({row.word for row in rows}) < _FEWEST:
            continue  # of a single pair nobody knows whether it is a table
        for row in rows:
            if row not in seen:  # an inner function is met with the outer one too
                seen.add(row)
                yield row


def _pairs(node: ast.AST, names: Collection[str]) -> Iterator[Row]:
    for key, value in _sides(node):
        name, word = _named(value), getattr(key, "value", None)
        is_word = isinstance(key, ast.Constant) and isinstance(word, str)
        if is_word and name in names and 0 < len(str(word)) <= _LONGEST:
            yield Row(str(word), key.lineno, name)


def _sides(node: ast.AST) -> List[Tuple[Any, Any]]:
    """Of `{"a": f}`, of `("a", f)`, of `table["a"] = f`."""
    if isinstance(node, ast.Dict):
        return list(zip(node.keys, node.values))
    if isinstance(node, (ast.Tuple, ast.List)) and len(node.elts) == _FEWEST:
        return [(node.elts[0], node.elts[1])]
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
        return [(node.targets[0].slice, node.value)]
    return []


def _named(node: Any) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""
