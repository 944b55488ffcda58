"""In a real terminal: it comes up, and however it ends, the terminal is as it was."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE_S = 20
SCRIPT = """
from itc_tui.ui.app import run_app
from itc_tui.ui.look import Look
from tests.ui.stage import launch, outside
left = run_app(outside(launch=lambda _topic: launch()), Look(language="en"), topic="payments")
print("LEFT", left.was_stopped, left.trouble)
"""


LOADED = """
import time
from itc_tui.domain import events as happened
from itc_tui.domain.results import CaseResult
from itc_tui.domain.words import Outcome
from itc_tui.ui.app import run_app
from itc_tui.ui.look import Look
from tests.ui.stage import launch, outside

def loop():
    names = tuple(f"tests/t_{number // 50}.py::test_{number}" for number in range(1_000))
    yield happened.IterationStarted(iteration=1, max_iterations=1)
    yield happened.RunStarted(iteration=1, purpose="full", expected=names)
    for number, name in enumerate(names):
        yield happened.CaseFinished(result=CaseResult(node_id=name, outcome=Outcome.PASSED))
        marked = "marker" if number % 100 == 0 else ""
        yield happened.OutputArrived(
            lines=tuple(f"line {number}-{at} {marked}" for at in range(10))
        )
        time.sleep(0.004)

left = run_app(outside(launch=lambda _: launch(loop)), Look(language="en"), topic="payments")
print("LEFT", left.was_stopped, left.trouble)
"""
PLACE = re.compile(r"\x1b\[(\d+);(\d+)H")


class Terminal:
    """A pty with the application in it; keeps all that was painted."""

    def __init__(self, script: str = SCRIPT) -> None:
        self.ours, theirs = pty.openpty()
        termios.tcsetwinsize(self.ours, (40, 120))
        self.before = termios.tcgetattr(theirs)
        self._theirs = theirs
        self.painted = ""
        self.process = subprocess.Popen(
            [sys.executable, "-c", script],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=ROOT,
            start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8"},
        )

    def until(self, pattern: str) -> None:
        end = monotonic() + PATIENCE_S
        while not re.search(pattern, self.painted):
            assert monotonic() < end, self.painted[-2000:]
            self._read(0.1)

    def press(self, keys: bytes) -> None:
        os.write(self.ours, keys)

    def resize(self, columns: int, rows: int) -> None:
        """What is painted from now on is painted for that size."""
        self.painted = ""
        termios.tcsetwinsize(self.ours, (rows, columns))
        self.process.send_signal(signal.SIGWINCH)

    def until_painted_for(self, columns: int, rows: int) -> None:
        """Until the last line is painted, and nothing is any more beyond the borders."""

        def is_painted() -> bool:
            spots = [(int(row), int(column)) for row, column in PLACE.findall(self.painted)]
            beyond = [
                at for at, (row, column) in enumerate(spots) if row > rows or column > columns + 1
            ]
            since = spots[beyond[-1] + 1 if beyond else 0 :]
            return any(row == rows for row, _ in since)

        end = monotonic() + PATIENCE_S
        while not is_painted():
            assert monotonic() < end, self.painted[-2000:]
            self._read(0.1)

    def ended(self) -> int:
        """Its exit code, once it is gone and all that it said is read."""
        end = monotonic() + PATIENCE_S
        while self.process.poll() is None:
            assert monotonic() < end
            self._read(0.05)
        while self._read(0.05):
            pass
        return self.process.returncode

    def is_as_before(self) -> bool:
        last = {}
        for number, state in re.findall(r"\x1b\[\?(\d+)([hl])", self.painted):
            last[int(number)] = state
        is_sane = last.get(1049) == "l" and last.get(25) == "h"
        is_quiet = all(last.get(mode, "l") == "l" for mode in (1000, 1003, 1004, 1006, 2004))
        return is_sane and is_quiet and termios.tcgetattr(self._theirs) == self.before

    def hang_up(self) -> None:
        """As when the window is closed."""
        os.close(self.ours)
        self.ours = -1

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self.ours >= 0:
            os.close(self.ours)
        os.close(self._theirs)

    def _read(self, wait_s: float) -> bool:
        if not select.select([self.ours], [], [], wait_s)[0]:
            return False
        self.painted += os.read(self.ours, 65536).decode("utf-8", "replace")
        return True


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    term = Terminal()
    yield term
    term.close()


def test_quitting_while_it_runs_leaves_the_terminal_as_it_was(terminal: Terminal) -> None:
    terminal.until("Run it in the box")
    terminal.press(b"y")
    terminal.until("Confirm and develop")
    terminal.press(b"\x11")
    assert terminal.ended() == 0
    assert "LEFT True" in terminal.painted
    assert terminal.is_as_before()


@pytest.mark.parametrize(
    "number", [signal.SIGTERM, pytest.param(signal.SIGHUP, marks=pytest.mark.slow)]
)
def test_being_told_to_end_leaves_the_terminal_as_it_was(
    terminal: Terminal, number: signal.Signals
) -> None:
    terminal.until("Run it in the box")
    terminal.process.send_signal(number)
    assert terminal.ended() == 0
    assert "LEFT True" in terminal.painted
    assert terminal.is_as_before()


def test_a_terminal_that_is_gone_ends_it(terminal: Terminal) -> None:
    """A closed terminal is always ready to be read; whoever goes on reading burns a processor."""
    terminal.until("Run it in the box")
    terminal.hang_up()
    assert terminal.process.wait(PATIENCE_S) is not None


def test_a_window_made_small_and_large_again_under_load_loses_nothing() -> None:
    terminal = Terminal(LOADED)
    try:
        terminal.until("1000")
        terminal.press(b"3")
        terminal.until("Tests")
        terminal.resize(80, 24)
        terminal.until_painted_for(80, 24)
        terminal.until("2 Test plan")
        terminal.press(b"o")
        terminal.until(r"line \d+-\d")
        terminal.resize(120, 40)
        terminal.until_painted_for(120, 40)
        terminal.until("Reflection")
        terminal.until("line 999-9")
        terminal.press(b"/")
        terminal.until("earch the output")
        terminal.press(b"marker\r")
        terminal.until("100 matches")
        terminal.press(b"\x1b")
        terminal.press(b"\x11")
        assert terminal.ended() == 0
        assert "LEFT False" in terminal.painted
        assert terminal.is_as_before()
    finally:
        terminal.close()
