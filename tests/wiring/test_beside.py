"""Beside the loop: reruns that count for nothing, and a watch that tells only what others did."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from itc_tui.adapters.session.session_files import open_session
from itc_tui.adapters.session.session_shelf import read_events
from itc_tui.adapters.system_clock import SystemClock
from itc_tui.application import outside_of
from itc_tui.domain.events import (
    CaseFinished,
    CaseStarted,
    Event,
    OutputArrived,
    RerunFinished,
    RunStarted,
)
from itc_tui.domain.trouble import Stopped, Trouble
from itc_tui.domain.words import RERUN, Outcome
from itc_tui.ports import StopSwitch
from itc_tui.ui.outside import DiskWatch, Outside, Rerun
from itc_tui.wiring.beside import Beside
from tests.fakes import ScriptedEngine
from tests.journeys.journey import SESSION, TEST_FILE, cart_tests, ride, shop_at, world_in
from tests.person import Person

PATIENCE_S = 20
FLAGS = {"python": sys.executable}
GREEN, RED = f"{TEST_FILE}::test_green", f"{TEST_FILE}::test_red"


@pytest.fixture(scope="module")
def ridden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A session that ended with one case red."""
    ann = shop_at(tmp_path_factory.mktemp("ridden") / "shop")
    with world_in(ann.root, ScriptedEngine({TEST_FILE: cart_tests(green=6, red=5)})) as world:
        ride(world, max_iterations=1)
    return ann.root


@pytest.fixture
def ann(ridden: Path, tmp_path: Path) -> Person:
    return Person(Path(shutil.copytree(ridden, tmp_path / "shop", symlinks=True)))


@pytest.fixture
def folder(ann: Person) -> Path:
    return ann.root / ".workflow" / ".integration-test" / SESSION


@pytest.fixture
def world(ann: Person) -> Outside:
    return outside_of(ann.root, FLAGS)


