"""The text of a fix, edited in place before it is applied."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from itc_tui.domain.requests import FileEdit
from itc_tui.ui.look import sheets
from itc_tui.ui.python_paints import PaintedPython, new_lines, spans_of
from itc_tui.ui.text import cut, plain
from itc_tui.ui.topmost import Topmost
from itc_tui.ui.widgets.paints import paints_of
from itc_tui.ui.words import say

ABOVE = 4
"""Lines shown above the first one that is new."""
LONGEST_SPANS = 30
"""Characters of the places that are new, in the title."""


class FixText(TextArea):
    """Painted like a diff where it is new, and like Python elsewhere."""

    def __init__(self) -> None:
        super().__init__(
            tab_behavior="indent",
            show_line_numbers=True,
            compact=True,
            soft_wrap=False,
            highlight_cursor_line=False,  # it would take the line's own colours
        )
        self._painted = PaintedPython("")

    def open(self, before: str, after: str) -> None:
        self._painted = PaintedPython(before)
        self.text = after

    def get_line(self, line_index: int) -> Text:
        self._painted.read(self.document.lines)
        return self._painted.paint(super().get_line(line_index), line_index, paints_of(self.app))


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
            yield FixText()
            yield Static(id="fix-fault")

    def on_mount(self) -> None:
        self.query_one(FixText).cursor_blink = False
        self._open(0)

    @on(TextArea.Changed)
    def _check(self) -> None:
        """As one types: only what Python itself says; the rules are asked when it is applied."""
        edit, lines = self._edits[self._at], self.query_one(FixText).document.lines
        fault = self.query_one("#fix-fault", Static)
        wrong = _syntax_fault("\n".join(lines)) if edit.path.endswith(".py") else ""
        fault.set_class(bool(wrong), "is-wrong")
        fault.update(Content(plain(wrong) or say("fix.reads")))
        self._entitle(edit, lines)

    def action_leave(self) -> None:
        self._keep()
        self.dismiss(tuple(self._edits))

    def action_next_file(self) -> None:
        self._keep()
        self._open((self._at + 1) % len(self._edits))

    def action_as_proposed(self) -> None:
        self.query_one(FixText).text = self._proposed[self._at].after

    def _keep(self) -> None:
        text = self.query_one(FixText).text
        self._edits[self._at] = self._edits[self._at].but(after=text)

    def _open(self, at: int) -> None:
        self._at = at
        edit = self._edits[at]
        area = self.query_one(FixText)
        area.open(edit.before, edit.after)
        line = _first_difference(edit)
        area.move_cursor((line, 0))
        # Once it is laid out: the cursor would be all that comes into view.
        self.call_after_refresh(area.scroll_to, y=max(0, line - ABOVE), animate=False)
        area.focus()
        keys = [say("fix.keys"), *([say("fix.next_file")] if len(self._edits) > 1 else [])]
        self.query_one("#page").border_subtitle = Content(" · ".join(keys))

    def _entitle(self, edit: FileEdit, lines: Sequence[str]) -> None:
        """Where it is new is said in words too, for whoever sees no colours."""
        place = f" ({self._at + 1}/{len(self._edits)})" if len(self._edits) > 1 else ""
        new = spans_of(new_lines(edit.before.splitlines(), lines))
        told = say("fix.new_lines", lines=cut(new, LONGEST_SPANS)) if new else ""
        title = f"{plain(edit.path.rpartition('/')[2])}{place} · {told or say('fix.nothing_new')}"
        self.query_one("#page").border_title = Content(title)


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
