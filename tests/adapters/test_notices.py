"""Whoever looks elsewhere is told by the way that works there, and nothing hangs or stays."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import psutil
import pytest

from itc_tui.adapters.notices import Notices, terminal_sequence

HOSTILE = "a\x1b]52;c;x\x07b\x1b\\c\u202e <b>&\nd;e"


class Desk:
    """A desktop with one tool that writes down what it was told."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "bin"
        self.bin.mkdir()
        self.told = folder / "told.txt"
        self.environment = {"PATH": f"{self.bin}:/usr/bin:/bin", "DISPLAY": ":0", "TERM": "xterm"}

    def has(self, name: str, script: str = "") -> None:
        tool = self.bin / name
        tool.write_text(f"#!/bin/sh\n{script or self._writing}\n")
        tool.chmod(0o755)

    @property
    def _writing(self) -> str:
        part = f"{self.told}.part"
        return f'for word; do printf "%s\\n" "$word"; done > "{part}"; mv "{part}" "{self.told}"'

    def words(self) -> list[str]:
        end = monotonic() + 10
        while not self.told.exists():
            assert monotonic() < end
            sleep(0.01)
        return self.told.read_text().splitlines()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def closing() -> Iterator[list[Notices]]:
    made: list[Notices] = []
    yield made
    for notices in made:
        notices.close()


@pytest.mark.parametrize(
    ("terminal", "beginning"),
    [
        ({"TERM_PROGRAM": "iTerm.app"}, "\x1b]9;itc: done"),
        ({"LC_TERMINAL": "iTerm2", "SSH_TTY": "/dev/pts/1"}, "\x1b]9;itc: done"),
        ({"TERM_PROGRAM": "ghostty"}, "\x1b]9;itc: done"),
        ({"TERM_PROGRAM": "WezTerm"}, "\x1b]777;notify;itc;done"),
        ({"TERM": "foot-extra"}, "\x1b]777;notify;itc;done"),
        ({"KITTY_WINDOW_ID": "1"}, "\x1b]99;i=itc:d=0:e=1:o=unfocused:p=title;"),
    ],
)
def test_a_terminal_that_is_known_is_told_in_its_own_way(
    desk: Desk, terminal: dict[str, str], beginning: str
) -> None:
    desk.has("notify-send")
    said = Notices(desk.environment | terminal).tell("auto", "itc", "done")
    assert said.startswith(beginning)
    assert said.endswith("\x1b\\")
    assert not desk.told.exists()


def test_else_the_desktop_is_told(desk: Desk) -> None:
    desk.has("notify-send")
    assert Notices(desk.environment, "linux").tell("auto", "itc", "done") == ""
    assert desk.words() == ["--app-name=itc", "--", "itc", "done"]


def test_on_a_mac_the_words_are_arguments_and_no_script(desk: Desk) -> None:
    desk.has("osascript")
    assert Notices(desk.environment, "darwin").tell("auto", "itc", '" & beep & "') == ""
    assert desk.words()[-2:] == ["itc", '" & beep & "']


@pytest.mark.parametrize("lacking", [{"SSH_CONNECTION": "1 2 3 4"}, {"DISPLAY": ""}])
def test_a_desktop_that_is_not_the_persons_is_not_told(desk: Desk, lacking: dict[str, str]) -> None:
    """Over SSH it would be told on the other machine, or wait for one that is not there."""
    desk.has("notify-send")
    notices = Notices(desk.environment | lacking, "linux")
    assert notices.tell("auto", "itc", "done") == ""
    assert notices.tell("desktop", "itc", "done") == ""
    assert not notices._running


def test_in_tmux_the_desktop_comes_first_and_then_the_terminal_around_it(desk: Desk) -> None:
    inside = desk.environment | {"TMUX": "/tmp/x,1,0", "TERM_PROGRAM": "tmux", "WEZTERM_PANE": "0"}
    assert Notices(inside, "linux").tell("auto", "itc", "done") == (
        "\x1bPtmux;\x1b\x1b]777;notify;itc;done\x1b\x1b\\\x1b\\"
    )
    desk.has("notify-send")
    assert Notices(inside, "linux").tell("auto", "itc", "done") == ""
    assert "done" in desk.words()


def test_the_way_that_was_set_is_taken(desk: Desk) -> None:
    desk.has("notify-send")
    known = desk.environment | {"TERM_PROGRAM": "iTerm.app"}
    assert Notices(known).tell("off", "itc", "done") == ""
    assert not desk.told.exists()
    assert Notices(desk.environment).tell("terminal", "itc", "done") == "\x1b]9;itc: done\x1b\\"
    assert Notices(known, "linux").tell("desktop", "itc", "done") == ""
    assert desk.words()


@pytest.mark.parametrize("terminal", [{"TERM_PROGRAM": "iTerm.app"}, {"TERM": "foot"}])
def test_hostile_words_stay_words_in_the_terminal(terminal: dict[str, str]) -> None:
    said = Notices(terminal).tell("auto", HOSTILE, HOSTILE)
    assert re.fullmatch(r"\x1b\][^\x00-\x1f\x7f-\x9f\u202e]*\x1b\\", said)
    assert said.count(";") == 3


def test_hostile_words_are_wrapped_where_the_terminal_can_unwrap_them() -> None:
    said = Notices({"KITTY_WINDOW_ID": "1"}).tell("auto", "itc", HOSTILE)
    body = said.split("p=body;")[1].removesuffix("\x1b\\")
    assert base64.b64decode(body).decode() == "abc <b>& d;e"


def test_hostile_words_are_no_markup_and_no_option_on_the_desktop(desk: Desk) -> None:
    desk.has("notify-send")
    Notices(desk.environment, "linux").tell("auto", "--icon=x", HOSTILE)
    assert desk.words()[1:] == ["--", "--icon=x", "abc &lt;b&gt;&amp; d;e"]


def test_a_long_text_is_cut() -> None:
    assert len(terminal_sequence({"TERM": "foot"}, "t", "x" * 100)) < 200
    assert len(Notices({"TERM": "foot"}).tell("auto", "t", "x" * 10_000_000)) < 400


def test_a_desktop_that_hangs_is_not_waited_for_and_leaves_nothing(
    desk: Desk, closing: list[Notices]
) -> None:
    desk.has(
        "notify-send",
        f'echo $$ > "{desk.told}.part"; mv "{desk.told}.part" "{desk.told}"; sleep 60',
    )
    notices = Notices(desk.environment, "linux")
    closing.append(notices)
    began = monotonic()
    notices.tell("auto", "itc", "done")
    assert monotonic() - began < 2
    [number] = desk.words()
    notices.close()
    assert not psutil.pid_exists(int(number))


def test_a_tool_that_cannot_be_run_is_no_trouble(desk: Desk) -> None:
    desk.has("notify-send")
    (desk.bin / "notify-send").write_text("\x7fELF no program")
    assert Notices(desk.environment, "linux").tell("auto", "itc", "done") == ""
