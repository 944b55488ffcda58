"""Where keys are heard at this moment, nearest first, and which commands are of use there."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from itc_tui.ui.commands import Command
from itc_tui.ui.screens.live import LiveWorkbench
from itc_tui.ui.screens.replay import ReplayWorkbench
from itc_tui.ui.screens.settings import SettingsScreen
from itc_tui.ui.screens.start import StartScreen
from itc_tui.ui.screens.workbench import Workbench
from itc_tui.ui.widgets.output_tail import OutputTail
from itc_tui.ui.widgets.session_list import SessionList


def places_of(screen: Screen[Any]) -> tuple[str, ...]:
    if isinstance(screen, StartScreen):
        mine = "sessions" if isinstance(screen.focused, SessionList) else "start"
        return (mine, "list", "app")
    if isinstance(screen, SettingsScreen):
        return ("settings", "list", "app")
    if isinstance(screen, Workbench):
        pane = "output" if isinstance(screen.focused, OutputTail) else screen.stage
        driving = ("replay",) if isinstance(screen, ReplayWorkbench) else ()
        if isinstance(screen, LiveWorkbench):
            return (pane, "workbench", "list", "app")
        return (pane, *driving, "workbench", "list", "app")
    return ("app",)


def panes_beside(screen: Screen[Any]) -> tuple[str, ...]:
    """Those whose commands are a pane away."""
    if not isinstance(screen, Workbench):
        return ()
    return tuple(pane.id for pane in screen.panes if pane.id and pane.id != screen.stage)


def is_of_use(command: Command, screen: Screen[Any]) -> bool:
    """A recording is neither edited nor driven."""
    if command.drives and isinstance(screen, ReplayWorkbench):
        return False
    return not (command.edits and getattr(screen, "is_read_only", False))
