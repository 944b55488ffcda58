"""What a comment behind a statement says that it gives: `total(2)  # => 4`."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from itc_tui.engines.builtin.one_line import is_literal

_SAYS = re.compile(r"(?:=+>|-+>|→|⇒)\s*(\S.*)", re.S)
_QUOTED = re.compile(r"^`+([^`]+)`+$")
_NAMES_AN_ERROR = re.compile(r"(?:\w+\.)*\w*(?:Error|Exception)\b.*", re.S)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(?:[+-]\d\d:?\d\d)?")
_TELLS = re.compile(
    r"(?i)(?:(?:prints?|returns?|outputs?|gives)\b:?|results? ?:|result is)\s*(\S.*)", re.S
)


def remark_on(node: ast.stmt, lines: Sequence[str]) -> str | None:
    """`lines` are those of the text that the statement is of; the remark may stand below it."""
    at = (node.end_lineno or node.lineno) - 1
    behind = lines[at].encode("utf-8")[node.end_col_offset or 0 :].decode("utf-8", "replace")
    if behind.strip():
        return _value_told(behind) if behind.strip().startswith("#") else None
    below: list[str] = []
    for line in lines[at + 1 :]:
        if not line.strip().startswith("#"):
            # A remark on the next statement says what that is about, and no value.
            is_of_next = bool(line.strip()) and bool(below)
            return _value_told("\n".join(below), is_plain_enough=not is_of_next) if below else None
        below.append(line)
    return _value_told("\n".join(below)) if below else None


def _value_told(comment: str, is_plain_enough: bool = True) -> str | None:
    """`is_plain_enough`: a bare value is one; else there has to be an arrow, or words."""
    text = "\n".join(line.strip().lstrip("#").strip() for line in comment.splitlines()).strip()
    found = _SAYS.fullmatch(text)
    if found:
        return _QUOTED.sub(r"\1", found[1])
    told = _TELLS.fullmatch(text)
    if told and is_literal(told[1]):
        return told[1]
    if _NAMES_AN_ERROR.fullmatch(text):
        return text
    return text if is_plain_enough and (is_literal(text) or _MOMENT.fullmatch(text)) else None
