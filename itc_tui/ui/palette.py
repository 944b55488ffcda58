"""The palette: every command that is of use on this screen, with its key, and every theme."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from rich.align import Align
from rich.text import Text
from textual.app import App, SystemCommand
from textual.command import CommandList, CommandPalette
from textual.screen import Screen
from textual.widgets.option_list import Option

from itc_tui.ui.commands import COMMANDS
from itc_tui.ui.places import is_of_use, panes_beside, places_of
from itc_tui.ui.topmost import Topmost
from itc_tui.ui.words import say


class Palette(Topmost, CommandPalette):
    """Textual's own, in the person's language."""

    def __init__(self) -> None:
        super().__init__(placeholder=say("palette.search"), id="--command-palette")

    def _action_command_list(self, action: str) -> None:
        """Textual's list cannot go a page on before it was laid out."""
        with suppress(LookupError):
            super()._action_command_list(action)

    def _watch__list_visible(self) -> None:
        """What is still gathered when it is closed comes after its list is gone."""
        if self.query(CommandList):
            super()._watch__list_visible()

    def _start_no_matches_countdown(self, search_value: str) -> None:
        self._stop_no_matches_countdown()

        def tell() -> None:
            self._list_visible = bool(search_value)
            if search_value:
                none = Align.center(Text(say("palette.none")))
                self.query_one(CommandList).add_option(
                    Option(none, disabled=True, id=self._NO_MATCHES)
                )

        self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, tell)


def palette(app: App[Any], screen: Screen[Any]) -> Iterator[SystemCommand]:
    places = set(places_of(screen)) - {"list"}
    for command in COMMANDS:
        if command.where in places and is_of_use(command, screen):
            run = _runner(app, command.name)
            yield SystemCommand(f"{command.label}  ({command.key})", command.more, run)
    for pane in panes_beside(screen):
        for command in COMMANDS:
            if command.where == pane and is_of_use(command, screen):
                title = say("palette.beside", pane=say(f"place.{pane}"), what=command.label)
                run = _runner_in(app, pane, command.name)
                yield SystemCommand(f"{title}  ({command.key})", command.more, run)
    for theme in sorted(app.available_themes):
        yield SystemCommand(say("palette.theme", name=theme), "", _chooser(app, theme))


def _runner(app: App[Any], action: str) -> Callable[[], None]:
    """Runs it where its key would be heard: the focused widget, or who holds it."""
    method = f"action_{action.partition('(')[0]}"
    start = app.focused or app.screen
    node = next((node for node in start.ancestors_with_self if hasattr(node, method)), app)

    def run() -> None:
        app.call_later(app.run_action, action, node)

    return run


def _runner_in(app: App[Any], pane: str, action: str) -> Callable[[], None]:
    """Brings the pane under the keys first, as its number does."""

    async def go_there() -> None:
        await app.run_action(f"show_pane({pane!r})", app.screen)
        app.call_after_refresh(lambda: _runner(app, action)())

    def run() -> None:
        app.call_later(go_there)

    return run


def _chooser(app: App[Any], theme: str) -> Callable[[], None]:
    """By the application's own way, which remembers it."""

    def choose() -> None:
        app.call_later(app.run_action, f"choose_theme({theme!r})")

    return choose
