"""The one-line field under a list that narrows it while you type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from itc_tui.ui.words import say


class FilterLine(Input):
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
