"""An edit of the plan that nobody took up is there when its process was killed, and only then."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from itc_tui.adapters.session.session_files import SessionFiles, open_session
from itc_tui.adapters.system_clock import SystemClock
from itc_tui.domain.plan import Plan, Scenario
from itc_tui.domain.state import State

PLAN = Plan(integration_scenarios=(Scenario(name="as planned"),)).with_ids()
MINE = Plan(integration_scenarios=(Scenario(name="mine, 我的"),)).with_ids()
DRAFT = ".trace/plan-draft.json"

KILLED = """
import os, signal, sys
from pathlib import Path
from itc_tui.adapters.session.session_files import open_session
from itc_tui.adapters.system_clock import SystemClock
from itc_tui.domain.plan import Plan, Scenario
store = open_session(Path(sys.argv[1]), SystemClock())
store.load()
store.keep_draft(Plan(integration_scenarios=(Scenario(name="mine, 我的"),)).with_ids())
os.kill(os.getpid(), signal.SIGKILL)
"""


def opened(folder: Path) -> SessionFiles:
    return open_session(folder, SystemClock())


def planned(folder: Path) -> Path:
    with opened(folder) as store:
        store.save(State(session_id="ITG-a", module="a", test_design=PLAN))
    return folder


def test_it_outlives_the_process_that_was_killed(tmp_path: Path) -> None:
    folder = planned(tmp_path / "ITG-a")
    done = subprocess.run([sys.executable, "-c", KILLED, str(folder)], check=False)
    assert done.returncode == -signal.SIGKILL
    with opened(folder) as store:
        store.load()
        assert store.kept_draft() == MINE


def test_what_was_taken_up_is_no_draft_any_more(tmp_path: Path) -> None:
    with opened(planned(tmp_path / "ITG-a")) as store:
        state = store.load()
        assert state is not None
        store.keep_draft(MINE)
        store.save(state.but(max_iterations=3))
        assert store.kept_draft() == MINE
        store.save(state.but(test_design=MINE))
        assert store.kept_draft() is None
        assert not (tmp_path / "ITG-a" / DRAFT).exists()


def test_a_draft_of_another_plan_is_not_laid_over_this_one(tmp_path: Path) -> None:
    folder = planned(tmp_path / "ITG-a")
    with opened(folder) as store:
        store.load()
        store.keep_draft(MINE)
    kept = (folder / DRAFT).read_bytes()
    with opened(folder) as store:
        state = store.load()
        assert state is not None
        store.save(state.but(test_design=PLAN.but(integration_scenarios=())))
    (folder / DRAFT).write_bytes(kept)
    with opened(folder) as store:
        store.load()
        assert store.kept_draft() is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"upon": 1}', '{"upon": null, "plan": 7}'])
def test_a_damaged_draft_is_none(tmp_path: Path, text: str) -> None:
    folder = planned(tmp_path / "ITG-a")
    (folder / DRAFT).write_text(text, encoding="utf-8")
    with opened(folder) as store:
        store.load()
        assert store.kept_draft() is None


def test_before_there_is_a_plan_there_is_no_draft_of_it(tmp_path: Path) -> None:
    with opened(tmp_path / "ITG-a") as store:
        store.load()
        store.keep_draft(MINE)
        assert store.kept_draft() is None
    assert not (tmp_path / "ITG-a" / DRAFT).exists()
