"""What an empty pane says, and the pages that are laid over a screen, fit the room there is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from textual.app import App, ComposeResult

from itc_tui.ui.screens.page import Page
from itc_tui.ui.widgets.reading import Reading
from itc_tui.ui.widgets.teaching import Teaching
from itc_tui.ui.words import speak
from tests.ui.stage import application, painted, until


@pytest.fixture
def in_chinese() -> Iterator[None]:
    speak("zh")
    yield
    speak("en")


class Empty(App[None]):
    def compose(self) -> ComposeResult:
        yield Teaching()


@pytest.mark.usefixtures("in_chinese")
@pytest.mark.parametrize("pane", ["exploration", "plan", "tests", "timeline", "sessions"])
async def test_no_line_of_an_empty_pane_begins_with_a_full_stop(pane: str) -> None:
    app = Empty()
    async with app.run_test(size=(46, 20)) as pilot:
        for width in (22, 31, 40, 46, 53):
            await pilot.resize_terminal(width, 20)
            app.query_one(Teaching).teach(pane)
            await pilot.pause()
            lines = [line.strip() for line in painted(app).split("\n")]
            assert lines[0]
            assert not [line for line in lines if line.startswith(("。", "，", "、", "；"))]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_a_page_is_laid_for_the_room_that_a_scrollbar_leaves(size: tuple[int, int]) -> None:
    async with application(review="a", size=size) as (app, pilot):
        bench = app.screen
        app.push_screen(Page("long", [(("word", ""),)] * 500))
        await until(pilot, lambda: isinstance(app.screen, Page))
        await until(pilot, lambda: app.screen.query_one(Reading).show_vertical_scrollbar)
        room = app.screen.query_one(Reading).scrollable_content_region.width
        assert room - 8 <= bench._page_width <= room
