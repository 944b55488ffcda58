"""The sessions that are shipped load, replay, and name no machine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from itc_tui.adapters.session.session_shelf import list_sessions, read_events, read_state
from itc_tui.domain.events import SessionCompleted

SESSIONS = Path(__file__).parents[1] / "sessions"
FOLDERS = [Path(one.path) for one in list_sessions(SESSIONS)]
ABSOLUTE = re.compile(r"(?<![\w.>-])/(?:root|home|work|Users|tmp|private|opt)/")


def test_there_is_one() -> None:
    assert FOLDERS


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_recorded_session_loads_and_replays_to_its_end(folder: Path) -> None:
    state = read_state(folder)
    assert state is not None
    assert state.summary is not None
    events = read_events(folder)
    completed = [event for event in events if isinstance(event, SessionCompleted)]
    assert completed[-1].summary.result == state.summary.result
    assert events.skipped == 0


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_recorded_session_names_no_machine(folder: Path) -> None:
    named = [
        f"{file.relative_to(folder)}: {found.group()}"
        for file in folder.rglob("*")
        if file.is_file()
        for found in [ABSOLUTE.search(file.read_text(encoding="utf-8"))]
        if found
    ]
    assert named == []
