"""What an empty pane says: what will be here, and what brings it."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from itc_tui.ui.words import say


class Teaching(Static):
    _taught = ("", "")

    def teach(self, word: str, remark: str = "") -> None:
        """A remark is plain text already; it may have several lines."""
        text = say(f"empty.{word}")
        if self._taught == (text, remark):
            return  # another text may be of another height: all places are worked out again
        self._taught = (text, remark)
        self.update(Content.assemble(text, ("\n\n" if remark else ""), (remark, "$accent")))
