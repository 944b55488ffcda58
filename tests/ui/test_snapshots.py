"""What each pane paints, as text, at three sizes: one sees here what a change does to it.

The pictures lie in `snapshots/`, and `make snapshots` writes them anew; what changed is then in
the diff of the commit. They are text, so that another release of Textual changes none of them.
"""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from itc_tui.ui.leaving import Left
from itc_tui.ui.widgets.pane import Pane
from tests.ui.stage import application, until

SNAPSHOTS = Path(__file__).parent / "snapshots"
SIZES = [(80, 24), (120, 40), (200, 50)]
PANES = ["exploration", "plan", "tests", "timeline"]
WRITES = bool(os.environ.get("ITC_WRITE_SNAPSHOTS"))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "{}x{}".format(*size))
async def test_each_pane_paints_what_it_did(size: tuple[int, int]) -> None:
    async with application(review="a", size=size) as (app, pilot):
        await until(pilot, lambda: app.screen.view.summary)
        changed = []
        for number, name in enumerate(PANES, start=1):
            await show(pilot, str(number), name)
            changed += compared(f"{name}-{size[0]}x{size[1]}.txt", pane_text(app, name))
    assert not changed, "\n".join(changed) + "\n\n`make snapshots` takes it up, if it is meant so."


@pytest.mark.skipif(WRITES, reason="it would be taken up")
def test_a_pane_that_paints_something_else_is_told_line_by_line() -> None:
    before = (SNAPSHOTS / "tests-80x24.txt").read_text(encoding="utf-8")
    told = compared("tests-80x24.txt", before.replace("passed", "failed") + "one more\n")
    assert [line for line in told if line.startswith(("+", "-"))][2:]
    assert compared("tests-80x24.txt", before) == []


def test_no_snapshot_is_left_of_a_pane_that_is_gone() -> None:
    known = {f"{name}-{width}x{height}.txt" for name in PANES for width, height in SIZES}
    assert {file.name for file in SNAPSHOTS.iterdir()} == known


async def show(pilot: Pilot[Left], key: str, name: str) -> None:
    await pilot.press(key)
    await until(pilot, lambda: pilot.app.screen.query_one(f"#{name}", Pane).has_class("stage"))


def pane_text(app: Any, name: str) -> str:
    region = app.screen.query_one(f"#{name}", Pane).region
    strips = app.screen._compositor.render_strips()[region.y : region.bottom]
    return "".join(f"{strip.crop(region.x, region.right).text}\n" for strip in strips)


def compared(file_name: str, text: str) -> list[str]:
    """The difference, line by line; none when the snapshots are being written."""
    file = SNAPSHOTS / file_name
    if WRITES:
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    lines = (before.splitlines(), text.splitlines())
    return list(difflib.unified_diff(*lines, file_name, "painted now", lineterm="", n=1))
