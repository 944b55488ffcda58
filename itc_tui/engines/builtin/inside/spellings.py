"""How a text writes what code calls by a word: of `{"[": "lbracket"}`, that one is the other."""

from __future__ import annotations

import ast
from typing import Any, Dict, Iterator, List, Tuple

_LONGEST_MARK = 3
_MOST_EACH = 4


def spellings_in(trees: List[ast.Module]) -> Dict[str, List[str]]:
    """Word → marks that stand beside it in a map, in a call, or in a row."""
    found: Dict[str, List[str]] = {}
    for tree in trees:
        for node in ast.walk(tree):
            for word, mark in _pairs(node):
                row = found.setdefault(word, [])
                if mark not in row and len(row) < _MOST_EACH:
                    row.append(mark)
    return found


def _pairs(node: ast.AST) -> Iterator[Tuple[str, str]]:
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values):
            yield from _both(_texts([key, value]))
        yield from _both(_texts(node.values))
    elif isinstance(node, ast.Call):
        yield from _both(_texts(node.args))
    elif isinstance(node, (ast.Tuple, ast.List)):
        yield from _both(_texts(node.elts))


def _both(texts: List[str]) -> Iterator[Tuple[str, str]]:
    """Few enough to be about each other."""
    words = [text for text in texts if text.replace("_", "").isalpha() and len(text) > 1]
    marks = [text for text in texts if _is_mark(text)]
    if len(words) <= 2 and len(marks) == 1:
        for word in words:
            yield word, marks[0]


def _texts(nodes: List[Any]) -> List[str]:
    return [
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def _is_mark(text: str) -> bool:
    has_letter = any(letter.isalnum() or letter.isspace() for letter in text)
    return 0 < len(text) <= _LONGEST_MARK and not has_letter
