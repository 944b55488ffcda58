"""Differences as rows: the two sides of an assertion, and files before and after."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from itc_tui.ui.spreading import spread_out
from itc_tui.ui.text import plain_lines
from itc_tui.ui.words import say

if TYPE_CHECKING:
    from itc_tui.domain.requests import FileEdit
    from itc_tui.domain.results import Comparison
    from itc_tui.ui.widgets.painting import Piece, Row

AROUND = 2
"""Lines that are alike, shown before and after a difference."""

LONGEST_SIDE = 20_000
"""Characters of one side that are compared; beyond it nobody reads, and difflib is quadratic."""


def two_sides(comparison: Comparison, width: int) -> list[Row]:
    """What stood on the left and on the right of the operator, with what differs marked."""
    left, right = (_spread_out(side, width) for side in (comparison.left, comparison.right))
    if len(left) == 1 and len(right) == 1:
        return _one_line_each(left[0], right[0])
    lines = [line for line in difflib.ndiff(left, right) if not line.startswith("?")]
    near = _near_changes(lines)
    rows: list[Row] = []
    alike = 0
    for at, line in enumerate(lines):
        if at not in near:
            alike += 1
            continue
        if alike:
            rows.append(((f"  {say('report.alike', count=alike)}", "faint"),))
            alike = 0
        sign, paint = _SIDES.get(line[0], ("", "dim"))
        rows.append(((line[:2], sign), (line[2:], paint)))
    if alike:
        rows.append(((f"  {say('report.alike', count=alike)}", "faint"),))
    return rows


_SIDES = {"-": ("bad", "removed"), "+": ("good", "added")}


def _near_changes(lines: list[str]) -> set[int]:
    """The lines that differ, and a few on either side, so that they are found at a glance."""
    changed = [at for at, line in enumerate(lines) if line[0] in _SIDES]
    return {at for middle in changed for at in range(middle - AROUND, middle + AROUND + 1)}


def unified(text: str) -> list[Row]:
    """A diff as git prints it."""
    rows: list[Row] = []
    for line in plain_lines(text):
        if line.startswith(("+++", "---", "diff ", "index ")):
            rows.append(((line, "heading"),))
        elif line.startswith("@@"):
            rows.append(((line, "accent"),))
        elif line.startswith("+"):
            rows.append(((line, "added"),))
        elif line.startswith("-"):
            rows.append(((line, "removed"),))
        else:
            rows.append(((line, ""),))
    return rows


def of_edits(edits: Iterable[FileEdit]) -> list[Row]:
    rows: list[Row] = []
    for edit in edits:
        lines = difflib.unified_diff(
            edit.before.splitlines(), edit.after.splitlines(), edit.path, edit.path, lineterm=""
        )
        rows += [*unified("\n".join(lines)), ()]
    return rows


def _spread_out(side: str, width: int) -> list[str]:
    """A value over several lines when it does not fit one; otherwise as it was."""
    lines = plain_lines(side[:LONGEST_SIDE]) or [""]
    return [part for line in lines for part in spread_out(line, max(20, width - 4))]


def _one_line_each(left: str, right: str) -> list[Row]:
    marks = difflib.SequenceMatcher(None, left, right, autojunk=False)
    lefts: list[Piece] = [("- ", "bad")]
    rights: list[Piece] = [("+ ", "good")]
    for tag, from_left, to_left, from_right, to_right in marks.get_opcodes():
        lefts.append((left[from_left:to_left], "dim" if tag == "equal" else "removed"))
        rights.append((right[from_right:to_right], "dim" if tag == "equal" else "added"))
    return [tuple(lefts), tuple(rights)]
