"""The events of a session, and its view at any of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from itc_tui.ui.picture import fold_all
from itc_tui.ui.view import View

if TYPE_CHECKING:
    from itc_tui.domain.events import Event

EVERY = 2_000
"""Events between two kept views, so that going back folds no more than these again.

Fewer would be quicker and cost more: a view of ten thousand tests takes half a megabyte.
"""
PASSING_BY = frozenset(
    (
        "case_started",
        "case_finished",
        "output_arrived",
        "progressed",
        "step_persisted",
        "file_written",
    )
)
"""Events where nothing was decided or finished."""


class Recording:
    def __init__(self) -> None:
        self.events: list[Event] = []
        self._kept: list[View] = [View()]

    def add(self, events: Iterable[Event]) -> None:
        self.events.extend(events)

    def view_at(self, place: int) -> View:
        """The view after that many events."""
        place = max(0, min(place, len(self.events)))
        while len(self._kept) <= place // EVERY:
            start = (len(self._kept) - 1) * EVERY
            self._kept.append(fold_all(self._kept[-1], self.events[start : start + EVERY]))
        start = place // EVERY * EVERY
        return fold_all(self._kept[place // EVERY], self.events[start:place])

    def milestone(self, place: int, direction: int) -> int:
        """The next place where something was decided or finished."""
        at = place + direction
        while 0 < at < len(self.events):
            if self.events[at - 1].event not in PASSING_BY:
                return at
            at += direction
        return max(0, min(at, len(self.events)))
