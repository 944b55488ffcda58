"""What an empty pane says: what will be here, and what brings it."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from itc_tui.ui.text import wrap
from itc_tui.ui.words import say


class Teaching(Widget):
    _taught = ("", "")

    def teach(self, word: str, remark: str = "") -> None:
        """A remark is plain text already; it may have several lines."""
        taught = (say(f"empty.{word}"), remark)
        if self._taught != taught:
            self._taught = taught
            self.refresh()

    def render(self) -> Content:
        """Broken as prose is: between Chinese letters too, with no full stop alone on a line."""
        text, remark = self._taught
        return Content.assemble(
            self._broken(text), ("\n\n" if remark else ""), (self._broken(remark), "$accent")
        )

    def _broken(self, text: str) -> str:
        width = self.content_size.width
        return "\n".join(part for line in text.split("\n") for part in wrap(line, width))
