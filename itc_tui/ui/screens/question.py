"""A question of the loop: every choice one key, each with its consequence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from itc_tui.domain.questions import Choice, Question, Reply, Topic
from itc_tui.ui.asked import about_of, consequence_of, detail_of, label_of, text_of
from itc_tui.ui.commands import bindings
from itc_tui.ui.look import sheets
from itc_tui.ui.text import fit, plain, plain_lines
from itc_tui.ui.toasts import keep_toasts_off
from itc_tui.ui.topmost import Topmost
from itc_tui.ui.widgets.one_line import OneLine
from itc_tui.ui.widgets.painting import Row
from itc_tui.ui.widgets.prose import Prose
from itc_tui.ui.widgets.reading import Reading
from itc_tui.ui.widgets.tick_list import TickList
from itc_tui.ui.words import say, told

WANTS_WORDS = {
    (Topic.PLAN, "scope"),
    (Topic.PLAN, "mocks"),
    (Topic.PLAN, "scenarios"),
    (Topic.MODULE, "modules"),
    (Topic.FIX, "reject"),
    (Topic.NEXT_STEPS, "extend"),
}
"""Choices that mean little without a sentence of the person's; it may be empty for some."""
MAY_BE_EMPTY = {(Topic.FIX, "reject"), (Topic.NEXT_STEPS, "extend")}
EDIT, EDIT_OUTSIDE = "edit", "edit outside"
"""No choices of the loop's: what is asked about is edited, and asked about again."""
STOP = "stop"
"""No answer either: the session ends here, and the question is asked again when it goes on."""
STEPPING = {Topic.STRATEGY, Topic.FAILURES, Topic.FIX}
"""Decisions of step mode: `s` does what is marked, as it does every other step."""


