"""In a real terminal: it comes up, and however it ends, the terminal is as it was."""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal import PATIENCE_S, Terminal

ROOT = Path(__file__).parents[2]
SCRIPT = """
from itc_tui.adapters.notices import Notices
from itc_tui.ui.app import run_app
from itc_tui.ui.look import Look
from tests.ui.stage import launch, outside
world = outside(launch=lambda _topic: launch(), notice=Notices().tell)
left = run_app(world, Look(language="en", notify="terminal"), topic="payments")
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


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    term = Terminal([sys.executable, "-c", SCRIPT], ROOT)
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


COLOUR = re.compile(r"(?:^|;)(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;|$)")


@pytest.mark.parametrize(
    ("no_color", "has_colour"), [("1", False), pytest.param("", True, marks=pytest.mark.slow)]
)
def test_no_color_means_none_and_an_empty_one_means_nothing(
    no_color: str, has_colour: bool
) -> None:
    """As https://no-color.org has it; bold, reverse and underline say what colours said."""
    terminal = Terminal([sys.executable, "-c", SCRIPT], ROOT, NO_COLOR=no_color)
    try:
        terminal.until("Run it in the box")
        terminal.press(b"\x1b")
        terminal.until("to answer")
        terminal.press(b"\x11")
        assert terminal.ended() == 0
    finally:
        terminal.close()
    styles = set(re.findall(r"\x1b\[([\d;]*)m", terminal.painted))
    assert bool([style for style in styles if COLOUR.search(style)]) is has_colour
    assert any("7" in style.split(";") for style in styles) or has_colour


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


FAULTY = """
from itc_tui.ui.app import ItcApp, run_app
from itc_tui.ui.look import Look
from tests.ui.stage import outside
ItcApp.action_help = lambda self: 1 / 0
run_app(outside(), Look(language="en"))
"""


def test_a_fault_of_ours_is_told_and_is_no_success() -> None:
    terminal = Terminal([sys.executable, "-c", FAULTY], ROOT)
    try:
        terminal.until("hich module")
        terminal.press(b"\x1bOP")
        assert terminal.ended() == 1
        assert "ZeroDivisionError" in terminal.painted
        assert terminal.is_as_before()
    finally:
        terminal.close()


def test_a_terminal_that_is_gone_ends_it(terminal: Terminal) -> None:
    """A closed terminal is always ready to be read; whoever goes on reading burns a processor."""
    terminal.until("Run it in the box")
    terminal.hang_up()
    assert terminal.process.wait(PATIENCE_S) is not None


def test_a_window_made_small_and_large_again_under_load_loses_nothing() -> None:
    terminal = Terminal([sys.executable, "-c", LOADED], ROOT)
    try:
        terminal.until("1000")
        terminal.press(b"3")
        terminal.until("Tests")
        terminal.resize(80, 24)
        terminal.until_painted_for(80, 24)
        terminal.until_new("2 Test plan")
        terminal.press_until(b"o", r"line \d+-\d")
        terminal.resize(120, 40)
        terminal.until_painted_for(120, 40)
        terminal.until_new("Reflection")
        terminal.until("line 999-9")
        terminal.press(b"/")
        terminal.until_new("earch the output")
        terminal.press(b"marker\r")
        terminal.until_new("100 matches")
        terminal.press(b"\x1b")
        terminal.press(b"\x11")
        assert terminal.ended() == 0
        assert "LEFT False" in terminal.painted
        assert terminal.is_as_before()
    finally:
        terminal.close()


def test_a_terminal_that_calls_itself_dumb_gets_words_and_no_codes(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "itc_tui", "review", "cart", str(tmp_path)]
    term = Terminal(command, ROOT, TERM="dumb")
    try:
        assert term.ended() == 2
        assert "needs a terminal to paint on; `itc show`" in term.painted
        assert "\x1b" not in term.painted
    finally:
        term.close()
