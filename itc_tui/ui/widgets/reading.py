"""Rows to be read and scrolled, with nothing to choose in them."""

from __future__ import annotations

from collections.abc import Sequence

from itc_tui.ui.widgets.painting import Row
from itc_tui.ui.widgets.row_list import RowList


class Reading(RowList):
    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._rows: Sequence[Row] = ()

    def read(self, rows: Sequence[Row], *, from_top: bool = True) -> None:
        self._rows = rows
        self.show(len(rows))
        if from_top:
            self.scroll_to(y=0, animate=False)

    def row(self, index: int, _width: int) -> Row:
        return self._rows[index]

    def is_choosable(self, _index: int) -> bool:
        return False

    def action_down(self) -> None:
        self.scroll_relative(y=1, animate=False)

    def action_up(self) -> None:
        self.scroll_relative(y=-1, animate=False)

    def action_page_down(self) -> None:
        self.scroll_relative(y=max(1, self.size.height - 1), animate=False)

    def action_page_up(self) -> None:
        self.scroll_relative(y=-max(1, self.size.height - 1), animate=False)

    def action_first(self) -> None:
        self.scroll_to(y=0, animate=False)

    def action_last(self) -> None:
        self.scroll_to(y=self.max_scroll_y, animate=False)
