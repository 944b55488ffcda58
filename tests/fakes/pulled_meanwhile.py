"""A switch that is pulled at the worst moment: between starting something and listening."""

from __future__ import annotations

from collections.abc import Callable

from itc_tui.ports import StopSwitch


class PulledMeanwhile(StopSwitch):
    """Pulled when a process is there, but before anybody could be told."""

    def on_pull(self, callback: Callable[[], None]) -> Callable[[], None]:
        self.pull()
        return super().on_pull(callback)
