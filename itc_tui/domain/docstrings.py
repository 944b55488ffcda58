"""What the docstring of a test says of an observed expectation, kept true when that changes."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator, Mapping

from itc_tui.domain.case_syntax import FunctionNode
from itc_tui.domain.words import Provenance

STANDING = {
    Provenance.OBSERVED: "(as observed, nowhere promised)",
    Provenance.APPROVED: "(as observed, and approved in the plan by a person)",
}
"""What engines write behind an expectation that was observed."""
WITHIN_WORDS = {
    Provenance.OBSERVED: "(the values themselves as observed)",
    Provenance.APPROVED: (
        "(the values themselves as observed, and approved in the plan by a person)"
    ),
}
"""The same, where documents say something of the values, which is less than all of it."""


def restated(text: str, standings: Mapping[str, Provenance], width: int) -> str:
    """The same test file, with these functions saying who stands for what they expect.

    Only our own words are replaced: what a person wrote there instead is theirs.
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return text
    lines = text.split("\n")
    for name, docstring in reversed(list(_docstrings(tree.body))):
        if name in standings:
            at = slice(docstring.lineno - 1, docstring.end_lineno)
            lines[at] = _restated(lines[at], standings[name], width)
    return "\n".join(lines)


def _docstrings(body: list[ast.stmt], owner: str = "") -> Iterator[tuple[str, ast.expr]]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from _docstrings(node.body, f"{owner}{node.name}::")
        elif isinstance(node, FunctionNode) and ast.get_docstring(node) is not None:
            first = node.body[0]
            assert isinstance(first, ast.Expr)
            yield f"{owner}{node.name}", first.value


def _restated(lines: list[str], standing: Provenance, width: int) -> list[str]:
    start = 0
    while start < len(lines):
        end = _end_of_row(lines, start)
        told = "\n".join(lines[start:end])
        replaced = told
        for words, said in _SAID:
            replaced = said.sub(words[standing], replaced)
        if replaced != told:
            indent = lines[start][: len(lines[start]) - len(lines[start].lstrip())]
            flowing = _BREAK.sub(" ", replaced.strip())
            lines[start:end] = textwrap.wrap(
                flowing, width, initial_indent=indent, subsequent_indent=f"{indent}    "
            )
            return lines
        start = end
    return lines


def _end_of_row(lines: list[str], start: int) -> int:
    """A row goes on in lines that are indented deeper than it begins."""
    end, depth = start + 1, _depth(lines[start])
    while depth and end < len(lines) and _depth(lines[end]) > depth:
        end += 1
    return end


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip()) if line.strip() else 0


_BREAK = re.compile(r"\s*\n\s*")
_SAID = [
    (words, re.compile("|".join(r"\s+".join(map(re.escape, s.split())) for s in words.values())))
    for words in (STANDING, WITHIN_WORDS)
]
