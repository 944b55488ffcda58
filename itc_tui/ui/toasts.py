"""Toasts stand on the panes: what is below these, and what one says on its lower edge, is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.widget import Widget

_EDGE = 1


def keep_toasts_above(panes: Widget) -> None:
    """Wherever the scrubber, or what step mode shows, leaves the end of the panes."""

    def lift(screen: Screen[object]) -> None:
        below = screen.size.height - panes.region.bottom + _EDGE
        for rack in screen.query("#textual-toastrack"):  # none where pictures are drawn
            if rack.styles.margin.bottom != below:
                rack.styles.margin = (0, 0, below, 0)

    panes.screen.screen_layout_refresh_signal.subscribe(panes, lift)
