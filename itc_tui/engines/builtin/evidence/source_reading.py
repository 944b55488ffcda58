"""What a parsed source says: its words, its docstrings, and what it defines."""

from __future__ import annotations

import ast
from collections.abc import Iterator


def words_in(tree: ast.Module) -> list[str]:
    skipped = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    found = [
        # A word of a protocol is bytes; as a text it is written to where bytes are asked for.
        node.value if isinstance(node.value, str) else node.value.decode("latin-1")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str | bytes)
        and id(node) not in skipped
        and 0 < len(node.value) <= 60
    ]
    return list(dict.fromkeys(found))[:200]


def docstrings_in(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            text = ast.get_docstring(node, clean=True)
            if text and node.body:
                yield text, node.body[0].lineno


def defined_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
