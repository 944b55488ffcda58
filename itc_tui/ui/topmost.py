"""A screen that is left only while it is on top."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.await_complete import AwaitComplete

if TYPE_CHECKING:
    from textual.screen import Screen

    _Screen = Screen[Any]
else:
    _Screen = object  # no screen of its own: styles come down by the first of the bases


class Topmost(_Screen):
    """Textual closes whatever is on top, and gives the answer of a screen as often as it is asked.

    A key that was pressed in the same instant as one that covers or closes the screen still comes
    to it: it would close the other one, and the next such key would end the application.
    """

    def dismiss(self, result: Any = None) -> AwaitComplete:
        return super().dismiss(result) if self.is_active else AwaitComplete()
