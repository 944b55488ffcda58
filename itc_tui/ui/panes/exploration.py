"""Exploration summary: what was found, as a tree that can be searched, down to the source line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widget import Widget

from itc_tui.ui.commands import bindings
from itc_tui.ui.exploration_rows import Branch, branches, narrowed, summary
from itc_tui.ui.view import View
from itc_tui.ui.widgets.filter_line import FilterLine
from itc_tui.ui.widgets.painting import Row
from itc_tui.ui.widgets.pane import Pane
from itc_tui.ui.widgets.reading import Reading
from itc_tui.ui.widgets.row_list import RowList
from itc_tui.ui.widgets.teaching import Teaching
from itc_tui.ui.widgets.underway import Underway
from itc_tui.ui.words import say


class FindingsTree(RowList):
    """Sections that fold, and what was found in each."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.folded: set[str] = set()
        self._all: list[Branch] = []
        self._shown: list[Branch] = []
        self._needle = ""

    def lay(self, found: list[Branch], needle: str) -> None:
        is_new = needle != self._needle
        self._all, self._needle = found, needle
        self._shown = narrowed(found, needle, self.folded)
        self.show(len(self._shown))
        if needle and is_new:
            self.cursor = 1  # what was found, not the heading above it

    @property
    def chosen(self) -> Branch | None:
        return self._shown[self.cursor] if self.cursor < len(self._shown) else None

    def fold(self, section: str, *, shut: bool) -> None:
        (self.folded.add if shut else self.folded.discard)(section)
        self.lay(self._all, self._needle)
        for at, branch in enumerate(self._shown):
            if branch.is_heading and branch.section == section:
                self.cursor = at

    def row(self, index: int, width: int) -> Row:
        """The last cell is left to part the kinds from the scrollbar."""
        branch = self._shown[index]
        return branch.row(width - 1, not self._needle and branch.section in self.folded)


class ExplorationPane(Pane):
    BINDINGS: ClassVar[list[BindingType]] = bindings("exploration")
    number = 1
    word = "exploration"

    @dataclass
    class SourceWanted(Message):
        file: str
        line: int
        in_editor: bool = False

    @dataclass
    class MapWanted(Message):
        """The boundary map, in as much room as there is."""

    def compose(self) -> ComposeResult:
        yield FindingsTree(id="findings")
        yield Reading(id="finding-details", classes="detail empty")
        yield Teaching(id="no-exploration")
        yield Underway("exploration", id="exploration-underway")

    @property
    def is_empty(self) -> bool:
        return self.view.exploration is None

    def focus_content(self) -> Widget:
        return self.query_one(FindingsTree)

    def parts(self, view: View) -> tuple[object, ...]:
        while_empty = (view.progress, view.work, view.notes) if view.exploration is None else ()
        return (view.exploration, *while_empty)

    @on(RowList.Widened, "#findings")
    @on(RowList.Widened, "#exploration-underway")
    def _lay_again(self) -> None:
        self.redraw()

    def draw(self) -> None:
        found = self.view.exploration
        teaching, underway = self.query_one(Teaching), self.query_one(Underway)
        self.query_one(FindingsTree).display = found is not None
        underway.display = self._is_under_way
        teaching.display = found is None and not underway.display
        if found is None:
            teaching.teach("exploration")
            self.tick()
            self.query_one("#finding-details").add_class("empty")
            return
        tree = self.query_one(FindingsTree)
        needle = FilterLine.text_in(self, "exploration-filter")
        tree.lay(branches(found, tree.size.width or 60), needle)
        self.retitle(summary(found))
        self._tell_details()

    @property
    def _is_under_way(self) -> bool:
        is_told = bool(self.view.work or self.view.progress)
        return self.view.exploration is None and self.view.phase == 2 and is_told

    def tick(self) -> None:
        if self._is_under_way:
            self.query_one(Underway).tell(self.view)

    def action_open(self) -> None:
        branch = self.query_one(FindingsTree).chosen
        if branch is None:
            return
        if branch.is_heading:
            tree = self.query_one(FindingsTree)
            tree.fold(branch.section, shut=branch.section not in tree.folded)
        elif branch.file:
            self.post_message(self.SourceWanted(branch.file, branch.line))
        else:
            self.notify(say("explore.no_source"))

    def action_edit_source(self) -> None:
        branch = self.query_one(FindingsTree).chosen
        if branch and branch.file:
            self.post_message(self.SourceWanted(branch.file, branch.line, in_editor=True))
        else:
            self.notify(say("explore.no_source"))

    def action_show_map(self) -> None:
        if self.view.exploration:
            self.post_message(self.MapWanted())

    def action_more_details(self) -> None:
        self.query_one("#finding-details").toggle_class("tall")

    def action_fold(self) -> None:
        if branch := self.query_one(FindingsTree).chosen:
            self.query_one(FindingsTree).fold(branch.section, shut=True)

    def action_unfold(self) -> None:
        if branch := self.query_one(FindingsTree).chosen:
            self.query_one(FindingsTree).fold(branch.section, shut=False)

    def action_filter(self) -> None:
        FilterLine.open_in(self, "filter_exploration", "exploration-filter")

    @on(FilterLine.Narrowed)
    def _narrow(self, event: FilterLine.Narrowed) -> None:
        event.stop()
        self.draw()

    @on(FilterLine.Left)
    def _back(self, event: FilterLine.Left) -> None:
        event.stop()
        self.focus_content().focus()

    @on(RowList.Moved, "#findings")
    def _tell_details(self) -> None:
        part = self.query_one("#finding-details", Reading)
        branch = self.query_one(FindingsTree).chosen
        rows = branch.details if branch else ()
        part.set_class(not rows, "empty")
        part.read(rows)

    @on(RowList.Chosen, "#findings")
    def _choose(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_open()
