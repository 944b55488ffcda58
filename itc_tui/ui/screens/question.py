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
from itc_tui.ui.look import sheets
from itc_tui.ui.text import plain, plain_lines
from itc_tui.ui.widgets.painting import Row
from itc_tui.ui.widgets.reading import Reading
from itc_tui.ui.words import say

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
EDIT = "edit"
"""No choice of the loop's: the screen opens the editor and asks again."""


class Ask(ModalScreen[Reply | None]):
    """Leaves with a reply, or with None when the person wants to look around first."""

    CSS_PATH = sheets("dialogs")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "later", show=False),
        Binding("down,j", "turn(1)", show=False),
        Binding("up,k", "turn(-1)", show=False),
        Binding("enter", "take", show=False),
        Binding("E", "edit", show=False),
        Binding("pagedown", "scroll(1)", show=False),
        Binding("pageup", "scroll(-1)", show=False),
    ]
    AUTO_FOCUS = ""
    may_edit: reactive[bool] = reactive(False)
    """What is asked about can be changed in the person's editor before it is answered."""
    cursor: reactive[int] = reactive(0)

    def __init__(
        self,
        question: Question,
        details: Sequence[Row] = (),
        known: Sequence[str] = (),
        *,
        may_edit: bool = False,
    ) -> None:
        super().__init__()
        self.set_reactive(Ask.may_edit, may_edit)
        self.question = question
        self._details = details
        self._known = known
        self._noting: Choice | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="ask"):
            yield Static(Content(plain(self.question.text)), id="ask-text")
            for line in plain_lines(self.question.detail):
                yield Static(Content(line), classes="ask-detail")
            if self._details:
                yield Reading(id="ask-rows")
            for _ in self.question.choices:
                yield Static(classes="choice")
            yield Input(
                id="ask-note",
                compact=True,
                suggester=SuggestFromList(self._known, case_sensitive=False),
            )
            yield Static(Content(self._help), id="ask-help")

    def on_mount(self) -> None:
        self.query_one("#ask").border_title = Content(say(f"ask.{self.question.topic}"))
        self.query_one(Input).display = False
        if self._details:
            self.query_one(Reading).read(self._details)
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

    def action_edit(self) -> None:
        if self.may_edit:
            self.dismiss(Reply(choice=EDIT))

    def action_later(self) -> None:
        if self._noting:
            self._noting = None
            self.query_one(Input).display = False
            self.set_focus(None)
        else:
            self.dismiss(None)

    @on(Input.Submitted)
    def _note_written(self, event: Input.Submitted) -> None:
        event.stop()
        choice, words = self._noting, event.value.strip()
        if choice and (words or (self.question.topic, choice.name) in MAY_BE_EMPTY):
            self._leave(choice, words)

    def _choose(self, choice: Choice) -> None:
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

    def _leave(self, choice: Choice, note: str = "") -> None:
        payload = None
        if self.question.topic is Topic.MODULE and note:
            payload = [part for part in note.replace(",", " ").split() if part]
        self.dismiss(Reply(choice=choice.name, note=note, payload=payload))

    def _asks_for_words(self, choice: Choice) -> bool:
        return (self.question.topic, choice.name) in WANTS_WORDS

    @property
    def _help(self) -> str:
        if self.may_edit:
            return say("ask.help_edit")
        return say("ask.help_plan" if self.question.topic is Topic.PLAN else "ask.help")

    def _show(self) -> None:
        for place, (line, choice) in enumerate(zip(self.query(".choice"), self.question.choices)):
            assert isinstance(line, Static)
            line.set_class(place == self.cursor, "chosen")
            pointer = "❯" if place == self.cursor else " "
            line.update(
                Content.assemble(
                    (f"{pointer} ", "$accent"),
                    (f" {plain(choice.key)} ", "bold $accent"),
                    (f" {plain(choice.label)}", "bold"),
                    (f"\n      {plain(choice.consequence)}", "dim"),
                )
            )
