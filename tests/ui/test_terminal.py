"""In a real terminal: it comes up, and however it ends, the terminal is as it was."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator

import pytest

from tests.terminal import PATIENCE_S, Terminal

SCRIPT = """
from itc_tui.ui.app import run_app
from itc_tui.ui.look import Look
from tests.ui.stage import launch, outside
left = run_app(outside(launch=lambda _topic: launch()), Look(language="en"), topic="payments")
print("LEFT", left.was_stopped, left.trouble)
"""


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    term = Terminal([sys.executable, "-c", SCRIPT])
    yield term
    term.close()


def test_quitting_while_it_runs_leaves_the_terminal_as_it_was(terminal: Terminal) -> None:
    terminal.until("Run it in the box")
    terminal.press("y")
    terminal.until("Confirm and develop")
    terminal.press("\x11")
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
