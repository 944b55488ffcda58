"""What an empty pane shows while it is filled: the steps of the work, and what came of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING

from itc_tui.ui.text import wrap
from itc_tui.ui.widgets.painting import Row
from itc_tui.ui.widgets.reading import Reading
from itc_tui.ui.words import say
from itc_tui.ui.work_rows import head_row, note_rows, progress_rows, work_rows

if TYPE_CHECKING:
    from itc_tui.ui.view import View


class Underway(Reading):
    """Nothing in it moves by itself but numbers, so there is nothing to hold still."""

    def __init__(self, word: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._word = word
        """`under_way.WORD` is what is made, `empty.WORD` what it will be good for."""
        self._last_at, self._heard = "", 0.0

    def tell(self, view: View) -> None:
        """The whole of it; the pane is empty otherwise."""
        width = self._width
        rows: list[Row] = [head_row(self._word, view.work), ()]
        rows += self._steps(view, width)
        if notes := note_rows(view.notes, width):
            rows += [(), *notes]
        lesson = say(f"empty.{self._word}").partition("\n\n")[2]
        rows += [(), *(((line, "dim"),) for line in wrap(lesson, width))]
        self.read(rows, from_top=False)

    def tell_briefly(self, view: View) -> None:
        """The steps alone, below what is there already."""
        self.read(self._steps(view, self._width))

    @property
    def _width(self) -> int:
        return max(20, (self.scrollable_content_region.width or self.app.size.width - 6) - 1)

    def _steps(self, view: View, width: int) -> list[Row]:
        if view.work and view.work.at >= 0:
            return work_rows(view.work, self._now(view.last_at), width)
        return progress_rows(view.progress, width) if view.progress else []

    def _now(self, last_at: str) -> str:
        """The time of the last event, and what has passed since it was heard."""
        if last_at != self._last_at:
            self._last_at, self._heard = last_at, monotonic()
        try:
            last = datetime.fromisoformat(last_at)
        except ValueError:
            return last_at
        return (last + timedelta(seconds=monotonic() - self._heard)).isoformat()
