"""The sessions there are, to be gone on with or looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.message import Message

from itc_tui.ui.commands import bindings
from itc_tui.ui.session_rows import session_row
from itc_tui.ui.widgets.painting import Row
from itc_tui.ui.widgets.row_list import RowList
from itc_tui.ui.widgets.wish import Wish

if TYPE_CHECKING:
    from itc_tui.domain.listing import SessionListing


class SessionList(RowList):
    BINDINGS: ClassVar[list[BindingType]] = bindings("sessions")

    @dataclass
    class Wanted(Message):
        session: SessionListing
        how: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._sessions: list[SessionListing] = []

    def lay(self, sessions: list[SessionListing]) -> None:
        self._sessions = sessions
        self.show(len(sessions))

    @property
    def chosen(self) -> SessionListing | None:
        return self._sessions[self.cursor] if self.cursor < len(self._sessions) else None

    def row(self, index: int, width: int) -> Row:
        return session_row(self._sessions[index], width)

    def action_up(self) -> None:
        if self.cursor == 0:
            self.action_to_topic()
        else:
            super().action_up()

    def action_resume(self) -> None:
        self._wish("resume")

    def action_review(self) -> None:
        self._wish("review")

    def action_choose(self) -> None:
        self.action_resume()

    def action_filter(self) -> None:
        self.post_message(Wish("filter"))

    def action_sort(self) -> None:
        self.post_message(Wish("sort"))

    def action_to_topic(self) -> None:
        self.post_message(Wish("to_topic"))

    def _wish(self, how: str) -> None:
        if self.chosen:
            self.post_message(self.Wanted(self.chosen, how))
