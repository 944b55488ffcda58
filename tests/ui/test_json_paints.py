"""The plan as text tells names, texts and values apart."""

from __future__ import annotations

import pytest
from rich.style import Style
from rich.text import Text

from itc_tui.domain.questions import Topic
from itc_tui.ui.json_paints import paint_json
from itc_tui.ui.panes.plan.whole_text import PlanText
from tests.ui.stage import answer, application, bench, launch, until

PAINTS = {name: Style(color=name) for name in ("red", "green", "blue", "yellow")}
NAMED = dict(zip(("accent", "good", "warn", "faint"), PAINTS.values()))


def parts(line: str) -> dict[str, str]:
    painted = paint_json(Text(line), NAMED)
    return {line[span.start : span.end]: str(span.style) for span in painted.spans}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('  "name": "a: \\"b\\"",', {'"name"': "red", '"a: \\"b\\""': "green", ",": "yellow"}),
        ('"rate": -1.5e3', {'"rate"': "red", "-1.5e3": "blue"}),
        ('"on": true', {'"on"': "red", "true": "blue"}),
        ('"half', {'"half': "green"}),
        ('"支付 → 订单"', {'"支付 → 订单"': "green"}),
    ],
)
def test_each_part_has_its_colour(line: str, told: dict[str, str]) -> None:
    assert told.items() <= parts(line).items()


async def test_the_text_of_the_plan_is_painted() -> None:
    async with application(started=launch()) as (app, pilot):
        await answer(pilot, Topic.CONSENT, "y")
        await answer(pilot, Topic.PLAN, "escape")
        await until(pilot, lambda: app.screen is bench(pilot))
        await pilot.press("w")
        await until(pilot, lambda: app.screen.query(PlanText))
        text = app.screen.query_one(PlanText)
        await until(pilot, lambda: text.size.height)
        segments = [one for y in range(6) for one in text.render_line(y)]
        colours = {one.style.color for one in segments if one.style and one.text.strip()}
        assert len(colours) > 2
