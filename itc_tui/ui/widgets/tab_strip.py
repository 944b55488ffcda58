"""One line that names the panes where only one of them has room."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from itc_tui.ui.widgets.painting import Piece, to_strip
from itc_tui.ui.widgets.paints import paints_of


class TabStrip(Widget):
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
        return to_strip(pieces, self.size.width, self.rich_style, paints_of(self.app))

    def on_click(self, event: events.Click) -> None:
        at = 1
        for identity, title in self.titles:
            at += cell_len(title) + 3
            if event.x < at:
                self.post_message(self.Picked(identity))
                return
