"""The one room that names concrete adapters and engines; each part is loaded when first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from itc_tui.adapters.notices import Notices
    from itc_tui.adapters.screen_tools import (
        ScreenMemory,
        copy_natively,
        edited_text,
        open_in_editor,
        saved_copy,
    )
    from itc_tui.adapters.session.first_sight import first_sight, has_events
    from itc_tui.adapters.session.session_lock import is_being_written
    from itc_tui.wiring.beside import Beside
    from itc_tui.wiring.browser import serve_in_browser
    from itc_tui.wiring.past import past_sessions, session_folder
    from itc_tui.wiring.preferences import put_own_setting, setting_rows, settings_layers
    from itc_tui.wiring.reading import events_in
    from itc_tui.wiring.session import opened_session, session_to_continue
    from itc_tui.wiring.shelf import (
        commit_diff,
        export,
        past_session,
        undo,
        undo_preview,
    )
    from itc_tui.wiring.target import (
        DEMO_MODULE,
        examine,
        lay_out_example,
        module_names,
        source_text,
    )

__all__ = [
    "DEMO_MODULE",
    "Beside",
    "Notices",
    "ScreenMemory",
    "commit_diff",
    "copy_natively",
    "edited_text",
    "events_in",
    "examine",
    "export",
    "first_sight",
    "has_events",
    "is_being_written",
    "lay_out_example",
    "module_names",
    "open_in_editor",
    "opened_session",
    "past_session",
    "past_sessions",
    "put_own_setting",
    "saved_copy",
    "serve_in_browser",
    "session_folder",
    "session_to_continue",
    "setting_rows",
    "settings_layers",
    "source_text",
    "undo",
    "undo_preview",
]

#: The first screen is painted before git, the engines and the rest are loaded.
_HOMES = {
    "Beside": "itc_tui.wiring.beside",
    "DEMO_MODULE": "itc_tui.wiring.target",
    "Notices": "itc_tui.adapters.notices",
    "ScreenMemory": "itc_tui.adapters.screen_tools",
    "commit_diff": "itc_tui.wiring.shelf",
    "copy_natively": "itc_tui.adapters.screen_tools",
    "edited_text": "itc_tui.adapters.screen_tools",
    "events_in": "itc_tui.wiring.reading",
    "examine": "itc_tui.wiring.target",
    "export": "itc_tui.wiring.shelf",
    "first_sight": "itc_tui.adapters.session.first_sight",
    "has_events": "itc_tui.adapters.session.first_sight",
    "is_being_written": "itc_tui.adapters.session.session_lock",
    "lay_out_example": "itc_tui.wiring.target",
    "module_names": "itc_tui.wiring.target",
    "open_in_editor": "itc_tui.adapters.screen_tools",
    "opened_session": "itc_tui.wiring.session",
    "past_session": "itc_tui.wiring.shelf",
    "past_sessions": "itc_tui.wiring.past",
    "put_own_setting": "itc_tui.wiring.preferences",
    "saved_copy": "itc_tui.adapters.screen_tools",
    "serve_in_browser": "itc_tui.wiring.browser",
    "session_folder": "itc_tui.wiring.past",
    "session_to_continue": "itc_tui.wiring.session",
    "setting_rows": "itc_tui.wiring.preferences",
    "settings_layers": "itc_tui.wiring.preferences",
    "source_text": "itc_tui.wiring.target",
    "undo": "itc_tui.wiring.shelf",
    "undo_preview": "itc_tui.wiring.shelf",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"itc_tui.wiring has no {name}")
    return getattr(import_module(home), name)
