"""The last line: what the keys do here, grouped by who hears them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from itc_tui.ui.commands import Command
from itc_tui.ui.widgets.painting import PAINT_CLASSES, Piece, paint_style, to_strip, width_of

Groups = tuple[Sequence[Command], ...]


class FooterLine(Widget):
    COMPONENT_CLASSES: ClassVar[set[str]] = PAINT_CLASSES
    groups: reactive[Groups] = reactive((), always_update=True)
    keys_of: dict[str, str]
    """Commands whose key was changed by the person's settings."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.keys_of = {}

    def render_line(self, _y: int) -> Strip:
        width = self.size.width
        cache: dict[str, Style] = {}

        def style_of(paint: str) -> Style:
            if paint not in cache:
                cache[paint] = paint_style(self, paint)
            return cache[paint]

        return to_strip(self._row(width), width, self.rich_style, style_of)

    def _row(self, width: int) -> list[Piece]:
        """The last group (help, quit) always stands; the others give way from their ends."""
        last = self._pieces(self.groups[-1]) if self.groups else []
        room = width - width_of(tuple(last)) - 3
        row: list[Piece] = []
        for place, group in enumerate(self._shared_out(room)):
            row += [(" │ ", "faint")] if place and row and group else []
            row += self._pieces(group)
        gap = width - width_of(tuple(row)) - width_of(tuple(last))
        return [*row, (" " * max(1, gap), ""), *last]

    def _shared_out(self, room: int) -> list[list[Command]]:
        """What has room: the first of each group, then the second of each, and so on."""
        groups = self.groups[:-1]
        shown: list[list[Command]] = [[] for _ in groups]
        room -= 3 * (len(groups) - 1)
        for rank in range(max((len(group) for group in groups), default=0)):
            for mine, group in zip(shown, groups):
                if rank < len(group):
                    room -= width_of(tuple(self._pieces([group[rank]])))
                    if room < 0:
                        return shown
                    mine.append(group[rank])
        return shown

    def _pieces(self, group: Sequence[Command]) -> list[Piece]:
        pieces: list[Piece] = []
        for command in group:
            key = self.keys_of.get(command.identity, command.key)
            pieces += [(key, "accent"), (f" {command.label}  ", "dim")]
        return pieces
