"""A glance at a session shows what reading all of it shows, or all of it is read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from itc_tui.adapters.session.session_files import open_session
from itc_tui.adapters.session.session_shelf import (
    each_session,
    glance_at_sessions,
    list_sessions,
)
from itc_tui.adapters.session.state_glance import glanced
from itc_tui.adapters.system_clock import SystemClock
from itc_tui.domain.iterations import Iterations
from itc_tui.domain.results import Failure, Results
from itc_tui.domain.state import State
from itc_tui.domain.words import Phase
from itc_tui.wiring import session_to_continue

RECORDED = Path(__file__).parents[3] / "sessions"
LIE = '"\n  "summary": {\n    "result": "success",\n    "final_pass_rate": 100,\n'
MEASURED = Results(pass_rate=81.5, failures=(Failure(test="a", error=LIE),), passing=(LIE,))
STATES = (
    State(session_id="new", module="shop"),
    State(session_id="测试", module='a "b" \\ \x1b[1m', started="2026-11-21", phase=Phase.EXPLORED),
    State(
        session_id="run",
        module="shop",
        phase=Phase.ITERATING,
        iterations=Iterations(current=3, latest_results=MEASURED),
    ),
)


def saved(folder: Path, state: State, age: int = 0) -> Path:
    with open_session(folder, SystemClock()) as session:
        session.save(state)
    os.utime(folder / "state.json", (1000 - age, 1000 - age))
    return folder


def test_a_glance_shows_what_reading_shows(tmp_path: Path) -> None:
    for state in STATES:
        saved(tmp_path / state.session_id, state)
    for shelf in (RECORDED, tmp_path):
        seen = glance_at_sessions(shelf)
        assert seen == list_sessions(shelf)
        states = [(Path(one.path) / "state.json").read_bytes() for one in seen]
        assert all(glanced("", content) for content in states), "none had to be read"


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (b'"schema_version": 1,', b'"schema_version": 999,'),
        (b'"phase": "iterating"', b'"phase": "somewhere"'),
        (b'"module": "shop"', b'"module": 7'),
        (b'"taken_back": null', b'"taken_back": {"iterations": [0]}'),
        (b'"current": 3', b'"current": "many"'),
        (b"\n}\n", b"\n"),
        (b"\n  ", b"\n"),
    ],
)
def test_what_looks_another_way_is_read_and_its_problem_told(
    tmp_path: Path, ours: bytes, theirs: bytes
) -> None:
    file = saved(tmp_path / "run", STATES[2]) / "state.json"
    content = file.read_bytes()
    assert ours in content
    file.write_bytes(content.replace(ours, theirs))
    assert glanced("", file.read_bytes()) is None
    assert glance_at_sessions(tmp_path) == list_sessions(tmp_path)


def test_one_goes_on_with_the_newest_that_is_not_completed(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    saved(shelf / "ITG-old", STATES[0].but(session_id="ITG-old"), age=3)
    wanted = saved(shelf / "ITG-b", STATES[2].but(session_id="ITG-b", module="b"), age=2)
    saved(shelf / "ITG-a", State(session_id="ITG-a", module="a", phase=Phase.COMPLETED), age=1)
    (shelf / "ITG-bad").mkdir()
    (shelf / "ITG-bad" / "state.json").write_text("{")
    flags = {"sessions_dir": "shelf"}
    assert session_to_continue(tmp_path, None, flags) == str(wanted)
    assert session_to_continue(tmp_path, "a", flags) == str(shelf / "ITG-a")


def test_a_session_is_read_when_it_is_asked_for(tmp_path: Path) -> None:
    """Going on with the newest of two hundred reads one."""
    saved(tmp_path / "new", STATES[0])
    saved(tmp_path / "old", STATES[0], age=1)
    sessions = each_session(tmp_path)
    assert not next(sessions).problem
    (tmp_path / "old" / "state.json").write_text("{")
    assert "damaged" in next(sessions).problem
