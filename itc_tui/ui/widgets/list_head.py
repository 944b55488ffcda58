"""The names of a list's columns, in one line above it that stays while the list scrolls."""

from __future__ import annotations

from textual.strip import Strip
from textual.widget import Widget

from itc_tui.ui.widgets.painting import shortened, to_strip
from itc_tui.ui.widgets.paints import paints_of
from itc_tui.ui.widgets.row_list import RowList


class ListHead(Widget):
    def __init__(self, rows: RowList, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows = rows

    def render_line(self, _y: int) -> Strip:
        """As wide as the rows are: a scrollbar beside them is none of theirs."""
        width = self._rows.scrollable_content_region.width
        row = shortened(self._rows.head(width), width) if width else ()
        return to_strip(row, self.size.width, self.rich_style, paints_of(self.app))
