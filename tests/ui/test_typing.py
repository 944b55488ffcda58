"""What is typed in one breath arrives where it was meant to."""

from __future__ import annotations

import pytest
from textual import events

from itc_tui.ui.widgets.filter_line import FilterLine
from tests.ui.stage import application, until

KEYS = {"/": "slash", "_": "underscore"}


@pytest.mark.parametrize(("pane", "line"), [("2", "#plan FilterLine"), ("3", "#tests-filter")])
async def test_what_is_typed_at_once_after_the_slash_stands_in_the_filter_line(
    pane: str, line: str
) -> None:
    """`a` and `r` would add a case, reject, run tests again: they must not reach the list."""
    async with application(review="a") as (app, pilot):
        await pilot.press(pane)
        await until(pilot, lambda: app.screen.stage in ("plan", "tests"))
        for character in "/array_x":
            app._driver.send_message(events.Key(KEYS.get(character, character), character))
        await until(
            pilot,
            lambda: (
                [one.value for one in app.screen.query(line).results(FilterLine)] == ["array_x"]
            ),
        )
        assert app.screen.query_one(line).has_focus
