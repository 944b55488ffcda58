"""A session that is over, or that another process writes: read-only, with a scrubber."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget
from textual.worker import get_current_worker

from itc_tui.domain import events as happened
from itc_tui.domain.events import Event
from itc_tui.domain.trouble import Trouble
from itc_tui.ui.commands import bindings
from itc_tui.ui.loop_worker import Mood
from itc_tui.ui.outside import Outside
from itc_tui.ui.picture import fold_all
from itc_tui.ui.screens.workbench import Workbench
from itc_tui.ui.view import View
from itc_tui.ui.widgets.scrubber import Scrubber
from itc_tui.ui.words import say

EVERY = 250
"""Events between two kept views, so that going back folds no more than these again."""
FOLLOW_S = 0.5
FRAME_S = 0.1


class Recording:
    """The events of a session, and its view at any of them."""

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
            if not isinstance(
                self.events[at - 1],
                happened.CaseStarted
                | happened.CaseFinished
                | happened.OutputArrived
                | happened.Progressed
                | happened.StepPersisted
                | happened.FileWritten,
            ):
                return at
            at += direction
        return max(0, min(at, len(self.events)))


class ReplayWorkbench(Workbench):
    BINDINGS: ClassVar[list[BindingType]] = bindings("replay")
    driving = ("replay",)
    place: reactive[int] = reactive(0, repaint=False)

    def __init__(self, outside: Outside, folder: str, *, follows: bool = False) -> None:
        super().__init__(outside)
        self._folder = folder
        self._follows = follows
        self._source: Iterable[Event] = ()
        self._marked: tuple[tuple[float, str], ...] = ()
        self._recording = Recording()
        self._player: Timer | None = None

    def compose_driving(self) -> Iterable[Widget]:
        yield Scrubber(id="scrubber")

    def on_mount(self) -> None:
        self.is_read_only = True
        super().on_mount()
        self._player = self.set_interval(FRAME_S, self._play_on, pause=True)
        self._show_place()
        self._open()

    @work(thread=True, group="reading", exclusive=True)
    def _open(self) -> None:
        """The first reading may be long, so the screen does not wait for it."""
        try:
            self._source = self.outside.read_events(self._folder)
            events = tuple(self._source)
        except Trouble as trouble:
            self.app.call_from_thread(self.app.notify, trouble.sentence, severity="error")
            return
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._opened, events)

    def _opened(self, events: tuple[Event, ...]) -> None:
        self._take(events)
        self.look_at_disk()
        if self._follows:
            self.set_interval(FOLLOW_S, self._read_on)

    def watch_place(self) -> None:
        if self.is_mounted:
            self._show_place()

    def action_back(self) -> None:
        self._pause()
        self.place = self._recording.milestone(self.place, -1)

    def action_forward(self) -> None:
        self._pause()
        self.place = self._recording.milestone(self.place, 1)

    def validate_place(self, place: int) -> int:
        """A rerun is laid over this moment; it stays until the rerun is over."""
        return place if self.is_free() else self.place

    def action_to_start(self) -> None:
        self._pause()
        self.place = min(1, len(self._recording.events))

    def action_to_end(self) -> None:
        self.place = len(self._recording.events)

    def action_play(self) -> None:
        if self._is_playing:
            self._pause()
            return
        if not self.is_free():
            return
        if self.place >= len(self._recording.events):
            self.place = 0
        if self._player:
            self._player.resume()
        self.mood = Mood.BUSY

    def action_run_or_pause(self) -> None:
        self.action_play()

    def action_step(self) -> None:
        self.action_forward()

    def action_next_phase(self) -> None:
        self.action_forward()

    def action_skip(self) -> None:
        self.app.notify(say("why.replay"))

    def action_stop(self) -> None:
        if not self.stop_rerun():
            self.app.notify(say("why.replay"))

    def action_answer(self) -> None:
        self.app.notify(say("why.replay"))

    def action_sessions(self) -> None:
        if self.is_free():
            self.dismiss()

    def why_no_rerun(self) -> str:
        return say("why.playing") if self._is_playing else ""

    @property
    def session_folder(self) -> str:
        return self._folder

    @property
    def is_recorded(self) -> bool:
        return False

    @property
    def is_resting(self) -> bool:
        return True

    @property
    def is_written_here(self) -> bool:
        return False

    @on(Scrubber.Picked)
    def _jump(self, event: Scrubber.Picked) -> None:
        self._pause()
        self.place = round(event.share * len(self._recording.events))

    @property
    def _is_playing(self) -> bool:
        return self.mood is Mood.BUSY and not self._follows

    def _pause(self) -> None:
        if self._player:
            self._player.pause()
        self.mood = Mood.PAUSED

    def _play_on(self) -> None:
        """A burst of cases counts as one frame, so that playing takes seconds, not minutes."""
        step = max(1, len(self._recording.events) // 300)
        self.place = min(self.place + step, len(self._recording.events))
        if self.place >= len(self._recording.events):
            self._pause()
            self._show_place()

    def _read_on(self) -> None:
        try:
            self._take(tuple(self._source))
        except Trouble as trouble:
            self.app.notify(trouble.sentence, severity="error", timeout=10)

    def _take(self, events: tuple[Event, ...]) -> None:
        """Whoever stands at the end stays at the end."""
        at_end = self.place >= len(self._recording.events)
        if events:
            self._recording.add(events)
            self._marked = self._marks(len(self._recording.events))
            if at_end:
                self.place = len(self._recording.events)
            self._show_place()

    def _show_place(self) -> None:
        total = len(self._recording.events)
        self.view = self._recording.view_at(self.place)
        at_end = self.place >= total
        if not self._is_playing:
            is_over = at_end and self.view.summary is not None
            live = self._follows and at_end
            self.mood = Mood.DONE if is_over else Mood.BUSY if live else Mood.PAUSED
        self.remark = say("replay.following" if self._follows and at_end else "replay.read_only")
        self.elapsed = self.view.last_at[11:19]
        scrubber = self.query_one(Scrubber)
        scrubber.total, scrubber.place = total, self.place
        scrubber.marks = self._marked

    def _marks(self, total: int) -> tuple[tuple[float, str], ...]:
        found: list[tuple[float, str]] = []
        for at, event in enumerate(self._recording.events):
            if isinstance(event, happened.IterationStarted):
                found.append((at / total, str(event.iteration)))
            elif isinstance(event, happened.PhaseStarted) and event.number < 5:
                found.append((at / total, "·"))
        return tuple(found)
