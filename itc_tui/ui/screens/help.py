"""Help for where you are: every key that works here, and what it does."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from textual.screen import Screen

from itc_tui.ui.commands import Command, commands
from itc_tui.ui.keys import shown_key
from itc_tui.ui.places import is_of_use, places_of
from itc_tui.ui.screens.page import Page
from itc_tui.ui.text import fit, wrap
from itc_tui.ui.widgets.painting import Row
from itc_tui.ui.words import say

_GAP = 2


def help_page(screen: Screen[Any], width: int) -> Page:
    places = [
        (place, [command for command in commands(place) if is_of_use(command, screen)])
        for place in places_of(screen)
    ]
    shown = [command for _, found in places for command in found]
    keys = max((cell_len(_keys(command)) for command in shown), default=0)
    label = max((cell_len(command.label) for command in shown), default=0)
    rows: list[Row] = []
    for place, found in places:
        if not found:
            continue
        rows.append(((say(f"place.{place}"), "heading"),))
        for command in found:
            rows += _explained(command, keys, label, width)
        rows.append(())
    return Page(say("help.title"), rows)


def _explained(command: Command, keys: int, label: int, width: int) -> list[Row]:
    """Keys, name, and what it does, each below its like."""
    lead = 2 + keys + _GAP + label + _GAP
    first, *rest = wrap(command.more, max(20, width - lead))
    head: Row = (
        (f"  {fit(_keys(command), keys + _GAP)}", "accent"),
        (fit(command.label, label + _GAP), ""),
        (first, "dim"),
    )
    return [head, *(((" " * lead, ""), (line, "dim")) for line in rest)]


def _keys(command: Command) -> str:
    return " ".join(shown_key(key) for key in command.all_keys)
