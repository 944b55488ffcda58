"""Grants what the panes wish for: sources, diffs, comparisons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from textual import on
from textual.reactive import reactive
from textual.screen import Screen

from itc_tui.domain.trouble import Trouble
from itc_tui.ui.panes.exploration import ExplorationPane
from itc_tui.ui.panes.output import OutputPane
from itc_tui.ui.panes.plan import PlanPane
from itc_tui.ui.panes.timeline import TimelinePane
from itc_tui.ui.text import plain, wrap
from itc_tui.ui.topmost import Topmost
from itc_tui.ui.view import View
from itc_tui.ui.words import say, told

if TYPE_CHECKING:
    from itc_tui.ui.outside import Outside
    from itc_tui.ui.widgets.painting import Row

Answer = TypeVar("Answer")

# What a wish takes is loaded when somebody has it; a session is on the screen before that.


class Wishes(Topmost, Screen[None]):
    """What the workbench is a kind of, so that panes need to know nobody."""

    view: reactive[View] = reactive(View, repaint=False)

    def __init__(self, outside: Outside) -> None:
        super().__init__()
        self.outside = outside

    @property
    def session_folder(self) -> str:
        """Where it stands now, which its events need not know; empty while it is not known."""
        raise NotImplementedError

    @on(ExplorationPane.SourceWanted)
    @on(OutputPane.SourceWanted)
    def _show_source(self, event: ExplorationPane.SourceWanted | OutputPane.SourceWanted) -> None:
        if event.in_editor:
            self._edit(event.file, event.line)
            return
        text = self._try(lambda: self.outside.read_source(event.file))
        if text is None:
            return
        from itc_tui.ui.screens.page import source_rows

        rows = source_rows(text, event.line, self.app.size.width - 12)
        self._open_page(f"{event.file}:{event.line}", rows, event.line - 1)

    def action_notes(self) -> None:
        rows: list[Row] = [
            line
            for note in reversed(self.view.notes)
            for line in _noted(note.level, plain(told(note.text)), self._page_width)
        ]
        teaching: list[Row] = [((say("notes.none"), "dim"),)]
        self._open_page(say("notes.title"), rows or teaching)

    @on(ExplorationPane.MapWanted)
    def _show_map(self) -> None:
        if self.view.exploration:
            from itc_tui.ui.boundary_map import map_rows

            frame = 7 if self.app.screen.has_class("-short") else 13
            rows = map_rows(self.view.exploration, self.app.size.width - frame)
            self._open_page(say("map.title"), rows, is_wide=True)

    @on(TimelinePane.CardWanted)
    def _show_card(self, event: TimelinePane.CardWanted) -> None:
        from itc_tui.ui.card_report import whole_card

        title = f"{say('word.iteration')} {event.card.iteration}"
        self._open_page(title, whole_card(event.card, self._page_width))

    @on(TimelinePane.ComparisonWanted)
    def _show_comparison(self, event: TimelinePane.ComparisonWanted) -> None:
        from itc_tui.ui.card_report import comparison_rows

        title = say("compare.title", one=event.one.iteration, other=event.other.iteration)
        self._open_page(title, comparison_rows(event.one, event.other, self._page_width))

    @on(TimelinePane.DiffWanted)
    def _show_diff(self, event: TimelinePane.DiffWanted) -> None:
        from itc_tui.ui.diffs import of_edits, unified

        card = event.card
        title = say("diff.title", number=card.iteration)
        rows: list[Row] = of_edits(card.edits)
        if card.sha and self.outside.diff:
            ask = self.outside.diff
            text = self._try(lambda: ask(self.session_folder, card.sha))
            rows = unified(text) if text else rows
        if rows:
            self._open_page(title, rows, is_wide=True)
        else:
            self.app.notify(say("diff.none"))

    @on(PlanPane.EditorWanted)
    def _plan_in_editor(self, event: PlanPane.EditorWanted) -> None:
        edit = self.outside.edit_text
        if edit is None:
            self.app.notify(say("editor.none"), severity="warning")
            return
        with self.app.suspend():
            text = self._try(lambda: edit(event.text, ".json"))
        self.app.refresh()
        if text is not None and text != event.text:
            self.query_one(PlanPane).correct_text(text)

    def _open_page(
        self, title: str, rows: Sequence[Row], at: int = 0, *, is_wide: bool = False
    ) -> None:
        from itc_tui.ui.screens.page import Page

        self.app.push_screen(Page(title, rows, at, is_wide=is_wide))

    @property
    def _page_width(self) -> int:
        """Between its frame and a scrollbar, as `styles/dialogs.tcss` has it."""
        return max(20, min(self.app.size.width - 13, 119))

    def _edit(self, file: str, line: int) -> None:
        edit = self.outside.edit
        if edit is None:
            self.app.notify(say("editor.none"), severity="warning")
            return
        with self.app.suspend():
            self._try(lambda: edit(file, line))
        self.app.refresh()

    def _try(self, ask: Callable[[], Answer]) -> Answer | None:
        """What it gives, or None with the trouble's sentence shown."""
        try:
            return ask()
        except Trouble as trouble:
            self.app.notify(plain(told(trouble.sentence)), severity="error", timeout=10)
            return None


_NOTE_SIGNS = {"info": ("·", "dim"), "warning": ("!", "warn"), "error": ("✗", "bad")}


def _noted(level: str, text: str, width: int) -> list[Row]:
    sign, paint = _NOTE_SIGNS.get(level, ("·", "dim"))
    first, *rest = wrap(text, width - 6)
    return [((f" {sign} ", paint), (first, "")), *(((f"   {line}", ""),) for line in rest)]
