"""Past and running sessions, for those who only read: listed, loaded, followed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from itc_tui.adapters.session.event_lines import EVENTS_FILE, EventLines
from itc_tui.adapters.session.session_files import LOG_FILE, TRACE_FOLDER
from itc_tui.adapters.session.session_lock import is_being_written
from itc_tui.adapters.session.state_file import STATE_FILE, read_state, state_bytes
from itc_tui.adapters.session.state_glance import glanced
from itc_tui.domain.listing import SessionListing
from itc_tui.domain.state import State
from itc_tui.domain.trouble import SessionTrouble

__all__ = ["SessionListing", "list_sessions", "read_events", "read_state"]


def read_events(folder: str | Path) -> EventLines:
    """Iterate over it for the events so far, and again for those that came since."""
    return EventLines(Path(folder) / TRACE_FOLDER / EVENTS_FILE)


def list_sessions(root: str | Path) -> tuple[SessionListing, ...]:
    """The newest first, by when they were last written; damaged ones with their problem."""
    return tuple(each_session(root))


def each_session(root: str | Path) -> Iterator[SessionListing]:
    """The same, one by one: a session is read when it is asked for."""
    return map(_listing, _folders(root))


def glance_at_sessions(root: str | Path) -> tuple[SessionListing, ...]:
    """As much of each as a list shows; what is damaged further inside is told when it is opened."""
    return tuple(map(_glance, _folders(root)))


def _folders(root: str | Path) -> list[Path]:
    try:
        folders = [folder for folder in Path(root).iterdir() if _is_session(folder)]
    except OSError:
        return []
    return sorted(folders, key=lambda folder: (_last_written(folder), folder.name), reverse=True)


def _is_session(folder: Path) -> bool:
    return any((folder / name).is_file() for name in (STATE_FILE, LOG_FILE))


def _last_written(folder: Path) -> float:
    for name in (STATE_FILE, LOG_FILE):
        try:
            return (folder / name).stat().st_mtime
        except OSError:
            continue
    return 0.0


def _glance(folder: Path) -> SessionListing:
    try:
        content = state_bytes(folder)
    except SessionTrouble:
        content = None
    found = glanced(str(folder), content) if content else None
    if found is None:
        return _listing(folder)
    return found.but(is_being_written=True) if is_being_written(folder) else found


def _listing(folder: Path) -> SessionListing:
    path, writing = str(folder), is_being_written(folder)
    try:
        state = read_state(folder)
    except SessionTrouble as trouble:
        return SessionListing(
            session_id=folder.name, path=path, problem=trouble.sentence, is_being_written=writing
        )
    if state is None:
        return SessionListing(session_id=folder.name, path=path, is_being_written=writing)
    latest = state.iterations.latest_results
    pass_rate = latest.pass_rate if latest else None
    return SessionListing(
        session_id=state.session_id,
        path=path,
        module=state.module,
        phase=state.phase.value,
        started=state.started,
        pass_rate=state.summary.final_pass_rate if state.summary else pass_rate,
        result=state.summary.result.value if state.summary else "",
        iterations=state.iterations.current,
        taken_back=_taken_back(state),
        is_being_written=writing,
    )


def _taken_back(state: State) -> Literal["", "part", "all"]:
    if state.taken_back is None:
        return ""
    return "all" if state.taken_back.is_everything else "part"
