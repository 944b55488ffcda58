"""Toasts stand where they cover nothing that a person is about to read or to answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.widget import Widget

_EDGE = 1
_ROOM = 6
"""Lines that a toast may need; where a dialog leaves less above it, nothing is won by lifting."""


def keep_toasts_above(panes: Widget) -> None:
    """On the lower edge of the panes, wherever the scrubber, or step mode, leaves their end."""
    _keep_at(panes, lambda: panes.region.bottom - _EDGE)


def keep_toasts_off(dialog: Widget) -> None:
    """Above it, as far as there is room."""
    _keep_at(dialog, lambda: dialog.region.y if dialog.region.y >= _ROOM else 0)


def _keep_at(widget: Widget, foot: Callable[[], int]) -> None:
    """`foot`: the line that toasts stand on; 0 leaves them at the end of the screen."""

    def lift(screen: Screen[object]) -> None:
        below = screen.size.height - foot() if foot() else 0
        for rack in screen.query("#textual-toastrack"):  # none where pictures are drawn
            if rack.styles.margin.bottom != below:
                rack.styles.margin = (0, 0, below, 0)

    widget.screen.screen_layout_refresh_signal.subscribe(widget, lift)
