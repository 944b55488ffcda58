"""A page laid over the screen, to be read and left again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from itc_tui.ui.look import sheets
from itc_tui.ui.text import plain, plain_lines
from itc_tui.ui.topmost import Topmost
from itc_tui.ui.widgets.painting import Row
from itc_tui.ui.widgets.reading import Reading
from itc_tui.ui.words import say


class Page(Topmost, ModalScreen[None]):
    CSS_PATH = sheets("dialogs")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "leave", show=False),
    ]

    def __init__(
        self, title: str, rows: Sequence[Row], first: int = 0, *, is_wide: bool = False
    ) -> None:
        super().__init__()
        self._is_wide = is_wide
        """What is no prose may have all the width there is."""
        self._head = plain(title)
        self._rows = rows
        self._first = first

    def compose(self) -> ComposeResult:
        with Vertical(id="page", classes="wide" if self._is_wide else ""):
            yield Reading(id="page-text")

    def on_mount(self) -> None:
        frame = self.query_one("#page")
        frame.border_title = Content(self._head)
        frame.border_subtitle = Content(say("page.leave"))
        text = self.query_one(Reading)
        text.read(self._rows)
        text.focus()
        if self._first > 0:
            self.call_after_refresh(
                lambda: text.scroll_to(y=max(0, self._first - text.size.height // 3), animate=False)
            )

    def action_leave(self) -> None:
        self.dismiss()


def source_rows(text: str, line: int, _width: int) -> list[Row]:
    """Numbered lines, with the one that matters marked."""
    return [
        (
            (f"{number:>5} ", "accent" if number == line else "faint"),
            ("▌ " if number == line else "  ", "accent"),
            (code, "strong" if number == line else ""),
        )
        for number, code in enumerate(plain_lines(text), start=1)
    ]
