"""The raw output, with the keys that are its own."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from itc_tui.ui.commands import bindings
from itc_tui.ui.widgets.output_tail import OutputTail
from itc_tui.ui.widgets.wish import Wish


class RawOutput(OutputTail):
    BINDINGS: ClassVar[list[BindingType]] = bindings("output")

    def action_search(self) -> None:
        self.post_message(Wish("search"))

    def action_raw(self) -> None:
        self.post_message(Wish("raw"))

    def action_copy_output(self) -> None:
        self.post_message(Wish("copy_output"))

    def action_follow(self) -> None:
        self.follows = not self.follows

    def action_wrap(self) -> None:
        self.wraps = not self.wraps

    def action_next_match(self) -> None:
        self.jump(1)

    def action_previous_match(self) -> None:
        self.jump(-1)
