"""The tests of a run, under the files they stand in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain

from itc_tui.ui.case_report import STATE_SIGNS, name_of
from itc_tui.ui.text import plain, shorten_path
from itc_tui.ui.view import CaseLine, RunView
from itc_tui.ui.widgets.painting import Row, spread
from itc_tui.ui.widgets.row_list import RowList

_NONE = ""
"""In the place of a name, where none is shown."""


class CaseList(RowList):
    """Files, and under each its tests."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._cases: Mapping[str, CaseLine] = {}
        self._shown: list[str] = []
        self._why_none = ""
        self.was_moved = False
        """By the person, since the run began; the cursor stays with them then."""

    def lay(
        self,
        lines: Mapping[str, CaseLine],
        is_shown: Callable[[CaseLine], bool] | None,
        why_none: str = "",
    ) -> None:
        """All of them where nothing says which are shown; none is looked at then.

        `why_none` stands in the list where there are tests, and none of them is shown.
        """
        self._cases, self._why_none = lines, why_none
        before = self.chosen
        shown: list[str] = []
        file = ""
        for node_id in lines:
            if is_shown and not is_shown(lines[node_id]):
                continue
            own_file = node_id.partition("::")[0]
            if own_file != file:
                file = own_file
                shown.append(file)
            shown.append(node_id)
        if lines and not shown:
            shown.append(_NONE)
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
    def chosen(self) -> CaseLine | None:
        if not self._shown or self.cursor >= len(self._shown):
            return None
        return self._cases.get(self._shown[self.cursor])

    def go_to_frontier(self, run: Mapping[str, CaseLine]) -> None:
        """The last test of the run that has begun."""
        mine = [at for at, name in enumerate(self._shown) if name in run]
        begun = (at for at in reversed(mine) if run[self._shown[at]].state != "waiting")
        self.cursor = next(begun, mine[0] if mine else self.cursor)

    def go_to_first_failure(self, run: RunView) -> None:
        """Of the run; where nothing failed, its first test."""
        mine = (at for at, name in enumerate(self._shown) if name in run.cases)
        first = next(mine, self.cursor)
        if run.failed:  # else none of them need be looked at
            bad = (at for at in chain((first,), mine) if run.cases[self._shown[at]].is_bad)
            first = next(bad, first)
        self.cursor = first

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
        """The last cell is left to part the times from the scrollbar."""
        width -= 1
        name = self._shown[index]
        if name == _NONE:
            return ((self._why_none, "dim"),)
        case = self._cases.get(name)
        if case is None:
            return ((shorten_path(plain(name), width), "heading"),)
        sign, paint = STATE_SIGNS.get(case.state, ("?", "warn"))
        words = (plain(name_of(name)), "dim" if case.state == "waiting" else "")
        took = shown_duration(case.duration_s)
        if case.is_bad and width > 50:
            words = (plain(name_of(name)), "strong")
        return spread(((f" {sign} ", paint), words), ((took, "faint"),), width)

    def is_choosable(self, index: int) -> bool:
        return index < len(self._shown) and self._shown[index] in self._cases


def shown_duration(seconds: float) -> str:
    """In the unit that one would say it in; nothing where it is not known."""
    if seconds < 0.9995:
        return f"{seconds * 1000:.0f} ms" if seconds else ""
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d} min"


def newest_failure(run: RunView) -> CaseLine | None:
    return next((case for case in reversed(tuple(run.cases.values())) if case.is_bad), None)


def is_in_state(case: CaseLine, state: str) -> bool:
    if state == "failing":
        return case.is_bad
    if state == "passed":
        return case.state == "passed"
    if state == "running":
        return not case.is_over
    return True
