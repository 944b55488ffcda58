"""Copying goes down the chain until something takes it, and says by which way."""

from __future__ import annotations

from itc_tui.ui.clipboard import OSC_52_LIMIT, copy_somehow
from itc_tui.ui.outside import Outside
from tests.ui.stage import application, outside, painted, until


def copied(world: Outside, text: str) -> tuple[str, list[str]]:
    """The way it went, and what the terminal was asked to take."""
    asked: list[str] = []
    return copy_somehow(world, text, asked.append), asked


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


async def test_what_is_selected_in_a_field_goes_the_way_of_all_copies() -> None:
    """Textual alone asks the terminal, which a default tmux does not pass on."""
    taken: list[str] = []

    def take(text: str) -> bool:
        taken.append(text)
        return True

    async with application(outside(copy=take)) as (app, pilot):
        await pilot.press(*"cart", "shift+home", "ctrl+c")
        await until(pilot, lambda: "Copied the selection to the clipboard." in painted(app))
        assert taken == ["cart"]
        await pilot.press("end", "ctrl+v")
        assert app.focused.value == "cartcart"
