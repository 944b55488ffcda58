"""The one-line field for which tests to run again; what is typed shows at once what it means."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message
from textual.widgets import Input

from itc_tui.ui.widgets.filter_line import FilterLine


class PatternLine(FilterLine):
    """Keeps what was typed for the next time; enter asks, esc gives up."""

    @dataclass
    class Typed(Message):
        text: str

    @dataclass
    class Asked(Message):
        text: str

    @dataclass
    class GivenUp(Message):
        pass

    def open(self) -> None:
        super().open()
        self.action_select_all()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.display = False
        self.post_message(self.Asked(event.value))

    def action_keep(self) -> None:
        self.action_leave()

    def action_leave(self) -> None:
        self.display = False
        self.post_message(self.GivenUp())
