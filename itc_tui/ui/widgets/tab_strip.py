"""One line that names the panes where only one of them has room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from itc_tui.ui.widgets.painting import PAINT_CLASSES, Piece, paint_style, to_strip


class TabStrip(Widget):
    COMPONENT_CLASSES: ClassVar[set[str]] = PAINT_CLASSES
    titles: reactive[tuple[tuple[str, str], ...]] = reactive(())
    """Identity and title of each pane."""
    active: reactive[str] = reactive("")

    @dataclass
    class Picked(Message):
        pane: str

    def render_line(self, _y: int) -> Strip:
        pieces: list[Piece] = [(" ", "")]
        for identity, title in self.titles:
            pieces += [(f" {title} ", "cursor" if identity == self.active else "dim"), (" ", "")]
        styles: dict[str, Style] = {}

        def style_of(paint: str) -> Style:
            return styles.setdefault(paint, paint_style(self, paint))

        return to_strip(pieces, self.size.width, self.rich_style, style_of)

    def on_click(self, event: events.Click) -> None:
        at = 1
        for identity, title in self.titles:
            at += cell_len(title) + 3
            if event.x < at:
                self.post_message(self.Picked(identity))
                return