class Ask(Topmost, ModalScreen[Reply | None]):
    """Leaves with a reply, or with None when the person wants to look around first."""

    CSS_PATH = sheets("dialogs")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "later", show=False),
        Binding("down,j", "turn(1)", show=False),
        Binding("up,k", "turn(-1)", show=False),
        Binding("enter", "take", show=False),
        Binding("s", "step", show=False),
        Binding("e", "edit", show=False),
        Binding("E", "edit_outside", show=False),
        Binding("pagedown", "scroll(1)", show=False),
        Binding("pageup", "scroll(-1)", show=False),
        *(
            one
            for one in bindings("workbench")
            if isinstance(one, Binding) and one.action == "stop"
        ),
    ]
    AUTO_FOCUS = ""
    cursor: reactive[int] = reactive(0)

    def __init__(
        self,
        question: Question,
        details: Sequence[Row] = (),
        known: Sequence[str] = (),
        *,
        ticked: frozenset[str] = frozenset(),
        may_edit: bool = False,
        has_editor: bool = False,
    ) -> None:
        super().__init__()
        self.question = question
        self.ticked = ticked
        self._may_edit = may_edit
        """What is asked about can be changed before it is answered."""
        self._has_editor = may_edit and has_editor
        self._details = details
        self._known = known
        self._noting: Choice | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="ask"):
            yield Prose(plain(text_of(self.question)), id="ask-text")
            for line in plain_lines(detail_of(self.question)):
                yield Prose(line, classes="ask-detail")
            if self._details:
                yield Reading(id="ask-rows")
            if self.question.options:
                yield TickList(self.question.options, self.ticked)
            yield Prose(self._problem, id="ask-problem")
            for _ in self.question.choices:
                yield Static(classes="choice")
            yield OneLine(
                id="ask-note",
                compact=True,
                suggester=SuggestFromList(self._known, case_sensitive=False),
            )
            yield Prose(self._help, id="ask-help")

    def on_mount(self) -> None:
        ask = self.query_one("#ask")
        ask.border_title = Content(say(f"ask.{self.question.topic}"))
        keep_toasts_off(ask)
        self.query_one(Input).display = False
        self.query_one("#ask-problem").display = bool(self.question.problem)
        if self._details:
            self.query_one(Reading).read(self._details)
        for ticks in self.query(TickList):
            self.set_focus(ticks)
        self.cursor = self.question.choices.index(self.question.recommended)
        self._show()

    def watch_cursor(self) -> None:
        if self.is_mounted:
            self._show()

    def on_key(self, event: events.Key) -> None:
        if self._noting:
            return
        for choice in self.question.choices:
            if event.character and event.character == choice.key:
                event.stop()
                self._choose(choice)
                return

    async def on_click(self, event: events.Click) -> None:
        for place, line in enumerate(self.query(".choice")):
            if event.widget is line:
                self.cursor = place
                self._choose(self.question.choices[place])

    def action_turn(self, by: int) -> None:
        if not self._noting:
            self.cursor = (self.cursor + by) % len(self.question.choices)

    def action_take(self) -> None:
        self._choose(self.question.choices[self.cursor])

    def action_scroll(self, by: int) -> None:
        for rows in self.query(Reading):
            (rows.action_page_down if by > 0 else rows.action_page_up)()

    def action_step(self) -> None:
        if self.question.topic in STEPPING:
            self.action_take()

    def action_stop(self) -> None:
        self.dismiss(Reply(choice=STOP))

    def action_edit(self) -> None:
        if self._may_edit:
            self.dismiss(Reply(choice=EDIT))

    def action_edit_outside(self) -> None:
        if self._has_editor:
            self.dismiss(Reply(choice=EDIT_OUTSIDE))

    @on(TickList.Done)
    def _ticked_enough(self, event: TickList.Done) -> None:
        event.stop()
        self.action_take()

    @on(TickList.Ticked)
    def _note_ticks(self, event: TickList.Ticked) -> None:
        event.stop()
        self.ticked = event.names
        self._tell_problem("")

    def action_later(self) -> None:
        if self._noting:
            self._noting = None
            self.query_one(Input).display = False
            self.set_focus(None)
            self.query_one("#ask-help", Prose).tell(self._help)
        else:
            self.dismiss(None)

    @on(Input.Submitted)
    def _note_written(self, event: Input.Submitted) -> None:
        event.stop()
        choice, words = self._noting, event.value.strip()
        if choice and (words or (self.question.topic, choice.name) in MAY_BE_EMPTY):
            self._leave(choice, words)

    def _choose(self, choice: Choice) -> None:
        if self.question.options and choice.name != "skip" and not self.ticked:
            self._tell_problem(say("ask.tick_one"))
            return
        if not self._asks_for_words(choice):
            self._leave(choice)
            return
        self._noting = choice
        note = self.query_one(Input)
        note.placeholder = say(
            "ask.modules" if self.question.topic is Topic.MODULE else "ask.in_words"
        )
        note.display = True
        note.focus()
        self.query_one("#ask-help", Prose).tell(self._help)

    def _leave(self, choice: Choice, note: str = "") -> None:
        payload = None
        if self.question.topic is Topic.MODULE and note:
            payload = [part for part in note.replace(",", " ").split() if part]
        self.dismiss(Reply(choice=choice.name, note=note, payload=payload))

    def _asks_for_words(self, choice: Choice) -> bool:
        return (self.question.topic, choice.name) in WANTS_WORDS

    @property
    def _problem(self) -> str:
        return plain(
            f"! {say('field.label', what=say('ask.refused'))}{told(self.question.problem)}"
        )

    def _tell_problem(self, words: str) -> None:
        line = self.query_one("#ask-problem", Prose)
        line.tell(f"! {words}")
        line.display = bool(words)

    @property
    def _help(self) -> str:
        if self._noting:  # a letter is written now, and chooses nothing
            return say("ask.help_words")
        if self._may_edit:
            return say("ask.help_edit_both" if self._has_editor else "ask.help_edit")
        if self.question.options:
            return say("ask.help_ticks")
        if self.question.topic in STEPPING:
            return say("ask.help_step")
        return say("ask.help_plan" if self.question.topic is Topic.PLAN else "ask.help")

    def _show(self) -> None:
        for place, (line, choice) in enumerate(zip(self.query(".choice"), self.question.choices)):
            assert isinstance(line, Static)
            line.set_class(place == self.cursor, "chosen")
            label = label_of(choice)
            pointer = "❯" if place == self.cursor else " "
            line.update(
                Content.assemble(
                    (f"{pointer} ", "$accent"),
                    (f" {plain(choice.key)} ", "bold $accent"),
                    (f" {fit(label, 14) if choice.about else label}", "bold"),
                    (f"  {about_of(choice)}", "$accent"),
                    (f"\n      {consequence_of(choice)}", "dim"),
                )
            )
