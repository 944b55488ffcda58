"""The pass rate over the iterations, drawn with blocks."""

from __future__ import annotations

from collections.abc import Sequence

from itc_tui.ui.widgets.painting import Piece, Row

_BLOCKS = " ▁▂▃▄▅▆▇█"


def chart(rates: Sequence[float | None], goal: float, width: int, height: int = 4) -> list[Row]:
    """Columns from zero to a hundred; the newest are kept where not all have room."""
    room = max(1, (width - 6) // 5)
    rates = rates[-room:]
    rows: list[Row] = []
    for line in range(height, 0, -1):
        row: list[Piece] = [(_scale(line, height), "faint"), ("│", "faint")]
        for rate in rates:
            row.append((f"  {_block(rate, line, height) * 2} ", paint_of(rate, goal)))
        rows.append(tuple(row))
    rows.append((("   0 ", "faint"), ("└" + "─" * (5 * len(rates)), "faint")))
    numbers: list[Piece] = [("      ", "")]
    numbers += [(_number(rate), paint_of(rate, goal)) for rate in rates]
    rows.append(tuple(numbers))
    return rows


def paint_of(rate: float | None, goal: float) -> str:
    if rate is None:
        return "faint"
    return "good" if rate >= goal else "warn" if rate >= 80 else "bad"


def _scale(line: int, height: int) -> str:
    return " 100 " if line == height else "  50 " if line * 2 == height else "     "


def _block(rate: float | None, line: int, height: int) -> str:
    if rate is None:
        return " "
    eighths = round(rate / 100 * height * 8) - (line - 1) * 8
    return _BLOCKS[max(0, min(8, eighths))]


def _number(rate: float | None) -> str:
    return "  –  " if rate is None else f"{rate:^5.4g}"
