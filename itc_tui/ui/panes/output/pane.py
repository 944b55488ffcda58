"""The output pane: list, report and raw log of one run."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from itc_tui.ui.case_pattern import holds
from itc_tui.ui.case_report import report
from itc_tui.ui.clipboard import CopyWanted
from itc_tui.ui.commands import bindings
from itc_tui.ui.panes.output.cases import CaseList, is_in_state, newest_failure
from itc_tui.ui.panes.output.choosing import Choosing
from itc_tui.ui.panes.output.raw import RawOutput
from itc_tui.ui.panes.output.remarks import raw_remarks, rerun_remarks, run_remarks
from itc_tui.ui.run_folds import known_lines
from itc_tui.ui.widgets.filter_line import FilterLine
from itc_tui.ui.widgets.reading import Reading
from itc_tui.ui.widgets.row_list import RowList
from itc_tui.ui.widgets.teaching import Teaching
from itc_tui.ui.widgets.wish import Wish
from itc_tui.ui.words import say

if TYPE_CHECKING:
    from itc_tui.ui.view import CaseLine, View

COUNT_S = 0.2
"""How long typing must rest before matches are counted."""

FILTERS = ("all", "failing", "running", "passed")


class OutputPane(Choosing):
    BINDINGS: ClassVar[list[BindingType]] = bindings("tests")
    number = 3
    word = "tests"
    # Drawn when mounted; the first look at them must not draw once more.
    state: reactive[str] = reactive("all", repaint=False, init=False)
    is_raw: reactive[bool] = reactive(False, repaint=False, init=False)

    @dataclass
    class SourceWanted(Message):
        file: str
        line: int
        in_editor: bool = True

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._shown_run = (0, "", False)
        self._laid: tuple[object, str] = (None, "")
        """Which run, and which of its tests, the list shows."""
        self._counter: Timer | None = None
        self._is_counting = False

    def compose(self) -> ComposeResult:
        with Vertical(id="tests-tree"):
            yield CaseList(id="cases")
            yield Teaching(id="no-tests")
            yield Reading(id="case-report", classes="detail")
        with Vertical(id="tests-raw"):
            yield RawOutput(id="raw")

    def parts(self, view: View) -> tuple[object, ...]:
        return (view.run, view.log)

    @property
    def is_empty(self) -> bool:
        run = self.view.run
        return not (run.cases or run.beside or self.view.log.length)

    def focus_content(self) -> Widget:
        return self.query_one("#raw" if self.is_raw else "#cases")

    def draw(self) -> None:
        self.query_one("#tests-tree").display = not self.is_raw
        self.query_one("#tests-raw").display = self.is_raw
        if self.is_raw:
            self.query_one(RawOutput).log_lines = self.view.log
        if self._laid != (laid := (self.view.run, self.state)):
            self._laid = laid
            self.lay_cases()
        self._retell()

    def relabel(self) -> None:
        self._laid = (None, "")
        super().relabel()

    def watch_state(self) -> None:
        self.redraw()

    def watch_is_raw(self) -> None:
        self.redraw()

    @property
    def chosen_case(self) -> CaseLine | None:
        return self.query_one(CaseList).chosen

    def action_rerun_pattern(self) -> None:
        self.is_raw = False
        super().action_rerun_pattern()

    def action_details(self) -> None:
        report_part = self.query_one("#case-report", Reading)
        report_part.set_class(not report_part.has_class("tall"), "tall")

    def action_next_state(self) -> None:
        self.state = FILTERS[(FILTERS.index(self.state) + 1) % len(FILTERS)]

    def action_raw(self) -> None:
        self.is_raw = not self.is_raw
        self.focus_content().focus()

    def action_filter(self) -> None:
        FilterLine.open_in(self, "filter_tests", "tests-filter")

    def action_search(self) -> None:
        FilterLine.open_in(self, "search", "tests-search")

    def action_next_failure(self) -> None:
        if not self.query_one(CaseList).jump_to_failure():
            self.notify(say("tests.no_failure"))

    def action_copy_command(self) -> None:
        if command := self.view.run.command:
            self.post_message(CopyWanted(shlex.join(command), say("copied.command")))

    def action_copy_output(self) -> None:
        log = self.view.log
        self.post_message(CopyWanted("\n".join(log.between(0, log.length)), say("copied.output")))

    def action_edit_source(self) -> None:
        case = self.query_one(CaseList).chosen
        if case:
            result = case.result
            file = (result.file if result else "") or case.node_id.partition("::")[0]
            self.post_message(self.SourceWanted(file, result.line if result else 0))

    @on(Wish)
    async def _grant(self, event: Wish) -> None:
        event.stop()
        await self.run_action(event.action)

    @on(FilterLine.Narrowed)
    def _narrow(self, event: FilterLine.Narrowed) -> None:
        event.stop()
        if event.line.id == "tests-search":
            self.query_one(RawOutput).needle = event.text
            self._count_later()
        else:
            self.lay_cases()

    @on(FilterLine.Left)
    def _back_to_content(self, event: FilterLine.Left) -> None:
        event.stop()
        if event.line.id == "tests-search":
            self.query_one(RawOutput).jump(1)
        self.focus_content().focus()

    @on(RowList.Moved, "#cases")
    @on(RowList.Widened, "#case-report")
    def _tell_case(self) -> None:
        part = self.query_one("#case-report", Reading)
        cases = self.query_one(CaseList)
        case = cases.chosen
        if self.view.run.is_running and not cases.was_moved:
            # Nobody has chosen one: what failed last is worth more than what runs now.
            case = newest_failure(self.view.run) or case
        part.read(report(case, (part.size.width or 60) - 1) if case else ())
        part.set_class(case is None, "empty")

    @on(RowList.Chosen, "#cases")
    def _choose_case(self) -> None:
        self.action_details()

    def lay_cases(self) -> None:
        cases, teaching = self.query_one(CaseList), self.query_one(Teaching)
        before, matching = cases.chosen, self.matching
        if matching is not None:
            lines: Mapping[str, CaseLine] = known_lines(self.view)
            cases.lay(lines, lambda case: case.node_id in matching, say("tests.none_here"))
        else:
            lines = self.view.run.lines
            pattern = FilterLine.text_in(self, "tests-filter")
            found = holds(pattern)
            is_narrow = pattern or self.state != "all"
            cases.lay(
                lines,
                (lambda case: is_in_state(case, self.state) and found(case.node_id))
                if is_narrow
                else None,
                say("tests.none_here" if pattern else f"tests.none_{self.state}"),
            )
            self._follow_run(cases)
        cases.display, teaching.display = bool(lines), not lines
        teaching.teach("tests")
        if cases.chosen != before:
            self._tell_case()

    def _follow_run(self, cases: CaseList) -> None:
        """Show where the run is, and what failed when it is over, unless the person looks here."""
        run = self.view.run
        now = (run.iteration, run.purpose, run.is_running)
        is_news, self._shown_run = now != self._shown_run, now
        if is_news and run.is_running:
            cases.was_moved = False
        if cases.was_moved:
            return
        if run.is_running:
            cases.go_to_frontier(run.cases)
        elif is_news:
            cases.go_to_first_failure(run)

    def _count_later(self) -> None:
        """Not while letters are still coming: each of them means all lines again."""
        self._is_counting = True
        if self._counter:
            self._counter.stop()
        self._counter = self.set_timer(COUNT_S, self._count)

    def _count(self) -> None:
        self._is_counting = False
        self._retell()

    def _retell(self) -> None:
        if self.matching is not None:
            self.retitle(self.match_remark)
            return
        remarks = [*rerun_remarks(self.touched, watches=self.watches), *run_remarks(self.view.run)]
        if self.is_raw:
            raw = self.query_one(RawOutput)
            remarks = [*raw_remarks(raw, is_counting=self._is_counting), *remarks]
        elif self.state != "all":
            remarks.insert(0, say(f"tests.only_{self.state}"))
        self.retitle(" · ".join(remarks))
