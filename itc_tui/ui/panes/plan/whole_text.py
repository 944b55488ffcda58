"""The whole plan as text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea


class PlanText(TextArea):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "take_up", show=False, priority=True),
    ]

    def __init__(self, text: str, *, id: str, instead: str = "") -> None:
        """`instead` stands there as if it had been typed, so that undoing leads back to `text`."""
        super().__init__(text, id=id)
        self._instead = instead

    def on_mount(self) -> None:
        if self._instead:
            self.replace(self._instead, self.document.start, self.document.end)

    @dataclass
    class Left(Message):
        text: str

    def action_take_up(self) -> None:
        self.post_message(self.Left(self.text))
