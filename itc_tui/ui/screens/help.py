"""Help for where you are: every key that works here, and what it does."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from itc_tui.ui.commands import Command, commands
from itc_tui.ui.keys import shown_key
from itc_tui.ui.places import is_of_use, places_of
from itc_tui.ui.screens.page import Page
from itc_tui.ui.text import fit, wrap
from itc_tui.ui.widgets.painting import Row
from itc_tui.ui.words import say


def help_page(screen: Screen[Any], width: int) -> Page:
    rows: list[Row] = []
    for place in places_of(screen):
        found = [command for command in commands(place) if is_of_use(command, screen)]
        if not found:
            continue
        rows.append(((say(f"place.{place}"), "heading"),))
        for command in found:
            rows += _explained(command, width)
        rows.append(())
    return Page(say("help.title"), rows)


def _explained(command: Command, width: int) -> list[Row]:
    keys = " ".join(shown_key(key) for key in command.all_keys)
    first, *rest = wrap(command.more, max(20, width - 40))
    head: Row = (
        (f"  {fit(keys, 12)} ", "accent"),
        (fit(command.label, 20), ""),
        (f" {first}", "dim"),
    )
    return [head, *(((" " * 36, ""), (line, "dim")) for line in rest)]
