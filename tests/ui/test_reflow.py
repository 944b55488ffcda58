"""What was broken into lines fits the room it has now, and the cursor stays in sight."""

from __future__ import annotations

import threading
from typing import Any

from itc_tui.domain.exploration import Exploration, IntegrationPoint
from itc_tui.domain.state import State
from itc_tui.domain.vocabulary import PointKind
from itc_tui.ports import Steps
from itc_tui.ui.exploration_rows import branches
from itc_tui.ui.mood import Mood
from itc_tui.ui.panes.output.cases import CaseList
from itc_tui.ui.panes.plan import PlanPane
from itc_tui.ui.panes.timeline import CardList
from itc_tui.ui.widgets.phase_bar import PhaseBar
from itc_tui.ui.widgets.reading import Reading
from tests.ui.scripted import journey
from tests.ui.stage import application, bench, launch, painted, until


async def test_the_cards_of_a_session_that_is_opened_use_the_width_of_their_pane() -> None:
    async with application(review="a") as (app, pilot):
        await pilot.press("4")
        cards = app.screen.query_one(CardList)
        width = cards.scrollable_content_region.width
        await until(pilot, lambda: _longest(cards) > width * 0.6)
        before = painted(app)
        await pilot.press("z", "z")
        await pilot.pause()
        assert painted(app) == before, "nothing was left to be laid anew"


async def test_a_chosen_test_stays_in_sight_when_its_report_takes_the_room() -> None:
    async with application(review="a", size=(80, 24)) as (app, pilot):
        await pilot.press("3", "G", "enter")
        await pilot.pause()
        cases = app.screen.query_one(CaseList)
        top = cases.scroll_offset.y
        assert top <= cases.cursor < top + cases.size.height


def _longest(cards: CardList) -> int:
    rows = [cards.row(at, 0) for at in range(cards.count)]
    return max(
        sum(len(text) for text, _ in row)
        for at, row in enumerate(rows)
        if not cards.is_choosable(at)
    )


async def test_a_long_remark_takes_neither_the_name_nor_the_time_from_the_bar() -> None:
    async with application(review="a", size=(80, 24)) as (app, pilot):
        bar = app.screen.query_one(PhaseBar)
        bar.mood, bar.elapsed = Mood.BUSY, "1:02:03"
        bar.remark = "running the drafted cases shuffled and from another folder, hash seed 12345"
        await pilot.pause()
        (first, *_) = painted(app).splitlines()
        assert first.startswith(" itc  payments and orders 支付")
        assert first.rstrip().endswith("…  1:02:03")


async def test_while_the_target_is_looked_at_the_bar_says_that_a_session_is_coming() -> None:
    """On a large repository that takes seconds, and “no session” reads as if nothing had begun."""
    go_on = threading.Event()

    def loop() -> Steps[State]:
        assert go_on.wait(20)
        return (yield from journey())

    started = launch(loop)
    started.stop.on_pull(go_on.set)
    async with application(started=started) as (app, pilot):
        await until(pilot, lambda: bench(pilot).mood is Mood.BUSY)
        await until(pilot, lambda: "itc  Opening …" in painted(app))
        go_on.set()
        await until(pilot, lambda: "itc  payments and orders" in painted(app))


async def test_a_boundary_of_several_kinds_counts_once_wherever_it_is_counted() -> None:
    call = IntegrationPoint(from_module="shop.app", to_module="shop.events")
    event = call.but(kind=PointKind.EVENT)
    found = Exploration(integration_points=(call, event))
    heading = branches(found, 80)[0]
    assert "".join(text for text, _ in (*heading.left, *heading.right)) == "Boundaries 1"


async def test_what_is_laid_while_its_pane_is_hidden_is_laid_anew_when_it_is_shown() -> None:
    """It was broken for the twenty columns that nothing has, and stayed so."""
    async with application(review="a", size=(80, 24)) as (app, pilot):
        await pilot.press("2")
        await pilot.pause()
        details = app.screen.query_one("#plan-details", Reading)
        await until(pilot, lambda: details.size.width > 60)
        shown = details_of(app)
        await pilot.press("1")
        await until(pilot, lambda: app.screen.stage == "exploration")
        app.screen.query_one(PlanPane).lay()
        await pilot.press("2")
        await until(pilot, lambda: app.screen.stage == "plan")
        await until(pilot, lambda: details_of(app) == shown)


def details_of(app: Any) -> list[str]:
    details = app.screen.query_one("#plan-details", Reading)
    return ["".join(text for text, _ in details.row(at, 80)) for at in range(details.count)]
