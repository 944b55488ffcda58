"""Where the keys are heard at this moment, nearest first: pane, screen, application."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

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
