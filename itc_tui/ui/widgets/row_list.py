"""A list of rows that paints only what is seen: ten thousand cost no more than ten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from itc_tui.ui.commands import bindings
from itc_tui.ui.widgets.painting import Row, shortened, to_strip
from itc_tui.ui.widgets.paints import paints_of, paints_on_cursor


class RowList(ScrollView, can_focus=True):
    """Subclasses say how many rows there are, what each shows, and which of them can be chosen."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("list")
    cursor: reactive[int] = reactive(0, always_update=False)

    @dataclass
    class Moved(Message):
        rows: RowList
        index: int

        @property
        def control(self) -> RowList:
            return self.rows

    @dataclass
    class Chosen(Message):
        rows: RowList
        index: int

        @property
        def control(self) -> RowList:
            return self.rows

    @dataclass
    class Widened(Message):
        """Its width is another one: what was broken into lines for the old one no longer fits."""

        rows: RowList

        @property
        def control(self) -> RowList:
            return self.rows

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._count, self._laid_for = 0, 0
        self._ground, self._row_width = Style(), 0
        self._paints: Mapping[str, Style] = {}

    def row(self, index: int, width: int) -> Row:
        raise NotImplementedError

    def head(self, _width: int) -> Row:
        """The names of the columns, where it has any; a `ListHead` shows them."""
        return ()

    def is_choosable(self, _index: int) -> bool:
        return True

    @property
    def count(self) -> int:
        return self._count

    def show(self, count: int, *, keep_cursor: bool = True) -> None:
        """There are that many rows now, and any of them may have changed."""
        if count != self._count:
            self._count = count
            self.virtual_size = Size(0, count)
        cursor = min(self.cursor, count - 1) if keep_cursor else 0
        self.cursor = self._nearest(max(0, cursor), 1)
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """What is the same for all lines is asked for once; Textual works it out at each call."""
        self._ground = self.rich_style
        self._paints = paints_of(self.app)
        self._row_width = self.scrollable_content_region.width
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        index = y + self.scroll_offset.y
        base, paints, width = self._ground, self._paints, self._row_width
        if index >= self._count:
            return Strip.blank(width, base)
        row = shortened(self.row(index, width), width)
        if index == self.cursor and self.is_choosable(index):
            base += paints["cursor" if self.has_focus else "mark"]
            paints = paints_on_cursor(self.app) if self.has_focus else paints
        return to_strip(row, width, base, paints)

    def validate_cursor(self, cursor: int) -> int:
        return max(0, min(cursor, self._count - 1))

    def watch_cursor(self, before: int, cursor: int) -> None:
        self.refresh_lines(before)
        self.refresh_lines(cursor)
        self._bring_into_sight(cursor)
        self.post_message(self.Moved(self, cursor))

    def on_resize(self) -> None:
        if self._count and self.is_choosable(self.cursor):
            self._bring_into_sight(self.cursor)
        if self._laid_for != (width := self.size.width):
            self._laid_for = width
            self.post_message(self.Widened(self))

    def on_hide(self) -> None:
        """What is laid from now on has no width to go by."""
        self._laid_for = 0

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    async def on_click(self, event: events.Click) -> None:
        index = event.y + self.scroll_offset.y
        if index < self._count and self.is_choosable(index):
            self.cursor = index
            if event.chain == 2:
                self.action_choose()

    def action_down(self) -> None:
        self._move(1)

    def action_up(self) -> None:
        self._move(-1)

    def action_page_down(self) -> None:
        self._move(max(1, self.size.height - 1))

    def action_page_up(self) -> None:
        self._move(-max(1, self.size.height - 1))

    def action_first(self) -> None:
        self.cursor = self._nearest(0, 1)

    def action_last(self) -> None:
        self.cursor = self._nearest(self._count - 1, -1)

    def action_choose(self) -> None:
        if self._count and self.is_choosable(self.cursor):
            self.post_message(self.Chosen(self, self.cursor))

    def _move(self, by: int) -> None:
        wanted = max(0, min(self.cursor + by, self._count - 1))
        at = self._nearest(wanted, 1 if by > 0 else -1)
        if self.is_choosable(at):
            self.cursor = at
        if at == self._nearest(0, 1):
            self.scroll_to(y=0, animate=False)

    def _bring_into_sight(self, row: int) -> None:
        """With the heading above it, when that is the row before."""
        above = 1 if row and not self.is_choosable(row - 1) else 0
        self.scroll_to_region(Region(0, row - above, 1, 1 + above), animate=False, force=True)

    def _nearest(self, wanted: int, direction: int) -> int:
        """The nearest row that can be chosen, first onward, then back."""
        for step in (direction, -direction):
            at = wanted
            while 0 <= at < self._count:
                if self.is_choosable(at):
                    return at
                at += step
        return wanted
