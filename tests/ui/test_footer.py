"""The footer names whole commands, the most useful ones first, and the way to the rest."""

from __future__ import annotations

from typing import Any

import pytest

from itc_tui.ui.commands import commands
from itc_tui.ui.widgets.footer_line import FooterLine
from itc_tui.ui.widgets.painting import width_of
from tests.ui.stage import answer, application, launch, painted, until

PANES = ("exploration", "plan", "tests", "timeline")


def footer_of(pane: str, *driving: str) -> FooterLine:
    line = FooterLine()
    known = {command.name: command for command in commands("workbench")}
    line.set_reactive(
        FooterLine.groups,
        (
            [command for command in commands(pane) if command.footer],
            [known[name] for name in driving],
            [command for command in commands("app") if command.footer],
        ),
    )
    return line


@pytest.mark.parametrize("pane", PANES)
@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 160, 240])
def test_no_command_is_cut_and_the_nearest_come_first(pane: str, width: int) -> None:
    line = footer_of(pane, "run_or_pause", "stop", "step")
    row = line._row(width)
    assert width_of(tuple(row)) <= width
    labels = {text.strip() for text, paint in row if paint == "dim"}
    known = {command.label for group in line.groups for command in group}
    assert labels - {"more"} <= known
    mine = [command.label for command in commands(pane) if command.footer]
    shown = [label for label in mine if label in labels]
    assert shown == mine[: len(shown)]
    assert shown
    assert "quit" in labels
    assert "help" in labels if labels >= known else "more" in labels


def test_a_pane_and_what_drives_the_loop_both_have_a_word_at_80_columns() -> None:
    for pane in PANES:
        shown = "".join(text for text, _ in footer_of(pane, "run_or_pause", "stop")._row(78))
        assert "space run/pause" in shown


async def test_what_can_be_done_now_is_named_and_nothing_else() -> None:
    async with application(started=launch(), size=(120, 40)) as (app, pilot):
        await until(pilot, lambda: type(app.screen).__name__ == "Ask")
        await pilot.press("escape")
        await until(pilot, lambda: "A answer" in last_line(app))
        assert "space run/pause" not in last_line(app)
        await pilot.press("A")
        await answer(pilot, "consent", "y")
        await answer(pilot, "plan", "c")
        await answer(pilot, "next_steps", "d")
        await until(pilot, lambda: "esc back" in last_line(app))
        assert "run/pause" not in last_line(app)


async def test_while_one_searches_the_field_says_its_keys_and_the_footer_no_others() -> None:
    async with application(size=(80, 24)) as (app, pilot):
        await until(pilot, lambda: "cart" in painted(app))
        await pilot.press("escape", "slash")
        await until(pilot, lambda: "⏎ keeps it, esc shows all" in painted(app))
        assert "begin" not in last_line(app)
        await pilot.press("c", "a", "r")
        await until(pilot, lambda: "damaged" not in painted(app))
        await pilot.press("enter")
        await until(pilot, lambda: "⏎ open" in last_line(app))


def last_line(app: Any) -> str:
    return painted(app).splitlines()[-1]
