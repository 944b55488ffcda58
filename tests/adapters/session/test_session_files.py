"""A session folder holds what was saved, whatever befalls the process, the disk or the files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from itc_tui.adapters.session.event_lines import LINES_PER_RUN
from itc_tui.adapters.session.session_files import SessionFiles, open_session
from itc_tui.adapters.session.session_shelf import list_sessions, read_events, read_state
from itc_tui.domain.events import Event, Noted, OutputArrived, RunStarted, StepPersisted
from itc_tui.domain.exploration import DataFlow, Exploration, IntegrationPoint, RiskArea
from itc_tui.domain.inventory import Inventory, InventoryFile
from itc_tui.domain.iterations import FixEntry, HistoryEntry, Iterations
from itc_tui.domain.plan import Case, Plan, Scenario
from itc_tui.domain.results import Failure, Results
from itc_tui.domain.state import State
from itc_tui.domain.summary import Summary
from itc_tui.domain.trouble import SessionTrouble

NAME = "ITG-认证模块-2026-11-21"


class StoppedClock:
    """Always the same moment."""

    def now(self) -> datetime:
        return datetime(2026, 11, 21, 8, 30, tzinfo=UTC)

    def monotonic(self) -> float:
        return 0.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / NAME


@pytest.fixture
def store(folder: Path) -> Iterator[SessionFiles]:
    with open_session(folder, StoppedClock()) as opened:
        yield opened


def state(**changes: Any) -> State:
    return State(session_id=NAME, module="用户认证模块的集成测试").but(**changes)


def test_what_was_saved_is_loaded_again(store: SessionFiles, folder: Path) -> None:
    assert store.load() is None
    store.save(state(max_iterations=15))
    assert store.load() == state(max_iterations=15)
    assert "用户认证" in (folder / "state.json").read_text(encoding="utf-8")
    assert [file.name for file in folder.iterdir() if file.name != ".trace"] == ["state.json"]


#: The specification's whole schema: what we write must be readable by a tool that knows only this.
SCHEMA: dict[str, Any] = {
    "session_id": "ITG-xxx",
    "module": "description",
    "started": "timestamp",
    "max_iterations": 10,
    "phase": "init|explored|designed|developed|iterating|completed",
    "exploration": {
        "module_structure": {"entry_points": [], "public_apis": [], "internal_modules": []},
        "dependencies": {"upstream": [], "downstream": [], "external_services": []},
        "integration_points": [{"from": "", "to": "", "type": "", "contract": ""}],
        "data_flows": [{"name": "", "path": [], "transforms": []}],
        "existing_tests": {
            "test_files": [],
            "patterns": [],
            "utilities": [],
            "mocking_conventions": "",
        },
        "test_framework": {"runner": "", "assertion_lib": "", "mock_lib": ""},
        "risk_areas": [{"area": "", "reason": "", "priority": ""}],
        "_metadata": {"files_analyzed": 0, "timestamp": ""},
    },
    "test_design": {
        "integration_scenarios": [
            {
                "id": "",
                "name": "",
                "boundary": "",
                "type": "",
                "priority": "",
                "test_cases": [
                    {"name": "happy path", "input": "", "expected": "", "assertion_type": ""}
                ],
                "mocking": {"mock_targets": [], "real_targets": [], "reason": ""},
                "setup": "",
                "teardown": "",
            }
        ],
        "mocking_strategy": {
            "approach": "",
            "mock_boundaries": [],
            "real_boundaries": [],
            "rationale": "",
        },
        "execution_order": [],
        "success_criteria": {"pass_rate": 95, "coverage_target": 80},
    },
    "test_inventory": {
        "test_files": [{"path": "", "scenario_ids": [], "test_count": 0, "boundary": ""}],
        "total_tests": 0,
        "total_files": 0,
        "timestamp": "",
    },
    "iterations": {
        "current": 0,
        "strategy": None,
        "next_action": "execute_tests|execute_fix|complete",
        "history": [
            {
                "iteration": 0,
                "pass_rate": 0,
                "strategy": "",
                "failed_tests": [],
                "reflection_summary": "",
                "strategy_adjustment": "",
            }
        ],
        "stuck_tests": [],
        "latest_results": {
            "pass_rate": 0,
            "passed": 0,
            "failed": 0,
            "total": 0,
            "failures": [{"test": "", "file": "", "error": "", "criticality": "high|medium|low"}],
        },
    },
    "fix_history": [
        {
            "iteration": 0,
            "strategy": "",
            "modification_points": [],
            "affected_tests": [],
            "confidence": 0.0,
        }
    ],
    "summary": {
        "result": "success|partial_success|failure",
        "final_pass_rate": 0,
        "total_iterations": 0,
        "strategies_used": [],
        "test_metrics": {
            "total_tests": 0,
            "passed": 0,
            "failed": 0,
            "test_files": 0,
            "integration_points_covered": 0,
        },
        "key_learnings": [],
        "corrected_assumptions": [],
        "recommendations": [],
        "completed": "",
    },
}


def names_in(value: Any, at: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield f"{at}.{name}"
            yield from names_in(inner, f"{at}.{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from names_in(inner, f"{at}[]")


def test_a_session_written_by_hand_after_the_specification_loads(
    store: SessionFiles, folder: Path
) -> None:
    (folder / "state.json").write_text(json.dumps(SCHEMA))
    loaded = store.load()
    assert loaded is not None
    assert loaded.exploration is not None
    assert loaded.exploration.integration_points[0].from_module == ""
    store.save(loaded)


def test_every_field_of_the_specification_is_written_by_its_name(
    store: SessionFiles, folder: Path
) -> None:
    whole = state(
        exploration=Exploration(
            integration_points=(IntegrationPoint(),),
            data_flows=(DataFlow(),),
            risk_areas=(RiskArea(),),
        ),
        test_design=Plan(integration_scenarios=(Scenario(test_cases=(Case(),)),)),
        test_inventory=Inventory(test_files=(InventoryFile(),)),
        iterations=Iterations(
            history=(HistoryEntry(),), latest_results=Results(failures=(Failure(),))
        ),
        fix_history=(FixEntry(),),
        summary=Summary(),
    )
    store.save(whole)
    written = json.loads((folder / "state.json").read_text())
    assert set(names_in(SCHEMA)) <= set(names_in(written))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"session_id": "x", ', "state.json: damaged at line 1, column 21"),
        (b"", "state.json: damaged at line 1, column 1"),
        (b"[1]", "state.json: holds no session"),
        (b'{"session_id": "x"}', "state.json: module: Field required"),
        (b'{"session_id":"x","module":"m","schema_version":2}', "schema_version: 2 is newer"),
        (b'{"session_id":"x","module":"m","schema_version":"1"}', "schema_version: a number"),
        (
            b'{"session_id":"x","module":"m","iterations":{"history":[{"pass_rate":"most"}]}}',
            "state.json: iterations.history.0.pass_rate: ",
        ),
        (b'{"session_id":"x","module":"m","phase":"later"}', "state.json: phase: "),
        (b'{"session_id":"x","module":"\xff"}', "state.json: not UTF-8"),
        (b'{"session_id":"x","module":"m","max_iterations":NaN}', "NaN is not a number"),
        (b'{"session_id":"x","module":"m","n":' + b"9" * 5000 + b"}", "state.json: Exceeds"),
        (b"[" * 100_000, "state.json: nested too deeply"),
    ],
)
def test_a_damaged_file_is_told_by_file_and_field_and_is_never_overwritten(
    store: SessionFiles, folder: Path, content: bytes, told: str
) -> None:
    (folder / "state.json").write_bytes(content)
    with pytest.raises(SessionTrouble) as caught:
        store.load()
    assert told in caught.value.sentence
    with pytest.raises(SessionTrouble):
        store.save(state())
    assert (folder / "state.json").read_bytes() == content


def test_what_a_person_wrote_into_the_state_meanwhile_is_not_overwritten(
    store: SessionFiles, folder: Path
) -> None:
    store.save(state())
    theirs = (
        (folder / "state.json").read_text().replace('"max_iterations": 10', '"max_iterations": 3')
    )
    (folder / "state.json").write_text(theirs)
    with pytest.raises(SessionTrouble, match="changed by somebody else"):
        store.save(state())
    assert (folder / "state.json").read_text() == theirs
    loaded = store.load()
    assert loaded is not None
    assert loaded.max_iterations == 3
    store.save(loaded)


def test_a_field_of_another_tool_is_carried_along(store: SessionFiles, folder: Path) -> None:
    (folder / "state.json").write_text('{"session_id": "x", "module": "m", "colour": "red"}')
    loaded = store.load()
    assert loaded is not None
    store.save(loaded)
    assert json.loads((folder / "state.json").read_text())["colour"] == "red"


def test_half_a_character_from_a_tests_output_can_be_saved_and_loaded(store: SessionFiles) -> None:
    store.save(state(module="caf\udce9"))
    assert store.load() == state(module="caf?")
    store.record(Noted(text="caf\udce9"))
    assert list(read_events(store.folder)) == [
        Noted(text="caf?", at="2026-11-21T08:30:00.000+00:00")
    ]


def test_a_full_disk_leaves_the_old_state_and_says_so(
    store: SessionFiles, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save(state())
    before = (folder / "state.json").read_bytes()

    def no_space(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(SessionTrouble, match="No space left on device"):
        store.save(state(max_iterations=3))
    with pytest.raises(SessionTrouble, match=r"reflection-log\.md: cannot be written"):
        store.write_log("text")
    assert (folder / "state.json").read_bytes() == before
    assert sorted(file.name for file in folder.iterdir()) == [".trace", "state.json"]


def test_a_second_process_is_told_who_is_writing(store: SessionFiles, folder: Path) -> None:
    script = (
        "import sys; from itc_tui.adapters.session.session_files import open_session;"
        "from itc_tui.adapters.system_clock import SystemClock;"
        "from itc_tui.domain.trouble import SessionTrouble\n"
        "try: open_session(sys.argv[1], SystemClock())\n"
        "except SessionTrouble as trouble: print(trouble.sentence)"
    )
    store.save(state())
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)], capture_output=True, text=True, check=True
    )
    assert f"process {os.getpid()} " in done.stdout
    assert read_state(folder) == state()


def test_the_lock_of_a_killed_process_is_free(folder: Path) -> None:
    script = (
        "import os, signal, sys; from itc_tui.adapters.session.session_files import open_session;"
        "from itc_tui.adapters.system_clock import SystemClock;"
        "store = open_session(sys.argv[1], SystemClock());"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(folder)], check=False)
    assert done.returncode == -9
    with open_session(folder, StoppedClock()) as store:
        store.save(state())
        assert list_sessions(folder.parent)[0].is_being_written
    assert not list_sessions(folder.parent)[0].is_being_written


def test_events_can_be_followed_while_they_are_written(store: SessionFiles, folder: Path) -> None:
    following = read_events(folder)
    assert list(following) == []
    stamped = store.record(Noted(text="one"))
    assert stamped.at == "2026-11-21T08:30:00.000+00:00"
    assert list(following) == [stamped]
    second = store.record(StepPersisted(step="explore"))
    assert list(following) == [second]
    assert list(read_events(folder)) == [stamped, second]


def test_output_is_gathered_and_stands_before_what_follows_it(
    store: SessionFiles, folder: Path
) -> None:
    for number in range(1000):
        store.record(OutputArrived(lines=(f"line {number}",)))
    store.record(Noted(text="after"))
    *outputs, last = list(read_events(folder))
    assert isinstance(last, Noted)
    lines = [line for event in outputs if isinstance(event, OutputArrived) for line in event.lines]
    assert lines == [f"line {number}" for number in range(1000)]
    assert len(outputs) < 20


def test_half_a_last_line_is_passed_over_by_a_reader_and_mended_by_the_next_writer(
    folder: Path,
) -> None:
    with open_session(folder, StoppedClock()) as store:
        first = store.record(Noted(text="one"))
    file = folder / ".trace" / "events.jsonl"
    file.write_bytes(file.read_bytes() + b'{"event": "noted", "te')
    assert list(read_events(folder)) == [first]
    with open_session(folder, StoppedClock()) as store:
        second = store.record(Noted(text="two"))
    reading = read_events(folder)
    assert list(reading) == [first, second]
    assert reading.skipped == 0


def test_events_of_a_newer_version_are_passed_over_and_counted(folder: Path) -> None:
    with open_session(folder, StoppedClock()) as store:
        first = store.record(Noted(text="one"))
        file = folder / ".trace" / "events.jsonl"
        with file.open("ab") as stream:
            stream.write(b'{"event": "moon_rose"}\nno json at all\n')
        second = store.record(Noted(text="two"))
    reading = read_events(folder)
    assert list(reading) == [first, second]
    assert reading.skipped == 2


def test_sessions_are_listed_newest_first_with_their_problems(tmp_path: Path) -> None:
    for age, name in enumerate(["ITG-c-2026-11-21", "ITG-a-2026-11-20", "ITG-b-2026-11-19"]):
        with open_session(tmp_path / name, StoppedClock()) as store:
            store.save(
                State(
                    session_id=name,
                    module=name,
                    iterations=Iterations(current=2, latest_results=Results(pass_rate=82)),
                )
            )
        os.utime(tmp_path / name / "state.json", (1000 - age, 1000 - age))
    (tmp_path / "ITG-b-2026-11-19" / "state.json").write_text("{")
    os.utime(tmp_path / "ITG-b-2026-11-19" / "state.json", (5, 5))
    (tmp_path / "not a session").mkdir()
    listed = list_sessions(tmp_path)
    assert [one.session_id[4] for one in listed] == ["c", "a", "b"]
    assert listed[0].pass_rate == 82
    assert listed[0].phase == "init"
    assert "damaged" in listed[2].problem
    assert list_sessions(tmp_path / "nowhere") == ()


@pytest.mark.parametrize("name", ["../state.json", "a/b", "", "..", "events.jsonl"])
def test_a_trace_file_stays_in_the_trace(store: SessionFiles, name: str) -> None:
    with pytest.raises(SessionTrouble):
        store.write_trace(name, "text")


def test_a_watcher_can_tell_our_own_writing_from_a_persons(
    store: SessionFiles, folder: Path
) -> None:
    store.write_log("# log\n")
    assert store.is_as_written("reflection-log.md")
    assert store.read_log() == "# log\n"
    (folder / "reflection-log.md").write_text("# mine\n")
    assert not store.is_as_written("reflection-log.md")


def test_a_log_that_a_person_changed_is_kept_as_they_left_it(folder: Path) -> None:
    with open_session(folder, StoppedClock()) as store:
        assert store.write_log("# log\n") == ""
        assert store.write_log("# log\nmore\n") == ""
    log = folder / "reflection-log.md"
    log.write_text("# mine\n")
    with open_session(folder, StoppedClock()) as store:  # also when it happened in between
        kept = store.write_log("# log\nand more\n")
        assert (folder / kept).read_text() == "# mine\n"
        assert log.read_text() == "# log\nand more\n"
        assert store.write_log("# log\nstill more\n") == "", "told once"
        log.write_text("# mine again\n")
        again = store.write_log("# log\n")
    assert again != kept
    assert (folder / again).read_text() == "# mine again\n"


def test_a_log_of_a_process_that_was_killed_is_not_taken_for_a_persons(folder: Path) -> None:
    log = folder / "reflection-log.md"
    with open_session(folder, StoppedClock()) as store:
        store.write_log("one\n")
        for text in ("two\n", "three\n"):
            store.write_log(text)
            log.write_text("one\n")  # as if it had been killed just before it replaced the log
            assert store.write_log("one\n") == ""


def test_output_that_nothing_follows_is_written_after_a_moment(
    store: SessionFiles, folder: Path
) -> None:
    store.record(OutputArrived(lines=("waiting for the database",)))
    following, ends = read_events(folder), time.monotonic() + 10
    seen: list[Event] = []
    while not seen:
        assert time.monotonic() < ends
        seen = list(following)
    assert isinstance(seen[0], OutputArrived)


def test_a_test_that_prints_for_ever_does_not_fill_the_record(
    store: SessionFiles, folder: Path
) -> None:
    for _ in range(50):
        store.record(OutputArrived(lines=("x",) * 1000))
    store.record(Noted(text="after"))
    *outputs, _ = list(read_events(folder))
    lines = [line for event in outputs if isinstance(event, OutputArrived) for line in event.lines]
    assert len(lines) == LINES_PER_RUN + 1
    assert "test-output.log" in lines[-1]
    store.record(RunStarted())
    store.record(OutputArrived(lines=("of the next run",)))
    store.record(Noted(text="after"))
    assert len(list(read_events(folder))) == len(outputs) + 4
