"""Taking back with real git: previewed, told everywhere, and stopped without leaving half of it."""

from __future__ import annotations

import shutil
import sys
import threading
from pathlib import Path
from time import monotonic, sleep

import pytest

from itc_tui.adapters.session.session_shelf import list_sessions, read_events, read_state
from itc_tui.application import outside_of
from itc_tui.domain.events import ChangeReverted, Event
from itc_tui.domain.listing import SessionListing
from itc_tui.domain.trouble import Stopped
from itc_tui.headless.listing import session_table
from itc_tui.ports import StopSwitch
from itc_tui.ui.outside import Outside
from tests.fakes import ScriptedEngine
from tests.journeys.journey import SESSION, TEST_FILE, cart_tests, ride, shop_at, world_in
from tests.journeys.test_cycle import expecting
from tests.person import Person

PATIENCE_S = 20


@pytest.fixture(scope="module")
def ridden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A session of two iterations, both kept."""
    ann = shop_at(tmp_path_factory.mktemp("ridden") / "shop")
    fixes = [expecting("a", 6), expecting("b", 6)]
    with world_in(ann.root, ScriptedEngine({TEST_FILE: cart_tests(a=5, b=5)}, fixes)) as world:
        ride(world)
    return ann.root


@pytest.fixture
def ann(ridden: Path, tmp_path: Path) -> Person:
    return Person(Path(shutil.copytree(ridden, tmp_path / "shop", symlinks=True)))


@pytest.fixture
def folder(ann: Person) -> Path:
    return ann.root / ".workflow" / ".integration-test" / SESSION


@pytest.fixture
def world(ann: Person) -> Outside:
    return outside_of(ann.root, {"python": sys.executable})


def reverted(
    world: Outside, folder: Path, iteration: int, stop: StopSwitch | None = None
) -> list[Event]:
    assert world.revert
    return list(world.revert(str(folder), iteration, stop or StopSwitch()))


def listed(folder: Path) -> SessionListing:
    return list_sessions(folder.parent)[0]


def test_after_a_revert_state_log_and_list_say_that_the_result_is_of_before(
    world: Outside, ann: Person, folder: Path
) -> None:
    assert listed(folder).taken_back == ""
    (told,) = reverted(world, folder, 2)
    assert isinstance(told, ChangeReverted)
    assert ann.read(TEST_FILE) == cart_tests(a=6, b=5)
    state = read_state(folder)
    assert state is not None
    assert state.taken_back is not None
    assert state.taken_back.commits == (ann.git("rev-parse", "HEAD"),)
    assert state.summary is not None
    assert state.summary.result == "success", "what was measured stays on record"
    assert listed(folder).taken_back == "part"
    assert "partly taken back (was success)" in session_table([listed(folder)])
    assert "**Taken Back**" in (folder / "reflection-log.md").read_text()
    assert tuple(read_events(folder))[-1] == told


def test_after_all_is_taken_back_no_rate_is_claimed(
    world: Outside, ann: Person, folder: Path
) -> None:
    assert [event.iteration for event in reverted(world, folder, 0)] == [2, 1, 0]  # type: ignore[union-attr]
    assert not (ann.root / TEST_FILE).exists()
    assert ann.status() == []
    assert listed(folder).taken_back == "all"
    row = session_table([listed(folder)]).splitlines()[1]
    assert "taken back (was success)" in row
    assert "100" not in row


def test_stopping_in_a_hook_leaves_the_tree_as_it_was_and_it_can_be_asked_again(
    world: Outside, ann: Person, folder: Path
) -> None:
    ann.hook("pre-commit", "trap '' TERM; echo begun > hook.txt; sleep 300")
    before, head, stop = ann.read(TEST_FILE), ann.git("rev-parse", "HEAD"), StopSwitch()
    ended: list[BaseException] = []

    def take_back() -> None:
        try:
            reverted(world, folder, 2, stop)
        except Stopped as stopped:
            ended.append(stopped)

    thread = threading.Thread(target=take_back)
    thread.start()
    end = monotonic() + PATIENCE_S
    while not (ann.root / "hook.txt").exists():
        assert monotonic() < end
        sleep(0.02)
    stop.pull()
    thread.join(2)
    assert not thread.is_alive()
    assert ended
    assert ann.read(TEST_FILE) == before
    assert ann.git("rev-parse", "HEAD") == head
    assert ann.status() == ["?? hook.txt"]
    assert listed(folder).taken_back == ""
    ann.hook("pre-commit", "exit 0")
    assert len(reverted(world, folder, 2)) == 1
    assert ann.read(TEST_FILE) == cart_tests(a=6, b=5)


def test_what_the_person_changed_since_is_not_reverted_over(
    world: Outside, ann: Person, folder: Path
) -> None:
    """Their lines stay, and it is said why."""
    mine = ann.read(TEST_FILE) + "\n\n# a word of mine\n"
    ann.write(TEST_FILE, mine)
    with pytest.raises(Exception, match="was changed since it was committed"):
        reverted(world, folder, 2)
    assert ann.read(TEST_FILE) == mine
    assert listed(folder).taken_back == ""
