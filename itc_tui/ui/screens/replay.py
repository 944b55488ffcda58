"""A session that is over, or that another process writes: read-only, with a scrubber."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget
from textual.worker import get_current_worker

from itc_tui.domain.trouble import Trouble
from itc_tui.ui.commands import Command, bindings, commands
from itc_tui.ui.mood import Mood
from itc_tui.ui.screens.workbench import Workbench
from itc_tui.ui.times import time_here
from itc_tui.ui.view import View
from itc_tui.ui.widgets.scrubber import Scrubber
from itc_tui.ui.words import say, told

if TYPE_CHECKING:
    from itc_tui.domain.events import Event
    from itc_tui.ui.outside import Outside
    from itc_tui.ui.recording import Recording

FOLLOW_S = 0.5
FRAME_S = 0.1
WRITER_S = 1.0
"""How often it is looked whether another process runs the session."""


class ReplayWorkbench(Workbench):
    BINDINGS: ClassVar[list[BindingType]] = bindings("replay")
    place: reactive[int] = reactive(0, repaint=False)

    def __init__(
        self, outside: Outside, folder: str, first: View | None = None, *, follows: bool = False
    ) -> None:
        """`first` is what is known of the session already; the rest is read while it is shown."""
        super().__init__(outside)
        self.set_reactive(Workbench.is_read_only, True)
        self.set_reactive(Workbench.view, first or View())
        self._folder = folder
        self._follows = follows
        """Another process runs it now."""
        self._was_left = False
        """It did so while we looked on, and does no more."""
        self._reader: Timer | None = None
        self._source: Iterable[Event] = ()
        self._marked: tuple[tuple[float, str], ...] = ()
        self._recording: Recording | None = None
        """None until all events are read."""
        self._player: Timer | None = None
        self.add_class("-reading", update=False)

    def driving_commands(self) -> list[Command]:
        leaving = [command for command in commands("workbench") if command.name == "sessions"]
        return [*(command for command in commands("replay") if command.footer), *leaving]

    def compose_driving(self) -> Iterable[Widget]:
        yield Scrubber(id="scrubber")

    def on_mount(self) -> None:
        self._player = self.set_interval(FRAME_S, self._play_on, pause=True)
        self.mood, self.remark = Mood.PAUSED, say("replay.reading")
        # What is known already is painted first: reading takes the processor for itself.
        self.call_after_refresh(self._open)

    @work(thread=True, group="reading", exclusive=True)
    def _open(self) -> None:
        """The first reading may be long, so the screen does not wait for it."""
        from itc_tui.ui.recording import Recording

        recording = Recording()
        try:
            self._source = self.outside.read_events(self._folder)
            recording.add(self._source)
        except Trouble as trouble:
            self.app.call_from_thread(self.app.notify, told(trouble.sentence), severity="error")
            return
        recording.view_at(len(recording))
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._opened, recording)

    def _opened(self, recording: Recording) -> None:
        self._recording = recording
        self.remove_class("-reading")
        self._marked = self._marks()
        self.place = self._total
        self._show_place()
        self.look_at_disk()
        self._reader = self.set_interval(FOLLOW_S, self._read_on, pause=not self._follows)
        if self.outside.is_being_written:
            self.set_interval(WRITER_S, self._look_for_writer)

    def _look_for_writer(self) -> None:
        """Who runs it may end or be killed, and another may begin."""
        ask = self.outside.is_being_written
        if ask is None or self.is_rerunning or self._is_taking_back:
            return  # that is us
        follows = ask(self._folder)
        if follows is self._follows:
            return
        self._pause()
        self._follows, self._was_left = follows, not follows
        if self._reader:
            (self._reader.resume if follows else self._reader.pause)()
        self._read_on()
        self._show_place()

    @property
    def _total(self) -> int:
        return len(self._recording) if self._recording is not None else 0

    def watch_place(self) -> None:
        if self.is_mounted:
            self._show_place()

    def action_back(self) -> None:
        self._pause()
        if self._recording is not None:
            self.place = self._recording.milestone(self.place, -1)

    def action_forward(self) -> None:
        self._pause()
        if self._recording is not None:
            self.place = self._recording.milestone(self.place, 1)

    def validate_place(self, place: int) -> int:
        """A rerun is laid over this moment; it stays until the rerun is over."""
        return place if not self.is_rerunning or self.is_free() else self.place

    def action_to_start(self) -> None:
        self._pause()
        self.place = min(1, self._total)

    def action_to_end(self) -> None:
        self.place = self._total

    def action_play(self) -> None:
        if self._is_playing:
            self._pause()
            return
        if self._recording is None or not self.is_free():
            return
        if self.place >= self._total:
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
        if not self.stop_beside():
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
        self.place = round(event.share * self._total)

    @property
    def _is_playing(self) -> bool:
        return self.mood is Mood.BUSY and not self._follows

    def _pause(self) -> None:
        if self._player:
            self._player.pause()
        self.mood = Mood.PAUSED

    def _play_on(self) -> None:
        """A burst of cases counts as one frame, so that playing takes seconds, not minutes."""
        step = max(1, self._total // 300)
        self.place = min(self.place + step, self._total)
        if self.place >= self._total:
            self._pause()
            self._show_place()

    def hear_git(self, events: Iterable[Event]) -> None:
        """It stands in the trace, so that it is a moment of the recording like any other."""
        if tuple(events):
            self._read_on()

    def _read_on(self) -> None:
        try:
            self._take(tuple(self._source))
        except Trouble as trouble:
            self.app.notify(told(trouble.sentence), severity="error", timeout=10)

    def _take(self, events: tuple[Event, ...]) -> None:
        """Whoever stands at the end stays at the end."""
        at_end = self.place >= self._total
        if events and self._recording is not None:
            self._recording.add(events)
            self._marked = self._marks()
            if at_end:
                self.place = self._total
            self._show_place()

    def _show_place(self) -> None:
        if self._recording is None:
            return
        total = self._total
        at_end = self.place >= total
        view = self._recording.view_at(self.place)
        if at_end and not self._follows:
            from itc_tui.ui.run_folds import at_rest

            view = at_rest(view)
        self.view = view
        if not self._is_playing:
            self.mood = self._mood_here(is_last=at_end)
        is_left = self._was_left and at_end and view.summary is None
        word = "left" if is_left else "following" if self._follows and at_end else "read_only"
        self.remark = say(f"replay.{word}")
        self.elapsed = time_here(self.view.last_at)
        scrubber = self.query_one(Scrubber)
        scrubber.total, scrubber.place = total, self.place
        scrubber.marks = self._marked

    def _mood_here(self, *, is_last: bool) -> Mood:
        if not is_last:
            return Mood.PAUSED
        if self.view.summary is not None and not (self._follows and self.view.question):
            return Mood.DONE
        if self._follows:
            return Mood.ASKING if self.view.question else Mood.BUSY
        return Mood.STOPPED if self._was_left else Mood.PAUSED

    def _marks(self) -> tuple[tuple[float, str], ...]:
        begun = self._recording.beginnings if self._recording is not None else {}
        return tuple((at / self._total, name) for at, name in begun.items())
