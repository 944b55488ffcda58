"""Calls the person when they are needed and seem to be away: by bell, and elsewhere on the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any

from textual import events
from textual.app import App
from textual.message import Message

from itc_tui.ui.look import Look
from itc_tui.ui.outside import Outside

QUIET_S = 10.0
"""Who has touched nothing for that long may be looking elsewhere."""


@dataclass
class AttentionWanted(Message):
    """A question is asked, or the session is over."""

    title: str
    body: str


class Attention:
    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._acted_at = now()
        self._tells_focus = False

    def notice(self, event: events.Event) -> None:
        """Keys and clicks are signs of life; a terminal that told of the focus once always does."""
        if isinstance(event, (events.Key, events.MouseDown, events.Paste)):
            self._acted_at = self._now()
        elif isinstance(event, (events.AppFocus, events.AppBlur)):
            self._tells_focus = True

    def is_worth_a_bell(self, has_focus: bool) -> bool:
        return not has_focus or self._now() - self._acted_at >= QUIET_S

    def is_worth_a_notice(self, has_focus: bool) -> bool:
        """Not to who is known to look at this very window."""
        return self.is_worth_a_bell(has_focus) and not (has_focus and self._tells_focus)

    def call(self, app: App[Any], look: Look, outside: Outside, wanted: AttentionWanted) -> None:
        if self.is_worth_a_bell(app.app_focus):
            app.bell()
        if look.notify == "off" or not self.is_worth_a_notice(app.app_focus):
            return
        # In a browser there is no terminal that could be told.
        way = "desktop" if app.is_web else look.notify
        sequence = outside.notice(way, wanted.title, wanted.body)
        driver = app._driver
        if sequence and driver is not None and not app.is_headless:
            driver.write(sequence)
            driver.flush()
