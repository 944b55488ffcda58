"""What a parsed source says: its words, its docstrings, and what it defines."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator


def words_in(tree: ast.Module) -> list[str]:
    """What may be said to the code; not what it says itself."""
    skipped = {id(part) for node in ast.walk(tree) for part in _said_by_it(node)}
    found = [
        # A word of a protocol is bytes; as a text it is written to where bytes are asked for.
        node.value if isinstance(node.value, str) else node.value.decode("latin-1")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str | bytes)
        and id(node) not in skipped
        and 0 < len(node.value) <= 60
    ]
    return [word for word in dict.fromkeys(found) if not _OF_ITSELF.search(word)][:200]


_OF_ITSELF = re.compile(r"\{(?:self|cls)\b")
"""A form for what an object says of itself, filled in elsewhere."""


def _said_by_it(node: ast.AST) -> Iterator[ast.AST]:
    """Docstrings, templates of what it prints, complaints, and lists of its own names."""
    if isinstance(node, ast.Expr):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield from node.values
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        yield node.left
    elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
        yield from node.exc.args
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr == "format":
            yield node.func.value
        elif node.func.attr in _TELLING:
            yield from node.args
    elif isinstance(node, ast.Assign):
        names = {target.id for target in node.targets if isinstance(target, ast.Name)}
        if names & _LISTS_OF_NAMES:
            yield from ast.walk(node.value)


_TELLING = frozenset({"debug", "info", "warn", "warning", "error", "exception", "critical", "log"})
_LISTS_OF_NAMES = frozenset({"__all__", "__slots__", "__match_args__"})


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
