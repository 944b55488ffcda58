"""Things to tick: space ticks, `a` ticks all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from itc_tui.domain.questions import Option
from itc_tui.ui.text import plain
from itc_tui.ui.widgets.painting import Row
from itc_tui.ui.widgets.row_list import RowList
from itc_tui.ui.words import told


class TickList(RowList):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", show=False),
        Binding("a", "tick_all", show=False),
    ]

    @dataclass
    class Ticked(Message):
        names: frozenset[str]

    @dataclass
    class Done(Message):
        pass

    def __init__(self, options: Sequence[Option], ticked: frozenset[str]) -> None:
        super().__init__(id="ask-ticks")
        self._options = options
        self.ticked = ticked

    def on_mount(self) -> None:
        self.show(len(self._options))

    def row(self, index: int, _width: int) -> Row:
        option = self._options[index]
        is_ticked = option.name in self.ticked
        return (
            ("[✓] " if is_ticked else "[ ] ", "good" if is_ticked else "dim"),
            (plain(option.label), "strong" if is_ticked else ""),
            (f"  {plain(told(option.note))}", "dim"),
        )

    def action_tick(self) -> None:
        self._take(self.ticked ^ {self._options[self.cursor].name})

    def action_tick_all(self) -> None:
        everything = frozenset(option.name for option in self._options)
        self._take(frozenset() if self.ticked == everything else everything)

    def action_choose(self) -> None:
        self.post_message(self.Done())

    async def on_click(self, event: events.Click) -> None:
        index = event.y + self.scroll_offset.y
        if index < self.count:
            self.cursor = index
            self.action_tick()

    def _take(self, ticked: frozenset[str]) -> None:
        self.ticked = ticked
        self.refresh()
        self.post_message(self.Ticked(ticked))
