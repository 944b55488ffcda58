"""What keeps keys quick, as far as it can be told without a clock."""

from __future__ import annotations

import subprocess
import sys

from textual.app import App, ComposeResult
from textual.content import Content

from itc_tui.ui.widgets.one_line import OneLine
from itc_tui.ui.widgets.teaching import Teaching

LOOK = """
import os
import itc_tui.ui.app
from textual.screen import UPDATE_PERIOD
print(UPDATE_PERIOD, os.environ.get("TEXTUAL_FPS"))
"""


def test_the_screen_is_painted_at_once_and_the_persons_tests_hear_nothing_of_it() -> None:
    told = subprocess.run(
        [sys.executable, "-c", LOOK], capture_output=True, text=True, check=True, timeout=60
    )
    assert told.stdout.split() == ["0.004", "None"]


class Counted(Teaching):
    painted = 0

    def render(self) -> Content:
        self.painted += 1
        return super().render()


async def test_what_is_taught_already_is_not_painted_again() -> None:
    """Progress comes thirty times a second, and an empty pane has little to say of it."""

    class Lesson(App[None]):
        def compose(self) -> ComposeResult:
            yield Counted()

    async with Lesson().run_test() as pilot:
        part = pilot.app.query_one(Counted)
        seen = []
        for remark in ("", "", "reading", "reading", ""):
            part.teach("plan", remark)
            await pilot.pause()
            seen.append(part.painted)
        first = seen[0]
        assert seen == [first, first, first + 1, first + 1, first + 2]


async def test_typing_lays_nothing_out_and_the_end_of_a_long_line_is_seen() -> None:
    laid_out: list[object] = []

    class Form(App[None]):
        def compose(self) -> ComposeResult:
            yield OneLine()

    async with Form().run_test(size=(20, 5)) as pilot:
        await pilot.pause()
        pilot.app.screen.screen_layout_refresh_signal.subscribe(pilot.app.screen, laid_out.append)
        field = pilot.app.query_one(OneLine)
        await pilot.press(*"a letter is no reason to move all".replace(" ", "_"), "e", "n", "d")
        await pilot.pause()
        assert laid_out == []
        shown = "".join(segment.text for segment in field.render_line(0))
        assert "end" in shown
        await pilot.press("home")
        await pilot.pause()
        assert "a_letter" in "".join(segment.text for segment in field.render_line(0))
