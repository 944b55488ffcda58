"""Deeds upon the plan, as a person does them: each is seen, undone, or says why not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot

from itc_tui.domain.vocabulary import Provenance
from itc_tui.ui.leaving import Left
from itc_tui.ui.panes.plan import PlanPane
from itc_tui.ui.screens.question import Ask
from tests.ui.stage import answer, application, bench, launch, painted, until


@asynccontextmanager
async def planning() -> AsyncIterator[tuple[Any, Pilot[Left], PlanPane]]:
    """A plan that is asked about, and looked at first."""
    async with application(started=launch(), size=(80, 24)) as (app, pilot):
        await answer(pilot, "consent", "y")
        await until(pilot, lambda: bench(pilot).view.plan and app.screen is not bench(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is bench(pilot))
        pane = bench(pilot).query_one(PlanPane)
        await until(pilot, lambda: pane.spot is not None)
        yield app, pilot, pane


def told(app: Any) -> str:
    return " ".join(note.message for note in app._notifications)


async def test_a_copy_is_seen_as_one_and_undo_and_redo_go_where_they_changed_something() -> None:
    async with planning() as (app, pilot, pane):
        await pilot.press("l", "j", "c")
        assert "copy of" in painted(app)
        assert pane.spot == (0, 1)
        await pilot.press("J")
        assert pane.spot == (0, 2)
        await pilot.press("G", "u")
        assert pane.spot == (0, 1)
        await pilot.press("u")
        assert "copy of" not in painted(app)
        await pilot.press("U")
        assert "copy of" in painted(app)
        await pilot.press("u", "u")
        await until(pilot, lambda: "nothing to undo" in told(app))


async def test_a_deed_that_does_nothing_here_says_why() -> None:
    async with planning() as (app, pilot, _):
        await pilot.press("r")
        await until(pilot, lambda: "Go to a case" in told(app))
        await pilot.press("U")
        await until(pilot, lambda: "nothing to do again" in told(app))


async def test_what_is_rejected_is_emptied_and_says_what_to_do_next() -> None:
    async with planning() as (app, pilot, pane):
        draft = pane.draft
        assert draft is not None
        place, case = next(
            (place, index)
            for place, scenario in enumerate(draft.integration_scenarios)
            for index, case in enumerate(scenario.test_cases)
            if case.provenance is Provenance.OBSERVED
        )
        await pilot.press("g", *["j"] * place, "l", *["j"] * (case + 1), "r")
        assert pane.draft is not None
        assert pane.draft.integration_scenarios[place].test_cases[case].expected == ""
        await until(pilot, lambda: "observed anew" in told(app))
        await pilot.press("r")
        await until(pilot, lambda: "Nothing here is only observed" in told(app))


async def test_a_removed_part_is_named_with_the_key_that_brings_it_back() -> None:
    async with planning() as (app, pilot, pane):
        assert pane.draft is not None
        count = len(pane.draft.integration_scenarios)
        await pilot.press("d")
        await until(pilot, lambda: "u brings it back" in told(app))
        await pilot.press("u")
        assert len(pane.draft.integration_scenarios) == count


async def test_an_empty_plan_takes_a_scenario_and_says_so() -> None:
    async with planning() as (app, pilot, pane):
        assert pane.draft is not None
        await pilot.press(*["d"] * len(pane.draft.integration_scenarios))
        assert pane.draft.integration_scenarios == ()
        await pilot.press("a")
        await until(pilot, lambda: "N adds one" in told(app))
        await pilot.press("N")
        await until(pilot, lambda: pane.has_class("editing"))


async def test_details_get_more_room_and_give_it_back() -> None:
    async with planning() as (_, pilot, pane):
        details = pane.query_one("#plan-details")
        await pilot.press("l", "j")
        await until(pilot, lambda: pane.spot == (0, 0))
        before = details.region.height
        await pilot.press("i")
        await until(pilot, lambda: details.has_class("tall"))
        assert details.styles.max_height is not None
        assert details.region.height >= before
        await pilot.press("i")
        await until(pilot, lambda: not details.has_class("tall"))


async def test_what_the_plan_leaves_out_stands_below_it_with_its_reason() -> None:
    async with planning() as (app, pilot, pane):
        before = pane.draft
        await pilot.press("G")
        assert "Left out: 1" in painted(app)
        assert "shop.mail → smtp" not in painted(app).partition("Left out: 1")[0]
        await pilot.press("enter")
        await pilot.press("j")
        assert "shop.mail → smtp  no server can be started" in painted(app)
        assert "Not part of the plan" in painted(app)
        await pilot.press("d")
        await until(pilot, lambda: "Nothing of the plan is under the cursor" in told(app))
        await pilot.press("h", "enter", "h")
        assert "shop.mail → smtp  no server" not in painted(app)
        assert pane.draft == before


async def test_what_is_left_out_is_found_by_its_reason() -> None:
    async with planning() as (app, pilot, pane):
        await pilot.press("slash", *"server", "enter")
        assert "Left out: 1" in painted(app)
        assert pane.spot is None


async def test_the_plan_is_asked_about_as_the_person_has_it_now() -> None:
    async with planning() as (app, pilot, pane):
        assert pane.draft is not None
        count = len(pane.draft.enabled_cases)
        own = len(pane.draft.integration_scenarios[0].test_cases)
        await pilot.press("g", "t", "A")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        assert f"{count - own} cases" in painted(app)
