"""Live test output: the run's tests with their states, why one failed, and the raw log."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from itc_tui.ui.case_report import STATE_SIGNS, name_of, report
from itc_tui.ui.commands import bindings
from itc_tui.ui.text import plain, shorten_path
from itc_tui.ui.view import CaseLine, View
from itc_tui.ui.widgets.filter_line import FilterLine
from itc_tui.ui.widgets.output_tail import OutputTail
from itc_tui.ui.widgets.painting import Row, spread
from itc_tui.ui.widgets.pane import Pane
from itc_tui.ui.widgets.reading import Reading
from itc_tui.ui.widgets.row_list import RowList
from itc_tui.ui.widgets.teaching import Teaching
from itc_tui.ui.widgets.wish import Wish
from itc_tui.ui.words import say

COUNT_S = 0.2
"""How long typing must rest before matches are counted."""

FILTERS = ("all", "failing", "running", "passed")


class CaseList(RowList):
    """Files, and under each its tests."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._cases: dict[str, CaseLine] = {}
        self._shown: list[str] = []
        self.was_moved = False
        """By the person, since the run began; the cursor stays with them then."""

    def lay(self, view: View, state: str, needle: str) -> None:
        self._cases = dict(view.run.cases)
        before = self.chosen
        shown: list[str] = []
        file = ""
        needle = needle.lower()
        for node_id, case in self._cases.items():
            if not (_passes(case, state) and needle in node_id.lower()):
                continue
            own_file = node_id.partition("::")[0]
            if own_file != file:
                file = own_file
                shown.append(file)
            shown.append(node_id)
        if shown != self._shown:
            self._shown = shown
            self.show(len(shown))
            if before and before.node_id in shown:
                self.cursor = shown.index(before.node_id)
        else:
            self.refresh()

    def _move(self, by: int) -> None:
        self.was_moved = True
        super()._move(by)

    @property
    def newest_failure(self) -> CaseLine | None:
        return next((case for case in reversed(self._cases.values()) if case.is_bad), None)

    @property
    def chosen(self) -> CaseLine | None:
        if not self._shown or self.cursor >= len(self._shown):
            return None
        return self._cases.get(self._shown[self.cursor])

    def go_to_frontier(self) -> None:
        """The last test that has begun."""
        begun = (at for at in range(self.count - 1, -1, -1) if self._has_begun(at))
        self.cursor = next(begun, self.cursor)

    def go_to_first_failure(self) -> None:
        bad = (at for at, name in enumerate(self._shown) if self._is_bad(name))
        self.cursor = next(bad, 0)

    def _has_begun(self, at: int) -> bool:
        case = self._cases.get(self._shown[at])
        return case is not None and case.state != "waiting"

    def _is_bad(self, name: str) -> bool:
        case = self._cases.get(name)
        return case is not None and case.is_bad

    def jump_to_failure(self) -> bool:
        """The next failing test, from the top again after the last."""
        count = len(self._shown)
        for step in range(1, count + 1):
            at = (self.cursor + step) % count
            if self._is_bad(self._shown[at]):
                self.was_moved = True
                self.cursor = at
                return True
        return False

    def row(self, index: int, width: int) -> Row:
        name = self._shown[index]
        case = self._cases.get(name)
        if case is None:
            return ((shorten_path(plain(name), width), "heading"),)
        sign, paint = STATE_SIGNS.get(case.state, ("?", "warn"))
        words = (plain(name_of(name)), "" if case.result or case.state == "running" else "dim")
        took = f"{case.result.duration_s * 1000:.0f} ms" if case.result else ""
        if case.is_bad and case.result and width > 50:
            words = (plain(name_of(name)), "strong")
        return spread(((f" {sign} ", paint), words), ((took, "faint"),), width)

    def is_choosable(self, index: int) -> bool:
        return index < len(self._shown) and self._shown[index] in self._cases


