"""Step mode: what the loop is about to do, above the footer, until a key says go."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from itc_tui.domain.questions import Question, Topic
from itc_tui.ui.asked import detail_of, text_of, why_not_skipped
from itc_tui.ui.commands import commands
from itc_tui.ui.loop_worker import Mood
from itc_tui.ui.text import cut, plain, plain_lines, wrap
from itc_tui.ui.view import View
from itc_tui.ui.words import say

_FRAME = 6
"""Border, padding and indent, in columns."""


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

    def on_resize(self) -> None:
        self.relabel()

    def relabel(self) -> None:
        question = self.view.question
        waits = self.mood is Mood.PAUSED and question and question.topic is Topic.STEP
        if waits:
            self._shown = question
        elif not self.is_stepping or self.mood.is_over:
            self._shown = None
        self.display = self._shown is not None
        if self._shown:
            self.set_class(not waits, "under-way")
            self._show(self._shown, waits=bool(waits))

    def _show(self, question: Question, *, waits: bool) -> None:
        sign = "▸" if waits else "●"
        reason = why_not_skipped(question)
        width = max(20, self.app.size.width - _FRAME)
        first, *rest = wrap(plain(text_of(question)), width)
        details = plain_lines(detail_of(question))
        if len(details) > 1:  # a list: one row each, so that the end of it is seen
            details = [cut(line, width) for line in details]
        more = [*details, *([plain(reason)] if reason else [])]
        style = "bold" if waits else ""
        lines = [Content.styled(f"{sign} {first}", style)]
        lines += [Content.styled(f"  {line}", style) for line in rest]
        lines += [Content.styled(f"  {line}", "dim") for one in more for line in wrap(one, width)]
        self.border_title = Content(say("ahead.title" if waits else "ahead.under_way"))
        self.border_subtitle = Content(_keys(can_skip=not reason) if waits else "")
        self.update(Content("\n").join(lines))


def _keys(*, can_skip: bool) -> str:
    wanted = ["step", "skip", "next_phase", "run_or_pause"]
    known = {command.name: command for command in commands("workbench")}
    return " · ".join(
        f"{known[name].key} {say(f'ahead.{name}')}" for name in wanted if name != "skip" or can_skip
    )
