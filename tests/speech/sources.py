"""Reads the forms of all sentences out of the sources of the product."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).parents[2] / "itc_tui"

#: A blank of `str.format`, or of `%`.
_HOLE = re.compile(r"\{[^{}]*\}|%(?:\.\d)?[srdf]")
_CODE = re.compile(
    r"^\s*(?:import \S+$|from \S+ import|def |class \S+[(:]|with \S+ as|return |raise |async def"
    r"|for \S+ in |lambda|yield |@|\[\w+(?:\(.*\))? for|\[\(|\[\{|\(%|assert |\w+\["
    r"|SELECT|INSERT|UPDATE|DELETE|CREATE)"
    r"|\\[bswdnS]|\(\?|\(\.\+|\(\[\^| = |^\n(?:    |\w)|^\{\}\n|\.\w+\("
)


_SHOWN = {"label", "consequence", "detail", "what", "why", "reason", "root_cause", "advice"}


class Said(NamedTuple):
    place: str
    form: str


def skeleton(text: str) -> str:
    """The sentence without what fills its blanks."""
    return _HOLE.sub("{}", text).strip()


def forms(path: Path, *, every: bool = False) -> Iterator[Said]:
    """Every string of the file that reads like words for people; docstrings are not said."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    quiet, told = _docstrings(tree) | _parts(tree), _told(tree)
    place = str(path.relative_to(PACKAGE)) if path.is_relative_to(PACKAGE) else path.name
    for node in ast.walk(tree):
        if id(node) in quiet or (text := _text(node)) is None:
            continue
        if every or id(node) in told or _reads_like_words(text):
            yield Said(f"{place}:{getattr(node, 'lineno', 0)}", skeleton(text))


def _reads_like_words(text: str) -> bool:
    bare = _HOLE.sub("\0", text)
    words = re.findall(r"(?<![\w.])[A-Za-z’']{2,}(?![\w(])", bare)
    has_gap = re.search(r"[A-Za-z,;:.’`\0)]\s+[a-zA-Z`\0(]", bare)
    return len(words) >= 1 and bool(has_gap) and not _CODE.search(text)


def _text(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
        )
    return None


def _docstrings(tree: ast.AST) -> set[int]:
    """Also those under a field."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def _told(tree: ast.AST) -> set[int]:
    """What is told even in a single word, for it is given as what is shown."""
    return {
        id(given.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for given in node.keywords
        if given.arg in _SHOWN
        and isinstance(given.value, ast.Constant)
        and re.fullmatch(r"[A-Za-z]{2,}", str(given.value.value))
    }


def _parts(tree: ast.AST) -> set[int]:
    return {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and part in node.values
    }
