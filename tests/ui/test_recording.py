"""A recording shows the same moments whether its events are at hand or packed away."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from itc_tui.domain.events import PlanApproved, PlanProposed
from itc_tui.domain.plan import Plan
from itc_tui.ui import recording
from itc_tui.ui.picture import fold_all
from itc_tui.ui.recording import PASSING_BY, PackedEvents, Recording
from itc_tui.ui.view import View
from tests.ui.scripted import events
from tests.ui.scripted_shop import PLAN

EVENTS = events()


@pytest.fixture(autouse=True)
def short_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "EVERY", 7)


def recorded(told: Iterable[object] = EVENTS) -> Recording:
    whole = Recording()
    whole.add(told)  # type: ignore[arg-type]  # events, one by one
    return whole


def shown(view: View) -> tuple[object, ...]:
    lines = {name: (line.state, line.result) for name, line in view.run.cases.items()}
    log = tuple(view.log[at] for at in range(len(view.log)))
    return (view.phase, view.plan, view.inventory, view.results, view.cards, view.notes, lines, log)


def test_every_moment_is_what_its_events_make_of_it() -> None:
    whole = recorded()
    assert len(whole) == len(EVENTS)
    for place in (*range(0, len(EVENTS) + 1, 5), len(EVENTS), 3):
        assert shown(whole.view_at(place)) == shown(fold_all(View(), EVENTS[:place]))


def test_what_comes_later_is_added_wherever_a_part_ends() -> None:
    whole = recorded(())
    for event in EVENTS:
        whole.add((event,))
    assert shown(whole.view_at(len(EVENTS))) == shown(fold_all(View(), EVENTS))


def test_it_goes_from_one_decision_to_the_next() -> None:
    whole, places, at = recorded(), [], 0
    while at < len(EVENTS):
        at = whole.milestone(at, 1)
        places.append(at)
    decided = [at for at, one in enumerate(EVENTS, start=1) if one.event not in PASSING_BY]
    assert [place for place in places if place < len(EVENTS)] == [
        place for place in decided if place < len(EVENTS)
    ]


def test_events_come_out_of_the_pack_as_they_went_in() -> None:
    assert PackedEvents(EVENTS).unpacked() == tuple(EVENTS)


def test_a_plan_that_is_told_twice_is_held_once() -> None:
    again = Plan.model_validate(PLAN.model_dump())
    whole = recorded((PlanProposed(plan=PLAN), PlanApproved(plan=again)))
    assert whole.view_at(1).plan is whole.view_at(2).plan
