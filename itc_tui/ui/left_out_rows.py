"""What the plan does not hold, and why, as rows below its scenarios."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from itc_tui.ui.text import fit, plain, plain_lines, wrap
from itc_tui.ui.widgets.painting import Piece, Row
from itc_tui.ui.words import say, told

if TYPE_CHECKING:
    from itc_tui.domain.plan import LeftOut, Plan

_BESIDE = 2
"""Between what was left out and why."""


def left_out_of(plan: Plan, needle: str) -> list[LeftOut]:
    """Those of one reason stand together, the most frequent reason last: it says the least."""
    needle = needle.lower()
    found = [one for one in plan.left_out if needle in f"{one.what} {told(one.why)}".lower()]
    often = Counter(one.why for one in found)
    return sorted(found, key=lambda one: (often[one.why], one.why))


def fold_row(left: Sequence[LeftOut], width: int, *, is_open: bool) -> Row:
    head = say("plan.left_out", count=len(left))
    often = _reasons(left)
    reasons = " · ".join(
        f"{count} {_first_line(why)}" if len(often) > 1 else _first_line(why)
        for why, count in often
    )
    row: list[Piece] = [
        ("▾ " if is_open else "▸ ", "faint"),
        ("– ", "faint"),
        (fit(f"{head}{'':{_BESIDE}}{reasons}", width - 4), "dim"),
    ]
    return tuple(row)


def item_row(one: LeftOut, width: int) -> Row:
    return (
        ("     ", ""),
        (fit(f"{plain(told(one.what))}{'':{_BESIDE}}{_first_line(one.why)}", width - 5), "faint"),
    )


def left_out_details(left: Sequence[LeftOut], width: int) -> list[Row]:
    """One with all of its reason; or the reasons of all, with how often each holds."""
    if len(left) == 1:
        texts = [(told(left[0].what), "strong"), (told(left[0].why), "")]
    else:
        texts = [(f"{count} × {_first_line(why)}", "") for why, count in _reasons(left)]
    texts.append((say("plan.left_out_help"), "dim"))
    return [
        ((part, paint),)
        for text, paint in texts
        for line in plain_lines(text)
        for part in wrap(line, width)
    ]


def _reasons(left: Sequence[LeftOut]) -> list[tuple[str, int]]:
    return Counter(one.why for one in left).most_common()


def _first_line(why: str) -> str:
    return plain(told(why).strip().partition("\n")[0])
