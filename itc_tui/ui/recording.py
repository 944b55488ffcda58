"""The events of a session, and its view at any of them."""

from __future__ import annotations

import pickle
import sys
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from itc_tui.ui.picture import fold_all
from itc_tui.ui.view import View

if TYPE_CHECKING:
    from itc_tui.domain.events import Event
    from itc_tui.domain.plan import Plan

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


class PackedEvents:
    """Events that nobody looks at now; those that views hold on to stay as they are."""

    __slots__ = ("_count", "_packed", "_standing")

    def __init__(self, events: Sequence[Event]) -> None:
        self._count = len(events)
        self._standing = {
            at: event for at, event in enumerate(events) if event.event not in PASSING_BY
        }
        passing = [event for event in events if event.event in PASSING_BY]
        self._packed = zlib.compress(pickle.dumps(passing, protocol=5), 1)

    def unpacked(self) -> tuple[Event, ...]:
        """Packed in this very process, so that nobody else's bytes are unpickled."""
        passing = iter(pickle.loads(zlib.decompress(self._packed)))
        return tuple(self._standing.get(at) or next(passing) for at in range(self._count))


class Recording:
    """All but the last events are packed away, in parts that a view stands at the end of each."""

    def __init__(self) -> None:
        self._kinds: list[str] = []
        self.beginnings: dict[int, str] = {}
        """Place where an iteration begins → its number; `·` where a phase before them does."""
        self._packed: list[PackedEvents] = []
        self._last: list[Event] = []
        self._kept: list[View] = [View()]
        self._plan: Plan | None = None

    def __len__(self) -> int:
        return len(self._kinds)

    def add(self, events: Iterable[Event]) -> None:
        for event in events:
            if event.event == "iteration_started":
                self.beginnings[len(self)] = str(event.iteration)
            elif event.event == "phase_started" and event.number < 5:
                self.beginnings[len(self)] = "·"
            self._kinds.append(sys.intern(event.event))
            self._last.append(self._with_known_plan(event))
            if len(self._last) == EVERY:
                self._kept.append(fold_all(self._kept[-1], self._last))
                self._packed.append(PackedEvents(self._last))
                self._last = []

    def view_at(self, place: int) -> View:
        """The view after that many events."""
        place = max(0, min(place, len(self)))
        part, rest = divmod(place, EVERY)
        return fold_all(self._kept[part], self._part(part)[:rest]) if rest else self._kept[part]

    def milestone(self, place: int, direction: int) -> int:
        """The next place where something was decided or finished."""
        at = place + direction
        while 0 < at < len(self):
            if self._kinds[at - 1] not in PASSING_BY:
                return at
            at += direction
        return max(0, min(at, len(self)))

    def _with_known_plan(self, event: Event) -> Event:
        """A plan is told when it is proposed, and again when it is approved: it is held once."""
        if event.event not in ("plan_proposed", "plan_approved", "plan_taken_up"):
            return event
        if event.plan != self._plan:
            self._plan = event.plan
        return event.but(plan=self._plan)

    def _part(self, number: int) -> Sequence[Event]:
        if number == len(self._packed):
            return self._last
        return _unpacked(self._packed[number])


@lru_cache(maxsize=1)
def _unpacked(part: PackedEvents) -> tuple[Event, ...]:
    """Whoever goes through a recording stays in a part for a while."""
    return part.unpacked()
