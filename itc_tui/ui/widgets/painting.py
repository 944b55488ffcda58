"""Rows of pieces, painted with the theme's colours; no markup is ever read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from itc_tui.ui.text import cut

Piece = tuple[str, str]
"""Text (already plain) and the name of its paint; "" is the widget's own."""

Row = tuple[Piece, ...]


def width_of(row: Row) -> int:
    return sum(cell_len(text) for text, _ in row)


def spread(left: Row, right: Row, width: int) -> Row:
    """Left part and right part on one line; the left gives way."""
    room = max(0, width - width_of(right) - 1)
    left = shortened(left, room)
    return (*left, (" " * max(1, width - width_of(left) - width_of(right)), ""), *right)


def shortened(row: Row, width: int) -> Row:
    if width_of(row) <= width:
        return row
    kept: list[Piece] = []
    for place, (text, paint) in enumerate(row):
        if cell_len(text) >= width:
            # A piece that just fits is cut as well when something after it is missing.
            is_last = not any(piece.strip() for piece, _ in row[place + 1 :])
            return (*kept, (cut(text if is_last else f"{text} ", width), paint))
        kept.append((text, paint))
        width -= cell_len(text)
    return tuple(kept)


def to_strip(row: Iterable[Piece], width: int, base: Style, paints: Mapping[str, Style]) -> Strip:
    segments = [
        Segment(text, base + paints[paint] if paint else base) for text, paint in row if text
    ]
    return Strip(segments).adjust_cell_length(width, base).simplify()
