"""A scrollbar that is a line: seen without colours too, and never half a cell of the wrong one.

Textual's own ends in blocks that are turned round; on a terminal's own ground they are white.
"""

from __future__ import annotations

from rich.color import Color
from rich.segment import Segment, Segments
from rich.style import Style
from textual.scrollbar import ScrollBarRender

_TRACK = Color.parse("#555555")
_THUMB = Color.parse("bright_magenta")


class Thumb(ScrollBarRender):
    @classmethod
    def render_bar(
        cls,
        size: int = 25,
        virtual_size: float = 50,
        window_size: float = 20,
        position: float = 0,
        thickness: int = 1,
        vertical: bool = True,
        back_color: Color = _TRACK,
        bar_color: Color = _THUMB,
    ) -> Segments:
        start, end = _from_to(size, virtual_size, window_size, position)
        wide = thickness if vertical else 1
        track = {"@mouse.down": "scroll_up"}, {"@mouse.down": "scroll_down"}
        segments = [
            Segment(
                ("┃" if vertical else "━") * wide,
                Style(color=bar_color, bgcolor=back_color, meta={"@mouse.down": "grab"}),
            )
            if start <= at < end
            else Segment(" " * wide, Style(bgcolor=back_color, meta=track[at >= end]))
            for at in range(int(size))
        ]
        if vertical:
            return Segments(segments, new_lines=True)
        return Segments([*segments, Segment.line()] * thickness, new_lines=False)


def _from_to(
    size: float, virtual_size: float, window_size: float, position: float
) -> tuple[int, int]:
    """Where the thumb begins and ends; at the ends of the track only at the ends of the text."""
    hidden = virtual_size - window_size
    if not window_size or hidden <= 0:
        return 0, 0
    length = max(1, min(int(size) - 1, round(size * window_size / virtual_size)))
    room = int(size) - length
    start = round(room * position / hidden)
    if room >= 2:
        start = 0 if position <= 0 else room if position >= hidden else max(1, min(start, room - 1))
    return start, start + length
