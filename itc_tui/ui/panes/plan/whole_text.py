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

    @dataclass
    class Left(Message):
        text: str

    def action_take_up(self) -> None:
        self.post_message(self.Left(self.text))
