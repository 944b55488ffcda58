"""What docstrings say: a first line for people, and the exceptions that they announce."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

_FIELD = re.compile(r":(?:raises?|exception|except)\s+([\w.]+)\s*:")
_SECTION = re.compile(
    r"^([ \t]*)Raises:?[ \t]*\n(?:\1-+[ \t]*\n)?((?:[ \t]+\S.*\n|[ \t]*\n|\1[A-Z]\w+.*\n)+)", re.M
)


def documented(tree: ast.AST, prefix: str) -> Iterator[tuple[str, str]]:
    """Dotted name and docstring of every function and class."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            name = f"{prefix}.{node.name}"
            text = ast.get_docstring(node)
            if text:
                yield name, text
            if isinstance(node, ast.ClassDef):
                yield from documented(node, name)


def announced_errors(docstring: str) -> frozenset[str]:
    """Names of exceptions, in the three common styles of writing them down."""
    names = {name.rpartition(".")[2] for name in _FIELD.findall(docstring)}
    for _, body in _SECTION.findall(docstring + "\n"):
        for line in body.splitlines():
            found = re.match(
                r"\s*`*([A-Z]\w*(?:Error|Exception|Exit|Warning|Stop\w*))`*\s*(:|$)", line
            )
            if found:
                names.add(found[1])
    return frozenset(names)
