"""The text of a fix, edited in place before it is applied."""

from __future__ import annotations

import ast
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from itc_tui.domain.requests import FileEdit
from itc_tui.ui.look import sheets
from itc_tui.ui.text import plain
from itc_tui.ui.topmost import Topmost
from itc_tui.ui.words import say


class FixEditor(Topmost, ModalScreen[tuple[FileEdit, ...]]):
    """Leaves with the edits as they then stand; whether they may be applied, the loop says."""

    CSS_PATH = sheets("dialogs")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True),
        Binding("ctrl+n", "next_file", show=False, priority=True),
        Binding("ctrl+o", "as_proposed", show=False, priority=True),
    ]

    def __init__(self, edits: tuple[FileEdit, ...], proposed: tuple[FileEdit, ...]) -> None:
        super().__init__()
        self._edits = list(edits)
        self._proposed = proposed
        self._at = 0

    def compose(self) -> ComposeResult:
        with Vertical(id="page", classes="editor"):
            yield TextArea(
                tab_behavior="indent", show_line_numbers=True, compact=True, soft_wrap=False
            )
            yield Static(id="fix-fault")

    def on_mount(self) -> None:
        self.query_one(TextArea).cursor_blink = False
        self._open(0)

    @on(TextArea.Changed)
    def _check(self) -> None:
        """As one types: only what Python itself says; the rules are asked when it is applied."""
        text = self.query_one(TextArea).text
        fault = self.query_one("#fix-fault", Static)
        wrong = _syntax_fault(text) if self._edits[self._at].path.endswith(".py") else ""
        fault.set_class(bool(wrong), "is-wrong")
        fault.update(Content(plain(wrong) or say("fix.reads")))

    def action_leave(self) -> None:
        self._keep()
        self.dismiss(tuple(self._edits))

    def action_next_file(self) -> None:
        self._keep()
        self._open((self._at + 1) % len(self._edits))

    def action_as_proposed(self) -> None:
        self.query_one(TextArea).text = self._proposed[self._at].after

    def _keep(self) -> None:
        text = self.query_one(TextArea).text
        self._edits[self._at] = self._edits[self._at].but(after=text)

    def _open(self, at: int) -> None:
        self._at = at
        edit = self._edits[at]
        area = self.query_one(TextArea)
        area.text = edit.after
        line = _first_difference(edit)
        area.move_cursor((line, 0))
        area.scroll_to(y=max(0, line - 4), animate=False)
        area.focus()
        frame = self.query_one("#page")
        place = f" ({at + 1}/{len(self._edits)})" if len(self._edits) > 1 else ""
        frame.border_title = Content(plain(edit.path) + place)
        keys = [say("fix.keys"), *([say("fix.next_file")] if len(self._edits) > 1 else [])]
        frame.border_subtitle = Content(" · ".join(keys))


def _syntax_fault(text: str) -> str:
    try:
        ast.parse(text)
    except SyntaxError as error:
        return say("fix.no_python", line=error.lineno or 0, why=error.msg)
    except ValueError as error:
        return say("fix.no_python", line=0, why=error)
    return ""


def _first_difference(edit: FileEdit) -> int:
    """The line of the new text that the person came to see."""
    old, new = edit.before.splitlines(), edit.after.splitlines()
    alike = zip(old, new)
    return next(
        (at for at, (one, other) in enumerate(alike) if one != other), min(len(old), len(new))
    )
