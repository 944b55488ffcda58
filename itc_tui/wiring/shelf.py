"""Past sessions: opened to be read, and taken back through git."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from itc_tui.adapters.session.recording import export_session
from itc_tui.adapters.session.session_files import TRACE_FOLDER, open_session
from itc_tui.adapters.session.session_shelf import read_events, read_state
from itc_tui.adapters.system_clock import SystemClock
from itc_tui.adapters.tree.repositories import OpenRepository, open_repository
from itc_tui.domain.listing import OpenedSession
from itc_tui.domain.state import State
from itc_tui.domain.trouble import SessionTrouble
from itc_tui.domain.undoing import commits_to_undo
from itc_tui.ports import Steps, StopSwitch
from itc_tui.settings import load_settings
from itc_tui.take_back import as_commit, take_back
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
    state = _state_in(folder)
    with _repository(root, flags, folder, state) as repository:
        note = next((one for one in state.commits if one.sha == sha), None)
        return repository.diff(as_commit(note)) if note else ""


def undo_preview(
    root: Path, flags: Mapping[str, Any], folder: str, iteration: int, stop: StopSwitch
) -> tuple[str, str]:
    """The diff of what would be taken back, and why it cannot be."""
    state = _state_in(folder)
    with _repository(root, flags, folder, state, stop) as repository:
        notes = commits_to_undo(state, iteration)
        if not notes:
            return "", "Nothing of it stands any more: it was never kept, or is taken back."
        problem = repository.readiness().problem
        told = (repository.diff(as_commit(note), is_backward=True) for note in notes)
        return "\n".join(told), problem


def undo(
    root: Path, flags: Mapping[str, Any], folder: str, iteration: int, stop: StopSwitch
) -> Steps[int]:
    """Take back one iteration or the whole session by `git revert`; gives how many commits."""
    clock = SystemClock()
    with open_session(folder, clock) as store:
        state = store.load()
        if state is None:
            raise _no_session(folder)
        with _repository(root, flags, folder, state, stop) as repository:
            return (yield from take_back(state, iteration, repository, store, clock))


def _state_in(folder: str) -> State:
    state = read_state(folder)
    if state is None:
        raise _no_session(folder)
    return state


def _no_session(folder: str) -> SessionTrouble:
    return SessionTrouble(f"{folder} holds no state.json; it is not a session.")


@contextlib.contextmanager
def _repository(
    root: Path,
    flags: Mapping[str, Any],
    folder: str,
    state: State,
    stop: StopSwitch | None = None,
) -> Iterator[OpenRepository]:
    branch, trace = load_settings(root, flags).branch, Path(folder) / TRACE_FOLDER
    repository = open_repository(root_of(root), trace, state.session_id, branch, stop)
    with contextlib.closing(repository):
        yield repository
