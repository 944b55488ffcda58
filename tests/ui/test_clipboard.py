"""Copying goes down the chain until something takes it, and says by which way."""

from __future__ import annotations

from itc_tui.ui.clipboard import OSC_52_LIMIT, copy_somehow
from itc_tui.ui.outside import Outside


class Screen:
    """Stands for the application: keeps what it was told to hand to the terminal."""

    def __init__(self) -> None:
        self.copied: list[str] = []

    def copy_to_clipboard(self, text: str) -> None:
        self.copied.append(text)


def copied(outside: Outside, text: str) -> tuple[str, list[str]]:
    screen = Screen()
    return copy_somehow(screen, outside, text), screen.copied  # type: ignore[arg-type]


def test_a_native_tool_is_enough() -> None:
    assert copied(Outside(copy=lambda _text: True), "x") == ("to the clipboard", [])


def test_without_one_the_terminal_is_asked() -> None:
    assert copied(Outside(), "x") == ("through the terminal", ["x"])


def test_what_is_too_long_for_the_terminal_goes_to_a_file() -> None:
    saved: dict[str, str] = {}

    def save(text: str) -> str:
        saved["out.txt"] = text
        return "out.txt"

    text = "x" * (OSC_52_LIMIT + 1)
    assert copied(Outside(save_copy=save), text) == ("to out.txt", [])
    assert saved["out.txt"] == text


def test_when_nothing_takes_it_that_is_said() -> None:
    way, _ = copied(Outside(), "x" * (OSC_52_LIMIT + 1))
    assert way == "nowhere: no clipboard was found"
