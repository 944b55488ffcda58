"""In a real terminal, on a real repository: stepping, editing in mid-run, and leaving."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import psutil
import pytest

from itc_tui.domain.trouble import ExitCode
from tests.journeys.journey import SESSION, STORE, TEST_FILE, cart_tests, shop_at
from tests.person import Person
from tests.terminal import Terminal

#: Whoever asks for the total waits until there is a word from outside.
PATIENT = """
    def lines(self) -> list[tuple[int, int]]:
        pathlib.Path("started.txt").write_text("yes")
        until = time.monotonic() + 60
        while not pathlib.Path("go.txt").exists() and time.monotonic() < until:
            time.sleep(0.02)
        return list(self._lines)
"""
#: … or for ever, with a child that would outlive the test.
ENDLESS = """
    def lines(self) -> list[tuple[int, int]]:
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        pathlib.Path("started.txt").write_text(str(child.pid))
        time.sleep(600)
        return []
"""

PROJECT = Path(__file__).parents[2]
Opening = Callable[..., Terminal]


@pytest.fixture
def ann(tmp_path: Path) -> Person:
    return shop_at(tmp_path / "shop")


@pytest.fixture
def opened(ann: Person, tmp_path: Path) -> Iterator[Opening]:
    """The application in a terminal, on Ann's repository."""
    terminals: list[Terminal] = []

    def open_(script: str, *words: str) -> Terminal:
        command = [sys.executable, "-m", "tests.journeys.on_screen", str(ann.root), script, *words]
        homes = {"XDG_STATE_HOME": str(tmp_path / "s"), "XDG_CONFIG_HOME": str(tmp_path / "c")}
        terminals.append(Terminal(command, PROJECT, **homes))
        terminals[-1].patience_s = 60
        return terminals[-1]

    yield open_
    for terminal in terminals:
        terminal.close()


def with_lines(person: Person, lines: str) -> None:
    """The store, but for how it answers."""
    head = STORE.partition("    def lines")[0].replace(
        "class Store", "import pathlib, subprocess, sys, time\n\n\nclass Store"
    )
    person.commit("shop/store.py", head + lines.lstrip("\n"))


def session_of(person: Person) -> Path:
    return person.root / ".workflow" / ".integration-test" / SESSION


def state_of(person: Person) -> Any:
    return json.loads((session_of(person) / "state.json").read_text())


def press_through(terminal: Terminal, *turns: tuple[str, str]) -> None:
    """Wait for each of these words, then press the key beside it."""
    for words, key in turns:
        terminal.until_new(words)
        terminal.press(key.encode())


def until_written(file: Path, terminal: Terminal) -> str:
    end = monotonic() + 15
    while not (file.exists() and file.read_text()):
        assert monotonic() < end, terminal.new_text[-2000:]
        terminal.listen(0.02)
    return file.read_text()


@pytest.mark.slow
def test_a_whole_iteration_is_stepped_through_and_its_fix_rejected(
    ann: Person, opened: Opening
) -> None:
    terminal = opened("two_wrong", "--step")
    press_through(
        terminal,
        ("Read the code for", "s"),
        ("Plan scenarios for 1 boundary", "s"),
        ("Yes, in the box", "y"),
        ("Confirm, start developing", "c"),
        ("Write 2 cases into tests/integration", "s"),
        ("Commit test_cart.py, and freeze the inventory at 2 cases", "s"),
        ("Run 2 cases with your own pytest", "s"),
        ("Find out what is behind 2 failures", "s"),
        ("iteration 1 starts carefully", "a"),
        (r"\[✓\] test_b", "s"),
        ("Make a fix, aggressive, for: test_a, test_b", "s"),
        (r"\+    assert total\(store\) == 6  # a", "n"),
        ("say what, in a sentence", "five was meant\r"),
    )
    # The engine was told, and proposes again; that dialog looks like the first.
    terminal.press_until(b"x", "Run 2 cases with your own pytest")
    assert ann.read(TEST_FILE) == cart_tests(a=5, b=5), "nothing was written"
    assert ann.log() == ["test(integration): generate integration tests for cart", "A shop"]
    terminal.press(b"q")
    assert terminal.ended() == 0
    assert "LEFT stopped=True" in terminal.painted
    assert terminal.is_as_before()

    state = state_of(ann)
    assert state["fix_history"][0]["outcome"] == "refused"
    assert [one["deed"] for one in state["interventions"]] == ["strategy", "rejected", "skipped"]
    log = (session_of(ann) / "reflection-log.md").read_text()
    assert "**Chosen by You**: the strategy: aggressive instead of conservative" in log
    assert "**Chosen by You**: the fix was left: five was meant" in log
    told = [
        json.loads(line)
        for line in (session_of(ann) / ".trace" / "events.jsonl").read_text().splitlines()
    ]
    assert sum(event["event"] == "intervened" for event in told) == 3


