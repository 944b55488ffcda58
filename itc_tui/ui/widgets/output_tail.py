"""The raw output: paints the end of a log that grows, without ever laying out what it holds."""

from __future__ import annotations

import re
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from itc_tui.ui.commands import bindings
from itc_tui.ui.output_log import Lines, OutputLog, may_hold
from itc_tui.ui.text import plain, wrap
from itc_tui.ui.widgets.painting import Row, to_strip
from itc_tui.ui.widgets.paints import paints_of

SEARCHED = 400
"""Characters of a line in which a search looks; the beginning of a flood is enough."""

_SIGNS = (
    (re.compile(r"^E\s|^E$"), "bad"),
    (re.compile(r"\b(FAILED|ERROR|CRASHED|TIMED_OUT)\b"), "bad"),
    (re.compile(r"\bPASSED\b"), "good"),
    (re.compile(r"^(=|_){3,}"), "heading"),
    (re.compile(r"\b(SKIPPED|XFAIL|XPASS|WARNING)\b"), "warn"),
)


class OutputTail(Widget, can_focus=True):
    BINDINGS: ClassVar[list[BindingType]] = bindings("list")
    log_lines: reactive[OutputLog] = reactive(OutputLog, always_update=False)
    follows: reactive[bool] = reactive(True)
    wraps: reactive[bool] = reactive(False)
    needle: reactive[str] = reactive("")

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._top = 0
        """First line on the screen, counted from the first line ever."""
        self._counted_for = ""
        self._counts: dict[int, tuple[Lines, int]] = {}
        """Chunk's identity → the chunk (so that it stays itself) and its matches."""
        self._screenful: list[Row] = []
        self._is_stale = True

    def watch_log_lines(self, before: OutputLog, log: OutputLog) -> None:
        if log.length + log.dropped < before.length + before.dropped:
            self._top, self.follows = 0, True
        self._repaint()

    def watch_wraps(self) -> None:
        self._repaint()

    def watch_follows(self) -> None:
        self._repaint()

    def watch_needle(self) -> None:
        self._repaint()

    def on_resize(self, _event: events.Resize) -> None:
        self._repaint()

    def on_mouse_scroll_up(self, _event: events.MouseScrollUp) -> None:
        self._scroll(-3)

    def on_mouse_scroll_down(self, _event: events.MouseScrollDown) -> None:
        self._scroll(3)

    def action_down(self) -> None:
        self._scroll(1)

    def action_up(self) -> None:
        self._scroll(-1)

    def action_page_down(self) -> None:
        self._scroll(max(1, self.size.height - 1))

    def action_page_up(self) -> None:
        self._scroll(-max(1, self.size.height - 1))

    def action_first(self) -> None:
        self.follows = False
        self._top = self.log_lines.dropped
        self._repaint()

    def action_last(self) -> None:
        self.follows = True

    def action_choose(self) -> None:
        """A line of output is not there to be chosen; enter goes back to the end."""
        self.follows = True

    def jump(self, direction: int) -> bool:
        """To the next line that holds the needle, and round; False when there is none."""
        if not self.needle:
            return False
        log = self.log_lines
        if not log.length:
            return False
        at = log.find(self.needle, self._is_match, self._first - log.dropped, direction)
        if at is None:
            return False
        self.follows = False
        self._top = at + log.dropped
        self._repaint()
        return True

    def match_count(self) -> int:
        """Chunks never change, so each is searched once; only the last one grows."""
        if self._counted_for != self.needle:
            self._counted_for, self._counts = self.needle, {}
        counts = {}
        for chunk in self.log_lines.chunks:
            known = self._counts.get(id(chunk))
            count = known[1] if known else self._matches_in(chunk)
            counts[id(chunk)] = (chunk, count)
        self._counts = counts
        return sum(count for _, count in counts.values())

    def render_line(self, y: int) -> Strip:
        if self._is_stale:
            self._screenful = self._rows()
            self._is_stale = False
        base, width = self.rich_style, self.size.width
        if y >= len(self._screenful):
            return Strip.blank(width, base)
        return to_strip(self._screenful[y], width, base, paints_of(self.app))

    @property
    def _first(self) -> int:
        log = self.log_lines
        end = log.dropped + log.length
        if self.follows:
            return max(log.dropped, end - self.size.height)
        return max(log.dropped, min(self._top, end - 1))

    def _rows(self) -> list[Row]:
        log, height, width = self.log_lines, self.size.height, self.size.width
        first = self._first - log.dropped
        rows: list[Row] = []
        for line in log.between(first, first + height):
            rows += self._wrapped(line, width)
        return rows[-height:] if self.follows else rows[:height]

    def _wrapped(self, line: str, width: int) -> list[Row]:
        text = plain(line)
        paint = next((paint for sign, paint in _SIGNS if sign.search(text[:200])), "")
        parts = wrap(text, width) if self.wraps else [text]
        return [self._marked(part, paint) for part in parts]

    def _marked(self, text: str, paint: str) -> Row:
        if not self.needle or self.needle.lower() not in text.lower():
            return ((text, paint),)
        pieces = re.split(f"({re.escape(self.needle)})", text, flags=re.IGNORECASE)
        return tuple(
            (piece, "cursor" if place % 2 else paint) for place, piece in enumerate(pieces) if piece
        )

    def _is_match(self, line: str) -> bool:
        return self.needle.lower() in line[:SEARCHED].lower()

    def _matches_in(self, chunk: Lines) -> int:
        return sum(map(self._is_match, chunk)) if may_hold(chunk, self.needle) else 0

    def _scroll(self, by: int) -> None:
        log = self.log_lines
        last = log.dropped + max(0, log.length - self.size.height)
        self._top = max(log.dropped, min(self._first + by, last))
        self.follows = by > 0 and self._top >= last
        self._repaint()

    def _repaint(self) -> None:
        self._is_stale = True
        self.refresh()