def contents(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def reran(
    world: Outside, folder: Path, *names: str, is_recorded: bool = True
) -> tuple[list[Event], RerunFinished]:
    assert world.rerun
    events = list(world.rerun(Rerun(str(folder), names, is_recorded), StopSwitch()))
    assert isinstance(events[-1], RerunFinished)
    return events, events[-1]


def outcomes(events: list[Event]) -> dict[str, Outcome]:
    results = [event.result for event in events if isinstance(event, CaseFinished)]
    return {result.node_id: result.outcome for result in results}


def test_a_rerun_shows_all_that_a_run_shows_and_changes_neither_state_nor_log(
    world: Outside, ann: Person, folder: Path
) -> None:
    before = contents(folder)
    ann.write(TEST_FILE, cart_tests(green=7, red=6))  # the person tries something
    events, ended = reran(world, folder, GREEN, RED)
    assert outcomes(events) == {GREEN: Outcome.FAILED, RED: Outcome.PASSED}
    failing = next(event.result for event in events if isinstance(event, CaseFinished))
    assert failing.comparison is not None
    assert "assert 6 == 7" in failing.message
    assert failing.duration_s > 0
    assert any(isinstance(event, OutputArrived) for event in events)
    assert (ended.passed, ended.total, ended.trouble) == (1, 2, "")
    after = contents(folder)
    for name in ("state.json", "reflection-log.md", ".trace/test-output.log", ".trace/owned.json"):
        assert after[name] == before[name], name


def test_a_rerun_is_on_record_as_one_and_its_command_can_be_run_again(
    world: Outside, ann: Person, folder: Path
) -> None:
    known = len(list(read_events(folder)))
    reran(world, folder, RED)
    told = list(read_events(folder))[known:]
    began = next(event for event in told if isinstance(event, RunStarted))
    assert (began.purpose, began.iteration) == (RERUN, 0)
    assert isinstance(told[-1], RerunFinished)
    assert told[-1].at
    again = subprocess.run(began.command, cwd=ann.root, capture_output=True, text=True, check=False)
    assert "1 failed, 1 deselected" in again.stdout


def test_a_session_that_is_only_read_is_left_as_it_is(
    world: Outside, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    before = contents(folder)
    _, ended = reran(world, folder, GREEN, is_recorded=False)
    assert (ended.passed, ended.total) == (1, 1)
    assert contents(folder) == before


def test_a_changed_file_runs_with_what_is_new_in_it_and_tells_what_is_gone(
    world: Outside, ann: Person, folder: Path
) -> None:
    ann.write(TEST_FILE, cart_tests(green=6, new=6))
    events, ended = reran(world, folder, GREEN, RED, TEST_FILE)
    assert outcomes(events) == {
        GREEN: Outcome.PASSED,
        f"{TEST_FILE}::test_new": Outcome.PASSED,
        RED: Outcome.NOT_RUN,
    }
    assert (ended.passed, ended.total) == (2, 3)
    assert "there is no such test" in ended.trouble


def test_tests_that_are_not_on_the_disk_are_not_run(
    world: Outside, ann: Person, folder: Path
) -> None:
    (ann.root / TEST_FILE).unlink()
    with pytest.raises(Trouble, match="None of these tests is on the disk"):
        reran(world, folder, GREEN)


def test_a_session_that_another_itc_writes_is_not_rerun_meanwhile(
    world: Outside, folder: Path
) -> None:
    with open_session(folder, SystemClock()):
        with pytest.raises(Trouble, match="Another itc is at work"):
            reran(world, folder, GREEN, is_recorded=False)
        with pytest.raises(Trouble, match="being written by another itc"):
            reran(world, folder, GREEN)


def test_stopping_a_rerun_ends_its_processes_at_once(
    world: Outside, ann: Person, folder: Path
) -> None:
    mark = ann.root / "child.pid"
    ann.write(
        TEST_FILE,
        "import subprocess, sys, time\n\n\ndef test_green():\n"
        "    child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"    open({str(mark)!r}, 'w').write(str(child.pid))\n    time.sleep(600)\n",
    )
    stop = StopSwitch()
    assert world.rerun
    steps = world.rerun(Rerun(str(folder), (GREEN,)), stop)
    assert any(isinstance(event, CaseStarted) for event in steps)
    ends = time.monotonic() + PATIENCE_S
    while not (mark.exists() and mark.read_text()):
        assert time.monotonic() < ends
    pulled = time.monotonic()
    stop.pull()
    with pytest.raises(Stopped):
        list(steps)
    assert time.monotonic() - pulled < 3
    assert not is_alive(int(mark.read_text()))
    *_, last = read_events(folder)
    assert isinstance(last, RerunFinished)
    assert last.was_stopped


def is_alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    if status.parent.parent.joinpath("self").exists():
        return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"
    return subprocess.run(["ps", "-p", str(pid)], capture_output=True, check=False).returncode == 0


def test_a_loop_that_ends_waits_for_the_last_word_of_a_rerun(ann: Person, folder: Path) -> None:
    beside = Beside(ann.root, FLAGS)
    closed = threading.Event()
    with world_in(ann.root, ScriptedEngine({})) as world:
        hosting = beside.hosts(world)
        hosting.__enter__()
        place = beside.rerun_place(str(folder), (GREEN,), StopSwitch(), is_recorded=True)
        opened = place.__enter__()

        def close() -> None:
            hosting.__exit__(None, None, None)
            closed.set()

        closing = threading.Thread(target=close)
        closing.start()
        opened.record(RerunFinished(passed=1, total=1))
        assert not closed.is_set()
        place.__exit__(None, None, None)
        closing.join(PATIENCE_S)
        assert closed.is_set()
    *_, last = read_events(folder)
    assert isinstance(last, RerunFinished)


@pytest.fixture
def watching(ann: Person) -> Iterator[Callable[[Beside, Path], DiskWatch]]:
    opened: list[DiskWatch] = []

    def watch(beside: Beside, folder: Path) -> DiskWatch:
        opened.append(beside.watch(str(folder)))
        return opened[-1]

    yield watch
    for one in opened:
        one.close()


def seen_until(look: Callable[[], tuple[str, ...]], last: str) -> set[str]:
    ends, seen = time.monotonic() + PATIENCE_S, set[str]()
    while last not in seen:
        assert time.monotonic() < ends, f"{last} was never told, only {seen}"
        seen.update(look())
    return seen


def test_the_watch_tells_what_the_person_writes_and_not_what_we_do(
    ann: Person, folder: Path, watching: Callable[[Beside, Path], DiskWatch]
) -> None:
    beside = Beside(ann.root, FLAGS)
    with world_in(ann.root, ScriptedEngine({})) as world, beside.hosts(world):
        watch = watching(beside, folder)
        state = world.store.load()
        assert state is not None
        text = world.repository.read(TEST_FILE) or ""
        world.repository.write(TEST_FILE, text.replace("== 5", "== 6"))
        world.store.save(state.but(max_iterations=3))
        world.store.write_log("# ours\n")
        ann.write("shop/cart.py", "def total(): ...\n")
        assert seen_until(watch.tree.changed_paths, "shop/cart.py") == {"shop/cart.py"}
        ann.write(TEST_FILE, text)
        assert seen_until(watch.tree.changed_paths, TEST_FILE) == {TEST_FILE}
        (folder / "reflection-log.md").write_text("# hers\n")
        told = seen_until(watch.session.changed_paths, "reflection-log.md")
        assert told == {"reflection-log.md"}
        (folder / "state.json").write_text("{}")
        assert seen_until(watch.session.changed_paths, "state.json") == {"state.json"}


def test_the_watch_does_not_tell_what_another_itc_or_an_undo_writes(
    ann: Person, folder: Path, watching: Callable[[Beside, Path], DiskWatch]
) -> None:
    beside = Beside(ann.root, FLAGS)
    watch = watching(beside, folder)
    with open_session(folder, SystemClock()) as other:
        state = other.load()
        assert state is not None
        other.save(state.but(max_iterations=4))
        other.write_log("# ours\n")
        watch.session.changed_paths()
        beside.wrote(str(folder))
    (folder / "state.json").write_text("{}")
    assert seen_until(watch.session.changed_paths, "state.json") == {"state.json"}
