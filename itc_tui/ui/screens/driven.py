"""Drives a loop by keys: run, pause, step, skip, stop, and back to the question that waits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.reactive import reactive
from textual.widget import Widget

from itc_tui.domain.questions import Reply, Topic
from itc_tui.ports import Pace
from itc_tui.ui.asked import why_not_skipped
from itc_tui.ui.commands import Command, bindings, commands
from itc_tui.ui.loop_worker import LoopWorker
from itc_tui.ui.mood import Mood
from itc_tui.ui.outside import Launch, Outside
from itc_tui.ui.screens.workbench import Workbench
from itc_tui.ui.widgets.ahead_panel import AheadPanel
from itc_tui.ui.words import say

_OF_USE = {
    Mood.BUSY: ("run_or_pause", "stop", "step"),
    Mood.PAUSING: ("run_or_pause", "stop"),
    Mood.PAUSED: ("run_or_pause", "step", "stop"),
    Mood.ASKING: ("answer", "stop"),
}
"""What drives the loop on at this moment; the rest says why not."""


class DrivenWorkbench(Workbench):
    """What the loop tells is for who is a kind of this; here is what it is told."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("workbench")
    is_stepping: reactive[bool] = reactive(False, repaint=False)

    def __init__(self, outside: Outside, launch: Launch, *, step_by_step: bool = False) -> None:
        super().__init__(outside)
        self.worker = LoopWorker(launch.journey, launch.stop, self.hear)
        self.steering = launch.steering
        self._walk(Pace.STEP if step_by_step else Pace.RUN)

    def hear(self) -> None:
        """Called in the loop's thread: there is news."""
        raise NotImplementedError

    def ask(self) -> object:
        """Put the question that waits."""
        raise NotImplementedError

    @property
    def is_shown_step(self) -> bool:
        """What comes next is shown and waits; any pace goes on from there."""
        question = self.view.question
        return question is not None and question.topic is Topic.STEP

    def driving_commands(self) -> list[Command]:
        wanted = _OF_USE.get(self.mood, ("sessions",) if self.mood.is_over else ())
        if self.mood is Mood.PAUSED and self.is_shown_step:
            wanted = ("step", "skip", *wanted)
        known = {command.name: command for command in commands("workbench")}
        return [known[name] for name in dict.fromkeys(wanted)]

    def compose_driving(self) -> Iterable[Widget]:
        yield AheadPanel().data_bind(Workbench.view, Workbench.mood, DrivenWorkbench.is_stepping)

    def relabel(self) -> None:
        super().relabel()
        self.query_one(AheadPanel).relabel()

    def action_run_or_pause(self) -> None:
        if not self.is_free():
            return
        is_held = self.mood is Mood.PAUSED or self.worker.holds_when_it_can
        if is_held or not self._cannot_drive():
            self._walk(Pace.RUN)
            if is_held:
                self._go_on()
            else:
                self.worker.pause()

    def action_step(self) -> None:
        self._stride(Pace.STEP)

    def action_next_phase(self) -> None:
        self._stride(Pace.PHASE)

    def action_skip(self) -> None:
        """What is shown or asked and could be skipped is; otherwise it says why not."""
        waits = self.mood in (Mood.PAUSED, Mood.ASKING)
        if not self.is_free():
            return
        if self.mood.is_over:
            self.app.notify(say("why.over"))
        elif reason := why_not_skipped(self.view.question if waits else None):
            self.app.notify(reason, severity="warning")
        else:
            self.worker.answer(Reply(choice="skip"))

    def action_stop(self) -> None:
        if self.stop_beside():
            return
        if self.mood.is_over:
            self.app.notify(say("why.over"))
        else:
            self.worker.stop()

    def action_answer(self) -> None:
        if self.view.question is None or self.mood is not Mood.ASKING:
            self.app.notify(say("why.no_question"))
        elif self.is_free():
            self.ask()

    def action_sessions(self) -> None:
        """Back to the start, which ends a loop that has ended and no other."""
        if not self.mood.is_over:
            self.app.notify(say("why.running"))
        elif self.is_free():
            self.dismiss()

    def _stride(self, pace: Pace) -> None:
        if self._cannot_drive():
            return
        self._walk(pace)
        if self.mood is Mood.PAUSED or self.worker.holds_when_it_can:
            self._go_on()
        elif pace is Pace.STEP:
            self.remark = say("mood.will_step")

    def _walk(self, pace: Pace) -> None:
        self.steering.walk(pace)
        self.is_stepping = pace is Pace.STEP

    def _go_on(self) -> None:
        self.remark = ""
        if self.is_shown_step:
            self.worker.answer(Reply(choice="go"))
        else:
            self.worker.run()

    def _cannot_drive(self) -> bool:
        """A rerun or a question comes first; what is over does not go on."""
        if not self.is_free():
            return True
        if self.mood is Mood.ASKING:
            self.ask()
        elif self.mood.is_over:
            self.app.notify(say("why.over"))
        else:
            return False
        return True
