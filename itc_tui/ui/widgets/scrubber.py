"""A line through the events of a session: where we are, and where its iterations began."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.containers import Container
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from itc_tui.ui.widgets.painting import Piece, to_strip
from itc_tui.ui.widgets.paints import paints_of


class Scrubber(Container):
    place: reactive[int] = reactive(0)
    total: reactive[int] = reactive(0)
    marks: reactive[tuple[tuple[float, str], ...]] = reactive(())

    @dataclass
    class Picked(Message):
        share: float

    def render_line(self, y: int) -> Strip:
        pieces = self._line() if y == 0 else self._names()
        return to_strip([(" ", ""), *pieces], self.size.width, self.rich_style, paints_of(self.app))

    def on_click(self, event: events.Click) -> None:
        share = (event.x - 1) / max(1, self._room - 1)
        self.post_message(self.Picked(max(0.0, min(1.0, share))))

    @property
    def _room(self) -> int:
        """What the counter leaves of the width."""
        return max(1, self.size.width - 2 - len(f" {self.place}/{self.total}"))

    def _line(self) -> list[Piece]:
        counter = f" {self.place}/{self.total}"
        room = self._room
        at = round((room - 1) * self.place / self.total) if self.total else 0
        return [
            ("━" * at, "accent"),
            ("●", "accent"),
            ("─" * (room - at - 1), "faint"),
            (counter, "dim"),
        ]

    def _names(self) -> list[Piece]:
        room = self._room
        line = [" "] * room
        for share, name in self.marks:
            at = max(0, min(room - len(name), round(share * (room - 1))))
            line[at : at + len(name)] = name[: room - at]
        return [("".join(line), "dim")]
