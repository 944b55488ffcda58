"""Shows what would happen, and asks whether it shall."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from itc_tui.ui.look import sheets
from itc_tui.ui.text import plain
from itc_tui.ui.topmost import Topmost
from itc_tui.ui.widgets.painting import Row
from itc_tui.ui.widgets.reading import Reading
from itc_tui.ui.words import say


class Confirm(Topmost, ModalScreen[bool]):
    """Nothing happens unless `y` is pressed."""

    CSS_PATH = sheets("dialogs")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", show=False),
        Binding("n,escape,q", "answer(False)", show=False),
    ]

    def __init__(self, title: str, rows: Sequence[Row]) -> None:
        super().__init__()
        self._head = plain(title)
        self._rows = rows

    def compose(self) -> ComposeResult:
        with Vertical(id="page", classes="confirm"):
            yield Reading(id="page-text")

    def on_mount(self) -> None:
        frame = self.query_one("#page")
        frame.border_title = Content(self._head)
        frame.border_subtitle = Content(say("confirm.keys"))
        text = self.query_one(Reading)
        text.read(self._rows)
        text.focus()

    def action_answer(self, is_wanted: bool) -> None:
        self.dismiss(is_wanted)