@pytest.mark.slow
def test_a_scenario_edited_during_a_run_is_taken_up_at_the_next_step(
    ann: Person, opened: Opening
) -> None:
    """And the frozen inventory stays: a case that is switched off in the plan counts on."""
    with_lines(ann, PATIENT)
    terminal = opened("green")
    press_through(terminal, ("Yes, in the box", "y"), ("Confirm, start developing", "c"))
    until_written(ann.root / "started.txt", terminal)
    terminal.press(b"2")
    terminal.until_new("test_b")
    terminal.press(b"jjt")
    terminal.until_new("taken up at the next step")
    ann.write("go.txt", "go")
    terminal.until_new("The integration tests are complete")
    terminal.press(b"d")
    terminal.until_new("done")
    terminal.press(b"M")
    terminal.until_new("The edited plan was taken up")
    terminal.press(b"\x11")
    assert terminal.ended() == 0
    assert "json was changed" not in terminal.all_text, "what the session writes is its own"
    assert "log was changed" not in terminal.all_text

    state = state_of(ann)
    (scenario,) = state["test_design"]["integration_scenarios"]
    assert [case["enabled"] for case in scenario["test_cases"]] == [True, False]
    assert "edited by hand while the session ran" in state["test_design"]["user_feedback"]
    assert len(state["test_inventory"]["cases"]) == 2
    assert state["iterations"]["latest_results"]["total"] == 2
    assert state["summary"]["result"] == "success"


@pytest.mark.slow
def test_quitting_during_a_run_leaves_no_process_and_a_sane_terminal(
    ann: Person, opened: Opening
) -> None:
    with_lines(ann, ENDLESS)
    terminal = opened("green")
    press_through(terminal, ("Yes, in the box", "y"), ("Confirm, start developing", "c"))
    child = psutil.Process(int(until_written(ann.root / "started.txt", terminal)))
    family = [*psutil.Process(terminal.process.pid).children(recursive=True), child]
    assert len(family) > 1, "pytest and the child of its test"
    terminal.press(b"q")
    assert terminal.ended() == 0
    assert "LEFT stopped=True" in terminal.painted
    assert terminal.is_as_before()
    _, left = psutil.wait_procs(family, timeout=1)
    assert [one for one in left if one.status() != psutil.STATUS_ZOMBIE] == []
    assert state_of(ann)["phase"] == "developed", "the session goes on from there"


@pytest.mark.slow
def test_the_command_opens_the_application_step_by_step(ann: Person, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "itc_tui", "--step", "cart", str(ann.root)]
    homes = {"XDG_STATE_HOME": str(tmp_path / "s"), "XDG_CONFIG_HOME": str(tmp_path / "c")}
    terminal = Terminal(command, PROJECT, **homes)
    try:
        terminal.until_new("Read the code for “cart”")
        terminal.press(b"\x11")
        assert terminal.ended() == ExitCode.STOPPED
        assert terminal.is_as_before()
        assert f"`itc -c` in {ann.root} goes on." in terminal.painted
    finally:
        terminal.close()
