"""Asks for a key by having it pressed; says at once when it cannot be had."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from itc_tui.ui.look import sheets
from itc_tui.ui.text import plain
from itc_tui.ui.topmost import Topmost
from itc_tui.ui.words import say


class PressKey(Topmost, ModalScreen[str | None]):
    """Leaves with the name of a key that can be had, or with None at escape.

    Whoever wants escape itself writes it as text.
    """

    CSS_PATH = sheets("dialogs")
    BINDINGS: ClassVar[list[BindingType]] = []
    AUTO_FOCUS = ""

    def __init__(self, label: str, keys: str, fault: Callable[[str], str]) -> None:
        super().__init__()
        self._label = label
        self._keys = keys
        self._fault = fault

    def compose(self) -> ComposeResult:
        with Vertical(id="press"):
            yield Static(Content(say("press.now", keys=plain(self._keys))))
            yield Static(id="press-wrong")

    def on_mount(self) -> None:
        frame = self.query_one("#press")
        frame.border_title = Content(say("press.title", command=self._label))
        frame.border_subtitle = Content(say("press.leave"))

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.dismiss(None)
        elif fault := self._fault(event.key):
            self.query_one("#press-wrong", Static).update(Content(f"! {fault}"))
        else:
            self.dismiss(event.key)
