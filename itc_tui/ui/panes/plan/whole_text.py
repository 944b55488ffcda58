"""The whole plan as text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from itc_tui.ui.json_paints import paint_json
from itc_tui.ui.plan_as_text import TextFault
from itc_tui.ui.widgets.paints import paints_of


class PlanText(TextArea):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "take_up", show=False, priority=True),
    ]

    def __init__(
        self, text: str, *, id: str, instead: str = "", fault: TextFault | None = None
    ) -> None:
        """`instead` stands there as if it had been typed, so that undoing leads back to `text`."""
        # A highlighted line would lose its own colours.
        super().__init__(text, id=id, show_line_numbers=True, highlight_cursor_line=False)
        self._instead, self._fault = instead, fault

    def on_mount(self) -> None:
        if self._instead:
            self.replace(self._instead, self.document.start, self.document.end)
        if self._fault:
            self.call_after_refresh(self.go_to, self._fault)

    def get_line(self, line_index: int) -> Text:
        return paint_json(super().get_line(line_index), paints_of(self.app))

    @dataclass
    class Left(Message):
        editor: PlanText

    def action_take_up(self) -> None:
        self.post_message(self.Left(self))

    def go_to(self, fault: TextFault) -> None:
        self.move_cursor((fault.line - 1, fault.column - 1), center=True)
