"""The one-line field under a list that narrows it while you type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from itc_tui.ui.widgets.one_line import OneLine
from itc_tui.ui.words import say

if TYPE_CHECKING:
    from typing import Self

    from textual.widget import Widget


class FilterLine(OneLine):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("down", "keep", show=False),
    ]

    @dataclass
    class Narrowed(Message):
        line: FilterLine
        text: str

    @dataclass
    class Left(Message):
        """The keys shall go back to the list."""

        line: FilterLine

    def __init__(self, word: str = "filter", *, id: str | None = None) -> None:
        super().__init__(placeholder=say(f"hint.{word}"), compact=True, id=id)
        self.display = False
        self.cursor_blink = False

    @classmethod
    def open_in(cls, box: Widget, word: str, id: str) -> Self:
        """Made when it is first asked for: fields that nobody opens would delay the first paint."""
        line = next(iter(box.query(f"#{id}").results(cls)), None)
        if line is None:
            line = cls(word, id=id)
            box.mount(line)
        line.open()
        return line

    @staticmethod
    def text_in(box: Widget, id: str) -> str:
        """What narrows that list; nothing before the line was ever opened."""
        return next((line.value for line in box.query(f"#{id}").results(FilterLine)), "")

    def open(self) -> None:
        self.display = True
        # At once, not by `focus()`: what is typed next is for this line already.
        self.screen.set_focus(self)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Narrowed(self, event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_keep()

    def action_keep(self) -> None:
        self.display = bool(self.value)
        self.post_message(self.Left(self))

    def action_leave(self) -> None:
        self.value = ""
        self.display = False
        self.post_message(self.Left(self))
