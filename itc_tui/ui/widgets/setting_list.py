"""The list of settings and keys, to be gone through and changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from itc_tui.ui.commands import bindings
from itc_tui.ui.widgets.painting import Row
from itc_tui.ui.widgets.row_list import RowList
from itc_tui.ui.widgets.wish import Wish

if TYPE_CHECKING:
    from itc_tui.ui.preferences import Entry


class SettingList(RowList):
    BINDINGS: ClassVar[list[BindingType]] = bindings("settings")

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: Sequence[Entry | str] = ()

    def lay(self, rows: Sequence[Entry | str]) -> None:
        self._rows = rows
        self.show(len(rows))

    @property
    def chosen(self) -> Entry | None:
        row = self._rows[self.cursor] if self.cursor < len(self._rows) else ""
        return None if isinstance(row, str) else row

    def row(self, index: int, width: int) -> Row:
        from itc_tui.ui.setting_rows import entry_row

        row = self._rows[index]
        return ((row, "heading"),) if isinstance(row, str) else entry_row(row, width)

    def is_choosable(self, index: int) -> bool:
        return index < len(self._rows) and not isinstance(self._rows[index], str)

    def action_change(self) -> None:
        self.post_message(Wish("change"))

    def action_choose(self) -> None:
        self.action_change()

    def action_turn_on(self) -> None:
        self.post_message(Wish("turn(1)"))

    def action_turn_back(self) -> None:
        self.post_message(Wish("turn(-1)"))

    def action_write_keys(self) -> None:
        self.post_message(Wish("write_keys"))

    def action_to_default(self) -> None:
        self.post_message(Wish("to_default"))

    def action_filter(self) -> None:
        self.post_message(Wish("filter"))

    def action_leave_settings(self) -> None:
        self.post_message(Wish("leave_settings"))
