"""The last line: what the keys do here, grouped by who hears them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import events
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from itc_tui.ui.commands import Command
from itc_tui.ui.keys import shown_key
from itc_tui.ui.widgets.painting import Piece, to_strip, width_of
from itc_tui.ui.widgets.paints import paints_of
from itc_tui.ui.words import say

Groups = tuple[Sequence[Command], ...]
"""What is nearest first; the last stands on the right."""

_PARTING: Piece = ("│ ", "faint")
_GAP = 1
_ALWAYS = ("help", "quit")


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
        """All of it where it has room; else what matters most here, and the way to the rest."""
        *groups, last = [self._heard(group) for group in self.groups] or [[]]
        shown, right = groups, self._pieces(last)
        if _width_of(map(self._pieces, groups)) + width_of(tuple(right)) > width:
            right = self._pieces([one for one in last if one.name in _ALWAYS], more="help")
            shown = self._most_useful(groups, width - width_of(tuple(right)))
        row: list[Piece] = []
        for group in shown:
            row += [_PARTING] if row and group else []
            row += self._pieces(group)
        gap = width - width_of(tuple(row)) - width_of(tuple(right))
        return [*row, (" " * max(1, gap), ""), *right]

    def _most_useful(self, groups: list[list[Command]], room: int) -> list[list[Command]]:
        """The first of each group, for it is what one cannot do without; then group by group."""
        order = [(place, group[0]) for place, group in enumerate(groups) if group]
        order += [(place, one) for place, group in enumerate(groups) for one in group[1:]]
        room -= _GAP + max(0, sum(map(bool, groups)) - 1) * width_of((_PARTING,))
        shown: list[list[Command]] = [[] for _ in groups]
        for place, command in order:
            room -= width_of(tuple(self._pieces([command])))
            if room < 0:
                break
            shown[place].append(command)
        return shown

    def _pieces(self, group: Sequence[Command], more: str = "") -> list[Piece]:
        """`more` names the command that stands for all that has no room."""
        pieces: list[Piece] = []
        for command in group:
            key = command.key_while_typing if self.is_typing else command.key
            label = say("footer.more") if command.name == more else command.label
            pieces += [(key, "accent"), (f" {label}  ", "dim")]
        return pieces

    def _heard(self, group: Sequence[Command]) -> list[Command]:
        return [command for command in group if command.key_while_typing or not self.is_typing]


def _width_of(groups: Iterable[list[Piece]]) -> int:
    widths = [width_of(tuple(group)) for group in groups if group]
    return sum(widths) + max(0, len(widths) - 1) * width_of((_PARTING,)) + _GAP
