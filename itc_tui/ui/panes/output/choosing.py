"""Which tests shall run again: all, the failing ones, the last, this one, or those of a pattern."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message
from textual.reactive import reactive

from itc_tui.domain.touched import Touched
from itc_tui.ui.case_pattern import Haystack
from itc_tui.ui.run_folds import known_lines
from itc_tui.ui.widgets.pane import Pane
from itc_tui.ui.widgets.pattern_line import PatternLine
from itc_tui.ui.words import say

if TYPE_CHECKING:
    from itc_tui.ui.view import CaseLine


class Choosing(Pane):
    """What the output pane is a kind of; whether anything may run now is for others to know."""

    @dataclass
    class RerunWanted(Message):
        names: tuple[str, ...]

    touched: reactive[Touched] = reactive(Touched, repaint=False, init=False)
    """What was changed on disk since these tests ran."""
    watches: reactive[bool] = reactive(False, repaint=False, init=False)

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._haystack: Haystack | None = None
        """While the pattern is being typed."""
        self.matching: frozenset[str] | None = None
        """What the pattern means so far; None while nobody types one."""

    def watch_touched(self) -> None:
        self.redraw()

    def watch_watches(self) -> None:
        self.redraw()

    @property
    def chosen_case(self) -> CaseLine | None:
        raise NotImplementedError

    def lay_cases(self) -> None:
        """The list shows what the pattern means, or all again."""
        raise NotImplementedError

    def action_rerun_all(self) -> None:
        self._want(tuple(known_lines(self.view)), say("why.no_tests"))

    def action_rerun_failed(self) -> None:
        lines = known_lines(self.view)
        bad = tuple(name for name, case in lines.items() if case.is_bad)
        self._want(bad, say("tests.no_failure" if lines else "why.no_tests"))

    def action_rerun_last(self) -> None:
        self._want(self.view.run.asked, say("why.no_tests"))

    def action_rerun_this(self) -> None:
        case = self.chosen_case
        self._want((case.node_id,) if case else (), say("why.no_tests"))

    def action_rerun_pattern(self) -> None:
        haystack = Haystack(self.view, known_lines(self.view))
        if not len(haystack):
            self.notify(say("why.no_tests"))
            return
        self._haystack = haystack
        line = PatternLine.open_in(self, "rerun_pattern", "tests-pattern")
        self._match(line.value)

    @on(PatternLine.Typed)
    def _typed(self, event: PatternLine.Typed) -> None:
        event.stop()
        self._match(event.text)

    def _match(self, pattern: str) -> None:
        """At each letter: what would run."""
        if self._haystack is not None:
            self.matching = frozenset(self._haystack.matches(pattern))
            self.lay_cases()
            self.redraw()

    @property
    def match_remark(self) -> str:
        if self._haystack is None or self.matching is None:
            return ""
        word = "tests.would_run" if self.matching else "tests.none_match"
        return say(word, count=len(self.matching), total=len(self._haystack))

    @on(PatternLine.Asked)
    def _rerun_matching(self, event: PatternLine.Asked) -> None:
        event.stop()
        matching = self.matching or frozenset()
        names = tuple(name for name in known_lines(self.view) if name in matching)
        self._stop_matching()
        self._want(names, say("why.no_match"))

    @on(PatternLine.GivenUp)
    def _given_up(self, event: PatternLine.GivenUp) -> None:
        event.stop()
        self._stop_matching()

    def _stop_matching(self) -> None:
        self._haystack = self.matching = None
        self.lay_cases()
        self.redraw()
        self.focus_content().focus()

    def _want(self, names: tuple[str, ...], why_none: str) -> None:
        if names:
            self.post_message(self.RerunWanted(names))
        else:
            self.notify(why_none)
