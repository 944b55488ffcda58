"""In a real terminal: a first run to a green suite, one iteration of four taken back, a replay."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journeys.journey import SESSION, TEST_FILE, cart_tests, ride, shop_at, world_in
from tests.journeys.on_screen import four_wrong
from tests.person import Person
from tests.terminal import Terminal

PROJECT = Path(__file__).parents[2]
Opening = Callable[..., Terminal]

pytestmark = pytest.mark.slow


@pytest.fixture
def ann(tmp_path: Path) -> Person:
    return shop_at(tmp_path / "shop")


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opening]:
    """A program in a terminal, with settings and a memory of its own."""
    terminals: list[Terminal] = []

    def open_(*words: str) -> Terminal:
        homes = {"XDG_STATE_HOME": str(tmp_path / "s"), "XDG_CONFIG_HOME": str(tmp_path / "c")}
        terminals.append(Terminal([sys.executable, "-m", *words], PROJECT, **homes))
        terminals[-1].patience_s = 60
        return terminals[-1]

    yield open_
    for terminal in terminals:
        terminal.close()


def press_through(terminal: Terminal, *turns: tuple[str, str]) -> None:
    """Wait for each of these words, then press the key beside it."""
    for words, key in turns:
        terminal.until_new(words)
        terminal.press(key.encode())


def with_four_iterations(person: Person) -> None:
    """A finished session of four iterations, each of which was kept."""
    with world_in(person.root, four_wrong()) as world:
        state, _ = ride(world)
    assert [entry.iteration for entry in state.iterations.history if entry.commit] == [1, 2, 3, 4]


def test_a_first_run_goes_to_a_green_suite(ann: Person, opened: Opening) -> None:
    terminal = opened("tests.journeys.on_screen", str(ann.root), "two_wrong")
    press_through(
        terminal,
        ("Yes, in the box", "y"),
        ("Confirm, start developing", "c"),
        ("The integration tests are complete", "d"),
    )
    terminal.until_new("100 %")
    terminal.press(b"\x11")
    assert terminal.ended() == 0
    assert terminal.is_as_before()
    assert ann.log() == [
        "test(integration): iteration 2 - conservative (pass: 50% → 100%)",
        "test(integration): iteration 1 - conservative (pass: 0% → 50%)",
        "test(integration): generate integration tests for cart",
        "A shop",
    ]
    assert ann.read(TEST_FILE) == cart_tests(a=6, b=6)
    assert ann.status() == []


def test_iteration_two_of_four_is_previewed_and_taken_back(ann: Person, opened: Opening) -> None:
    with_four_iterations(ann)
    before = ann.read(TEST_FILE)
    terminal = opened("itc_tui", "review", SESSION, str(ann.root))
    terminal.until_new("4 of 4 pass")
    terminal.press(b"4GkR")
    terminal.until_new(r"Take back iteration 2\?")
    terminal.until_new(r"-    assert total\(store\) == 6  # b")
    terminal.press(b"n")
    terminal.until_new("4 Reflection")
    assert ann.read(TEST_FILE) == before, "looking changes nothing"
    terminal.press(b"R")
    terminal.until_new(r"Take back iteration 2\?")
    terminal.press(b"y")
    terminal.until_new("25 ↗ 50 % .*↶ reverted")
    terminal.until_new("1 commit taken back")
    terminal.press(b"q")
    assert terminal.ended() == 0

    assert ann.read(TEST_FILE) == cart_tests(a=6, b=5, c=6, d=6)
    assert ann.log()[0].startswith("Revert") or "iteration 2" in ann.log()[0]
    assert ann.status() == []
    state = json.loads((_session_of(ann) / "state.json").read_text())
    taken_back = [one["iteration"] for one in state["iterations"]["history"] if one["reverted_by"]]
    assert taken_back == [2]


def test_a_recorded_session_is_replayed_from_its_first_moment(ann: Person, opened: Opening) -> None:
    with_four_iterations(ann)
    trace = _session_of(ann) / ".trace" / "events.jsonl"
    told, head = trace.read_bytes(), ann.git("rev-parse", "HEAD")
    terminal = opened("itc_tui", "review", SESSION, str(ann.root))
    terminal.until_new("4 of 4 pass")
    terminal.press(b"{")
    terminal.until_new("No iteration yet")
    terminal.press_until(b"]", "IS-001")
    terminal.press_until(b"]", "0 of 4 pass")
    terminal.press(b" ")
    terminal.until_new("100 %")
    total = len(told.splitlines())
    terminal.until_new(f"{total}/{total}")
    terminal.press(b"q")
    assert terminal.ended() == 0
    assert terminal.is_as_before()
    assert trace.read_bytes() == told
    assert ann.git("rev-parse", "HEAD") == head


def _session_of(person: Person) -> Path:
    return person.root / ".workflow" / ".integration-test" / SESSION
