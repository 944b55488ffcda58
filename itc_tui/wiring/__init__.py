"""The one room that names concrete adapters and engines."""

from itc_tui.adapters.screen_tools import (
    ScreenMemory,
    copy_natively,
    edited_text,
    open_in_editor,
    saved_copy,
)
from itc_tui.wiring.session import opened_session, session_to_continue
from itc_tui.wiring.shelf import (
    commit_diff,
    events_in,
    export,
    past_session,
    past_sessions,
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
    "ScreenMemory",
    "commit_diff",
    "copy_natively",
    "edited_text",
    "events_in",
    "examine",
    "export",
    "lay_out_example",
    "module_names",
    "open_in_editor",
    "opened_session",
    "past_session",
    "past_sessions",
    "saved_copy",
    "session_to_continue",
    "source_text",
    "undo",
    "undo_preview",
]