class OutputPane(Pane):
    BINDINGS: ClassVar[list[BindingType]] = bindings("tests")
    number = 3
    word = "tests"
    state: reactive[str] = reactive("all", repaint=False)
    is_raw: reactive[bool] = reactive(False, repaint=False)

    @dataclass
    class SourceWanted(Message):
        file: str
        line: int
        in_editor: bool = True

    @dataclass
    class CopyWanted(Message):
        text: str
        what: str

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
        yield FilterLine("filter_tests", id="tests-filter")
        yield FilterLine("search", id="tests-search")

    def parts(self, view: View) -> tuple[object, ...]:
        return (view.run, view.log)

    def focus_content(self) -> Widget:
        return self.query_one("#raw" if self.is_raw else "#cases")

    def draw(self) -> None:
        self.query_one("#tests-tree").display = not self.is_raw
        self.query_one("#tests-raw").display = self.is_raw
        if self.is_raw:
            self.query_one(RawOutput).log_lines = self.view.log
        if self._laid != (laid := (self.view.run, self.state)):
            self._laid = laid
            self._lay()
        self._retell()

    def relabel(self) -> None:
        self._laid = (None, "")
        super().relabel()

    def watch_state(self) -> None:
        self.redraw()

    def watch_is_raw(self) -> None:
        self.redraw()

    def action_details(self) -> None:
        report_part = self.query_one("#case-report", Reading)
        report_part.set_class(not report_part.has_class("tall"), "tall")

    def action_next_state(self) -> None:
        self.state = FILTERS[(FILTERS.index(self.state) + 1) % len(FILTERS)]

    def action_raw(self) -> None:
        self.is_raw = not self.is_raw
        self.focus_content().focus()

    def action_filter(self) -> None:
        self.query_one("#tests-filter", FilterLine).open()

    def action_search(self) -> None:
        self.query_one("#tests-search", FilterLine).open()

    def action_next_failure(self) -> None:
        if not self.query_one(CaseList).jump_to_failure():
            self.notify(say("tests.no_failure"))

    def action_copy_command(self) -> None:
        if command := self.view.run.command:
            self.post_message(self.CopyWanted(shlex.join(command), say("copied.command")))

    def action_copy_output(self) -> None:
        log = self.view.log
        self.post_message(
            self.CopyWanted("\n".join(log.between(0, log.length)), say("copied.output"))
        )

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
            self._lay()

    @on(FilterLine.Left)
    def _back_to_content(self, event: FilterLine.Left) -> None:
        event.stop()
        if event.line.id == "tests-search":
            self.query_one(RawOutput).jump(1)
        self.focus_content().focus()

    @on(RowList.Moved, "#cases")
    def _tell_case(self) -> None:
        part = self.query_one("#case-report", Reading)
        cases = self.query_one(CaseList)
        case = cases.chosen
        if self.view.run.is_running and not cases.was_moved:
            # Nobody has chosen one: what failed last is worth more than what runs now.
            case = cases.newest_failure or case
        part.read(report(case, part.size.width or 60) if case else ())
        part.set_class(case is None, "empty")

    def on_resize(self) -> None:
        self.call_after_refresh(self._tell_case)

    @on(RowList.Chosen, "#cases")
    def _choose_case(self) -> None:
        self.action_details()

    def _lay(self) -> None:
        cases, teaching = self.query_one(CaseList), self.query_one(Teaching)
        before, run = cases.chosen, self.view.run
        cases.display, teaching.display = bool(run.cases), not run.cases
        teaching.teach("tests")
        cases.lay(self.view, self.state, self.query_one("#tests-filter", FilterLine).value)
        self._follow_run(cases)
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
            cases.go_to_frontier()
        elif is_news:
            cases.go_to_first_failure()

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
        run, remarks = self.view.run, []
        if self.is_raw:
            raw = self.query_one(RawOutput)
            remarks.append(say("tests.raw"))
            if raw.needle and not self._is_counting:
                remarks.append(say("tests.matches", count=raw.match_count()))
            if raw.wraps:
                remarks.append(say("tests.wraps"))
            if not raw.follows:
                remarks.append(say("tests.scrolled"))
        elif self.state != "all":
            remarks.append(say(f"tests.only_{self.state}"))
        if run.purpose and run.iteration:
            remarks.append(f"{plain(run.purpose)} · {say('word.iteration')} {run.iteration}")
        self.retitle(" · ".join(remarks))


class RawOutput(OutputTail):
    BINDINGS: ClassVar[list[BindingType]] = bindings("output")

    def action_search(self) -> None:
        self.post_message(Wish("search"))

    def action_raw(self) -> None:
        self.post_message(Wish("raw"))

    def action_copy_output(self) -> None:
        self.post_message(Wish("copy_output"))

    def action_follow(self) -> None:
        self.follows = not self.follows

    def action_wrap(self) -> None:
        self.wraps = not self.wraps

    def action_next_match(self) -> None:
        self.jump(1)

    def action_previous_match(self) -> None:
        self.jump(-1)


def _passes(case: CaseLine, state: str) -> bool:
    if state == "failing":
        return case.is_bad
    if state == "passed":
        return case.state == "passed"
    if state == "running":
        return case.result is None
    return True
