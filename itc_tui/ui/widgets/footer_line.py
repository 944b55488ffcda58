"""The last line: what the keys do here, grouped by who hears them."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from itc_tui.ui.commands import Command
from itc_tui.ui.keys import shown_key
from itc_tui.ui.widgets.painting import Piece, to_strip, width_of
from itc_tui.ui.widgets.paints import paints_of

Groups = tuple[Sequence[Command], ...]


class FooterLine(Widget):
    groups: reactive[Groups] = reactive((), always_update=True)
    is_typing: reactive[bool] = reactive(False)
    """Letters go into a field, so only keys that are no letters are worth naming."""

    def render_line(self, _y: int) -> Strip:
        width = self.size.width
        return to_strip(self._row(width), width, self.rich_style, paints_of(self.app))

    def on_click(self, event: events.Click) -> None:
        """As if the key that stands there had been pressed."""
        at, shown = 0, ""
        for text, paint in self._row(self.size.width):
            shown = text if paint == "accent" else shown if paint == "dim" else ""
            at += width_of(((text, paint),))
            if event.x < at:
                if shown:
                    self.app.simulate_key(self._key_shown_as(shown))
                return

    def _key_shown_as(self, shown: str) -> str:
        keys = (key for group in self.groups for command in group for key in command.all_keys)
        return next(key for key in keys if shown_key(key) == shown)

    def _row(self, width: int) -> list[Piece]:
        """The last group (help, quit) always stands; the others give way from their ends."""
        last = self._pieces(self._heard(self.groups[-1])) if self.groups else []
        room = width - width_of(tuple(last)) - 3
        row: list[Piece] = []
        for place, group in enumerate(self._shared_out(room)):
            row += [(" │ ", "faint")] if place and row and group else []
            row += self._pieces(group)
        gap = width - width_of(tuple(row)) - width_of(tuple(last))
        return [*row, (" " * max(1, gap), ""), *last]

    def _shared_out(self, room: int) -> list[list[Command]]:
        """What has room: the first of each group, then the second of each, and so on."""
        groups = [self._heard(group) for group in self.groups[:-1]]
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
            key = command.key_while_typing if self.is_typing else command.key
            pieces += [(key, "accent"), (f" {command.label}  ", "dim")]
        return pieces

    def _heard(self, group: Sequence[Command]) -> list[Command]:
        return [command for command in group if command.key_while_typing or not self.is_typing]
