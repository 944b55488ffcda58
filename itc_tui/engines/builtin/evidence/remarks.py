"""What a comment behind a statement says that it gives: `total(2)  # => 4`."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

_SAYS = re.compile(r"\s*#+\s*(?:=>|->|→|⇒)\s*(\S.*?)\s*")
_NAMES_AN_ERROR = re.compile(r"\s*#+\s*((?:\w+\.)*\w*(?:Error|Exception)\b.*?)\s*")


def remark_on(node: ast.stmt, lines: Sequence[str]) -> str | None:
    """`lines` are those of the text that the statement is of; the remark may stand below it."""
    at = (node.end_lineno or node.lineno) - 1
    behind = lines[at].encode("utf-8")[node.end_col_offset or 0 :].decode("utf-8", "replace")
    if behind.strip():
        found = _SAYS.fullmatch(behind) or _NAMES_AN_ERROR.fullmatch(behind)
        return found[1] if found else None
    below = lines[at + 1] if at + 1 < len(lines) else ""
    found = _SAYS.fullmatch(below) or _NAMES_AN_ERROR.fullmatch(below)
    return found[1] if found else None
