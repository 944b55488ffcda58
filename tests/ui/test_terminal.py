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
from itc_tui.adapters.notices import Notices
from itc_tui.ui.app import run_app
from itc_tui.ui.look import Look
from tests.ui.stage import launch, outside
world = outside(launch=lambda _topic: launch(), notice=Notices().tell)
left = run_app(world, Look(language="en", notify="terminal"), topic="payments")
print("LEFT", left.was_stopped, left.trouble)
"""


class Terminal:
    """A pty with the application in it; keeps all that was painted."""

    def __init__(self) -> None:
        self.ours, theirs = pty.openpty()
        termios.tcsetwinsize(self.ours, (40, 120))
        self.before = termios.tcgetattr(theirs)
        self._theirs = theirs
        self.painted = ""
        self.process = subprocess.Popen(
            [sys.executable, "-c", SCRIPT],
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


def test_a_question_rings_and_is_told_while_the_window_has_not_the_focus(
    terminal: Terminal,
) -> None:
    terminal.until("Run it in the box")
    assert "\x1b]9;" not in terminal.painted
    terminal.press(b"y\x1b[O")
    asked = r"itc · payments and orders 支付: Is this the right test strategy\?"
    terminal.until(rf"\x1b\]9;{asked}\x1b\\")
    terminal.until(r"\x07")
    terminal.press(b"\x11")
    assert terminal.ended() == 0
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
