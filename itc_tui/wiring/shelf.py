"""Past sessions: opened to be read, and taken back through git."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from itc_tui.adapters.session.recording import export_session
from itc_tui.adapters.session.session_files import open_session
from itc_tui.adapters.session.session_shelf import read_events, read_state
from itc_tui.adapters.system_clock import SystemClock
from itc_tui.adapters.tree.repositories import OpenRepository, open_repository
from itc_tui.domain import commit_messages
from itc_tui.domain.counting import counted
from itc_tui.domain.events import ChangeReverted
from itc_tui.domain.listing import OpenedSession
from itc_tui.domain.state import CommitNote, State
from itc_tui.domain.trouble import SessionTrouble
from itc_tui.domain.undoing import commits_to_undo, rollback_step, undone
from itc_tui.ports import Commit
from itc_tui.settings import load_settings
from itc_tui.wiring.past import session_folder
from itc_tui.wiring.target import detected, root_of


def past_session(root: Path, name: str, flags: Mapping[str, Any]) -> OpenedSession:
    folder = session_folder(root, name, flags)
    state = read_state(folder)
    if state is None:
        raise SessionTrouble(f"{folder} holds no state.json; it is not a session.")
    return OpenedSession(path=str(folder), state=state, events=tuple(read_events(folder)))


def export(root: Path, name: str, out: Path, flags: Mapping[str, Any]) -> Path:
    """A copy of one session that names nothing of this machine."""
    found = past_session(root, name, flags)
    target = detected(root, load_settings(root, flags))
    return export_session(Path(found.path), root_of(root), target.python, out)


def commit_diff(root: Path, flags: Mapping[str, Any], folder: str, sha: str) -> str:
    state, repository = _reading(root, flags, folder)
    with contextlib.closing(repository):
        note = next((one for one in state.commits if one.sha == sha), None)
        return repository.diff(_commit(note)) if note else ""


def undo_preview(
    root: Path, flags: Mapping[str, Any], folder: str, iteration: int
) -> tuple[str, str]:
    """The diff of what would be taken back, and why it cannot be."""
    state, repository = _reading(root, flags, folder)
    with contextlib.closing(repository):
        notes = commits_to_undo(state, iteration)
        if not notes:
            return "", "Nothing of it stands any more: it was never kept, or is taken back."
        problem = repository.readiness().problem
        told = (repository.diff(_commit(note), is_backward=True) for note in notes)
        return "\n".join(told), problem


def undo(root: Path, flags: Mapping[str, Any], folder: str, iteration: int) -> str:
    """Take back one iteration or the whole session by `git revert`; a sentence says what."""
    with open_session(folder, SystemClock()) as store:
        state = store.load()
        if state is None:
            raise SessionTrouble(f"{folder} holds no state.json; it is not a session.")
        _, repository = _reading(root, flags, folder)
        with contextlib.closing(repository):
            notes = commits_to_undo(state, iteration)
            for note in notes:
                revert = repository.revert(
                    _commit(note),
                    commit_messages.taken_back(note.message),
                    state.session_id,
                    rollback_step(note),
                )
                told = CommitNote(
                    step=revert.step,
                    iteration=note.iteration,
                    sha=revert.sha,
                    message=revert.message,
                )
                state = undone(state, note, told)
                store.save(state)
                if note.step.startswith("keep-"):
                    store.record(_told(note, revert.sha))
    return f"{counted(len(notes), 'commit')} taken back."


def _told(note: CommitNote, sha: str) -> ChangeReverted:
    """For the trace, so that whoever opens the session sees that its gain is gone."""
    return ChangeReverted(iteration=note.iteration, sha=sha, reason="taken back by a person")


def _reading(root: Path, flags: Mapping[str, Any], folder: str) -> tuple[State, OpenRepository]:
    settings = load_settings(root, flags)
    state = read_state(folder)
    if state is None:
        raise SessionTrouble(f"{folder} holds no state.json; it is not a session.")
    top, trace = root_of(root), Path(folder) / ".trace"
    return state, open_repository(top, trace, state.session_id, settings.branch)


def _commit(note: CommitNote) -> Commit:
    return Commit(sha=note.sha, message=note.message, step=note.step)
