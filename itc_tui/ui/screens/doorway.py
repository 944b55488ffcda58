"""What lies beneath a session that was asked for at once: nothing, until it is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.screen import Screen

from itc_tui.ui.errand import ReviewWanted

if TYPE_CHECKING:
    from itc_tui.ui.outside import Outside


class Doorway(Screen[None]):
    """Laying out the start screen first would make the person wait for what they did not ask."""

    HEARS: ClassVar[frozenset[str]] = frozenset({"quit", "leave_if_meant", "suspend_process"})
    """Keys that are typed before the session is there are meant for it, and open nothing here."""

    def __init__(self, outside: Outside, wanted: ReviewWanted) -> None:
        super().__init__()
        self._outside = outside
        self._wanted = wanted
        self._was_left = False

    def on_mount(self) -> None:
        self.post_message(self._wanted)

    def on_screen_suspend(self) -> None:
        self._was_left = True

    def on_screen_resume(self) -> None:
        if self._was_left:
            from itc_tui.ui.screens.start import StartScreen

            self.app.push_screen(StartScreen(self._outside))
