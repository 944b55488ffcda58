"""Step mode: what the loop is about to do, above the footer, until a key says go."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from itc_tui.domain.questions import Question, Topic
from itc_tui.ui.asked import detail_of, text_of, why_not_skipped
from itc_tui.ui.commands import commands
from itc_tui.ui.loop_worker import Mood
from itc_tui.ui.text import plain, plain_lines
from itc_tui.ui.view import View
from itc_tui.ui.words import say


class AheadPanel(Static):
    """Stands as long as the person steps, so that nothing jumps while a step is done."""

    view: reactive[View] = reactive(View, repaint=False)
    mood: reactive[Mood] = reactive(Mood.IDLE, repaint=False)
    is_stepping: reactive[bool] = reactive(False, repaint=False)

    def __init__(self) -> None:
        super().__init__(id="ahead")
        self._shown: Question | None = None

    def on_mount(self) -> None:
        self.relabel()

    def watch_view(self, before: View, view: View) -> None:
        if before.question is not view.question:
            self.relabel()

    def watch_mood(self) -> None:
        self.relabel()

    def watch_is_stepping(self) -> None:
        self.relabel()

    def relabel(self) -> None:
        question = self.view.question
        waits = self.mood is Mood.PAUSED and question and question.topic is Topic.STEP
        is_under_way = self.is_stepping and self.mood in (Mood.BUSY, Mood.ASKING)
        self._shown = question if waits else self._shown if is_under_way else None
        self.display = self._shown is not None
        if self._shown:
            self.set_class(not waits, "under-way")
            self._show(self._shown, waits=bool(waits))

    def _show(self, question: Question, *, waits: bool) -> None:
        sign = "▸" if waits else "●"
        lines = [Content.styled(f"{sign} {plain(text_of(question))}", "bold" if waits else "")]
        lines += [Content.styled(f"  {line}", "dim") for line in plain_lines(detail_of(question))]
        if reason := why_not_skipped(question):
            lines.append(Content.styled(f"  {plain(reason)}", "dim"))
        self.border_title = Content(say("ahead.title" if waits else "ahead.under_way"))
        self.border_subtitle = Content(_keys(can_skip=not reason) if waits else "")
        self.update(Content("\n").join(lines))


def _keys(*, can_skip: bool) -> str:
    wanted = ["step", "skip", "next_phase", "run_or_pause"]
    known = {command.name: command for command in commands("workbench")}
    return " · ".join(
        f"{known[name].key} {say(f'ahead.{name}')}" for name in wanted if name != "skip" or can_skip
    )
