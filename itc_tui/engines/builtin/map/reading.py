"""Reads one Python file into facts, without importing or running it."""

from __future__ import annotations

import ast
import io
import re
import tokenize
import warnings
from dataclasses import dataclass

from itc_tui.engines.builtin.map.facts import ModuleFacts
from itc_tui.engines.builtin.map.json_schemas import schemas_in
from itc_tui.engines.builtin.map.statements import StatementReader

COMMENTS_LIMIT = 6_000


class Unreadable(Exception):
    """The file cannot be understood; the sentence says why."""


class NotOurSyntax(Unreadable):
    """It may be right for another Python than the one that runs us."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """A decoded file, whose pieces can be cut out by the places that the parser gives."""

    lines: list[bytes]

    def piece(self, node: ast.expr | ast.arg | None) -> str:
        """The text of an expression as it was written, on one line."""
        if node is None or node.end_lineno is None or node.end_col_offset is None:
            return ""
        first, last = node.lineno - 1, node.end_lineno - 1
        if first == last:
            cut = self.lines[first][node.col_offset : node.end_col_offset]
        else:
            cut = b" ".join(
                [
                    self.lines[first][node.col_offset :],
                    *self.lines[first + 1 : last],
                    self.lines[last][: node.end_col_offset],
                ]
            )
        return " ".join(cut.decode("utf-8", "replace").split())


def read_module(content: bytes, name: str, is_package: bool) -> ModuleFacts:
    """Everything that the map needs to know of one file."""
    text = _decoded(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except SyntaxError as error:
        raise NotOurSyntax(f"line {error.lineno or 0}: {error.msg}") from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise Unreadable(f"cannot be parsed: {type(error).__name__} {error}") from error
    source = SourceText(text.encode("utf-8", "replace").split(b"\n"))
    try:
        facts = StatementReader(name, is_package, source.piece).read(tree)
    except RecursionError as error:
        raise Unreadable("is nested too deeply") from error
    facts.lines = len(source.lines)
    facts.comments = _comments(text)
    facts.schemas = schemas_in(tree, text)
    return facts


def _decoded(content: bytes) -> str:
    if b"\0" in content:
        raise Unreadable("holds NUL bytes, so it is not Python source")
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        text = content.decode(encoding)
    except (SyntaxError, UnicodeDecodeError, LookupError) as error:
        raise Unreadable(f"cannot be decoded: {error}") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


_COMMENT = re.compile(r"(?:^|\s)#+:?\s*(?!!|noqa|type:|pragma)(\S.*)$", re.MULTILINE)


def _comments(text: str) -> str:
    """Comments, roughly: only words are looked for in them."""
    found, size = [], 0
    for match in _COMMENT.finditer(text):
        found.append(match[1])
        size += len(match[1])
        if size > COMMENTS_LIMIT:
            break
    return "\n".join(found)
