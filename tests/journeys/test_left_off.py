"""Killed in the middle of a session, the application offers to go on where it was."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.journeys.journey import shop_at
from tests.person import Person
from tests.terminal import PATIENCE_S, Terminal


def application(person: Person, *words: str) -> Terminal:
    """As a person opens it, with nothing of this machine's own settings."""
    home = str(person.root.parent / "home")
    return Terminal(
        [sys.executable, "-m", "itc_tui", *words],
        person.root,
        XDG_CONFIG_HOME=home,
        XDG_STATE_HOME=home,
    )


@pytest.mark.slow
def test_after_a_crash_enter_goes_on_with_the_session(tmp_path: Path) -> None:
    ann = shop_at(tmp_path / "shop")
    first = application(ann, "cart")
    try:
        first.until("May the code be run")
        os.kill(first.process.pid, signal.SIGKILL)
        first.process.wait(PATIENCE_S)
    finally:
        first.close()
    again = application(ann)
    try:
        again.until("goes on with “cart”")
        again.press(b"\r")
        again.until("May the code be run")
        again.press(b"y")
        again.until("searching")
        again.press(b"\x11")
        assert again.ended() == 130
        assert again.is_as_before()
    finally:
        again.close()
    [session] = (ann.root / ".workflow" / ".integration-test").glob("ITG-*")
    assert (session / "state.json").is_file()
