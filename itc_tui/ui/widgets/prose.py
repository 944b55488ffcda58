"""Sentences to be read: broken between Chinese letters too, with no full stop alone on a line."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from itc_tui.ui.text import wrap


class Prose(Widget):
    """Textual breaks at spaces only: a Chinese sentence behind a path would begin a line anew."""

    DEFAULT_CSS = """
    Prose {
        height: auto;
    }
    """

    def __init__(self, text: str, *, id: str | None = None, classes: str | None = None) -> None:
        """One line that is safe to paint."""
        super().__init__(id=id, classes=classes)
        self._text = text

    def tell(self, text: str) -> None:
        self._text = text
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(wrap(self._text, width))

    def render(self) -> Content:
        return Content("\n".join(wrap(self._text, self.content_size.width)))
