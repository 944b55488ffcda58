"""Reflection timeline: the chart, one card per iteration, and what all of them taught."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from itc_tui.ui.card_report import card_rows, conclusion_rows, learning_rows
from itc_tui.ui.commands import bindings
from itc_tui.ui.view import Card, View
from itc_tui.ui.widgets.chart import chart
from itc_tui.ui.widgets.painting import Row
from itc_tui.ui.widgets.pane import Pane
from itc_tui.ui.widgets.row_list import RowList
from itc_tui.ui.widgets.teaching import Teaching
from itc_tui.ui.words import say

HeadRow = tuple[Row, Card | None]


class CardList(RowList):
    """Cards of several lines; the cursor goes from head to head."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: list[HeadRow] = []

    def lay(self, rows: list[HeadRow]) -> None:
        chosen, was_newest = self.chosen, self.cursor == self._newest
        self._rows = rows
        self.show(len(rows))
        if chosen and not was_newest:
            self.cursor = next(
                (at for at, (_, card) in enumerate(rows) if _is_same(card, chosen)), self._newest
            )
        else:
            self.cursor = self._newest
            self.scroll_to(y=0, animate=False)

    @property
    def chosen(self) -> Card | None:
        return self._rows[self.cursor][1] if self.cursor < len(self._rows) else None

    @property
    def _newest(self) -> int:
        return next((at for at, (_, card) in enumerate(self._rows) if card), 0)

    def row(self, index: int, _width: int) -> Row:
        return self._rows[index][0]

    def is_choosable(self, index: int) -> bool:
        return index < len(self._rows) and self._rows[index][1] is not None


class TimelinePane(Pane):
    BINDINGS: ClassVar[list[BindingType]] = bindings("timeline")
    number = 4
    word = "timeline"
    shows_learnings: reactive[bool] = reactive(False)
    marked: reactive[int] = reactive(0)
    """The iteration to compare another with; 0 is none."""

    @dataclass
    class CardWanted(Message):
        card: Card

    @dataclass
    class DiffWanted(Message):
        card: Card

    @dataclass
    class ComparisonWanted(Message):
        one: Card
        other: Card

    @dataclass
    class RevertWanted(Message):
        iteration: int
        """0 is the whole session."""

    def compose(self) -> ComposeResult:
        yield CardList(id="cards")
        yield Teaching(id="no-cards")

    @property
    def is_empty(self) -> bool:
        return not self.view.cards

    def focus_content(self) -> Widget:
        return self.query_one(CardList)

    def parts(self, view: View) -> tuple[object, ...]:
        return (
            view.cards,
            view.learnings,
            view.summary,
            view.findings,
            view.plan,
            view.is_rate_old,
        )

    def watch_shows_learnings(self) -> None:
        self.redraw()

    def watch_marked(self) -> None:
        self.redraw()

    @on(RowList.Widened, "#cards")
    def _lay_again(self) -> None:
        self.redraw()

    def draw(self) -> None:
        cards, teaching = self.query_one(CardList), self.query_one(Teaching)
        is_empty = not self.view.cards and not self.view.summary
        cards.display, teaching.display = not is_empty, is_empty
        teaching.teach("timeline")
        width = max(20, cards.size.width - 2)
        cards.lay(_rows(self.view, width, self.marked, self.shows_learnings))
        self.retitle(say("timeline.marked", number=self.marked) if self.marked else "")

    def action_card(self) -> None:
        if card := self._chosen():
            self.post_message(self.CardWanted(card))

    def action_show_diff(self) -> None:
        if card := self._chosen():
            self.post_message(self.DiffWanted(card))

    def action_learnings(self) -> None:
        self.shows_learnings = not self.shows_learnings

    def action_compare(self) -> None:
        card = self._chosen()
        if card is None:
            return
        marked = next((known for known in self.view.cards if known.iteration == self.marked), None)
        if marked is None:
            self.marked = card.iteration
        elif marked.iteration == card.iteration:
            self.marked = 0
        else:
            one, other = sorted((marked, card), key=lambda known: known.iteration)
            self.marked = 0
            self.post_message(self.ComparisonWanted(one, other))

    def action_revert(self) -> None:
        if card := self._chosen():
            self.post_message(self.RevertWanted(card.iteration))

    def action_revert_all(self) -> None:
        self.post_message(self.RevertWanted(0))

    @on(RowList.Chosen)
    def _open_card(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_card()

    def _chosen(self) -> Card | None:
        card = self.query_one(CardList).chosen
        if card is None:
            self.notify(say("timeline.none"))
        return card


def _is_same(card: Card | None, other: Card) -> bool:
    return card is not None and card.iteration == other.iteration


def _rows(view: View, width: int, marked: int, shows_learnings: bool) -> list[HeadRow]:
    goal = view.plan.success_criteria.pass_rate if view.plan else 95
    rows: list[HeadRow] = []
    if view.summary:
        rows += [
            (row, None)
            for row in conclusion_rows(view.summary, view.findings, width, is_old=view.is_rate_old)
        ]
    rows += [(row, None) for row in chart([card.rate for card in view.cards], goal, width)]
    rows.append(((), None))
    if shows_learnings:
        return rows + [(row, None) for row in learning_rows(view.learnings, width)]
    for card in reversed(view.cards):
        first, *rest = card_rows(card, width, is_marked=card.iteration == marked)
        rows.append((first, card))
        rows += [(row, None) for row in rest]
    return rows
