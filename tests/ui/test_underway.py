"""While a pane is filled it says how: the steps, how far each is, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Event

import pytest

from itc_tui.domain import events as happened
from itc_tui.domain.events import (
    Noted,
    PhaseStarted,
    PlanProposed,
    Progressed,
    SessionOpened,
    StepPersisted,
    WorkOutlined,
)
from itc_tui.domain.state import State
from itc_tui.ports import Steps, as_step
from itc_tui.ui.picture import fold_all
from itc_tui.ui.view import View
from itc_tui.ui.widgets.painting import shortened
from itc_tui.ui.work_rows import work_rows
from tests.ui.scripted_shop import PLAN
from tests.ui.stage import PATIENCE_S, Recorded, application, launch, outside, painted, until


def at(second: int) -> str:
    return f"2026-11-20T10:00:{second:02d}+08:00"


OUTLINE = WorkOutlined(at=at(0), steps=("existing tests", "fixtures", "search", "choice"))
DESIGN: tuple[happened.Event, ...] = (
    SessionOpened(session_id="ITG-a", module="payments", mode="new", folder="a"),
    PhaseStarted(number=3, name="design"),
    OUTLINE,
    Progressed(at=at(1), what="existing tests", step="existing tests"),
    Progressed(at=at(9), what="search", step="search"),
    Progressed(
        at=at(11),
        what="searching, 1229 calls found",
        done=9,
        total=23,
        step="search",
        found="31 of 38 boundaries crossed",
        is_timed=True,
    ),
)


def told(events: Iterable[happened.Event], now: str = at(12), width: int = 76) -> list[str]:
    work = fold_all(View(), events).work
    assert work is not None
    rows = [shortened(row, width) for row in work_rows(work, now, width)]
    return ["".join(text for text, _ in row).rstrip() for row in rows]


def test_each_step_says_whether_it_is_done_passed_over_going_on_or_still_to_come() -> None:
    done, passed_over, going_on, come, still = told(DESIGN)
    assert done.startswith("✓ watch the existing tests")
    assert done.endswith("8 s")
    assert passed_over.startswith("– ")
    assert going_on.startswith("◉ search")
    assert going_on.endswith("9 of 23 s")
    assert come.strip() == "searching, 1229 calls found · 31 of 38 boundaries crossed"
    assert still.startswith("○ choose")


def test_a_step_that_cannot_say_how_much_there_is_says_how_long_it_takes() -> None:
    *_, going_on, _ = told(DESIGN[:5], now=at(40))
    assert going_on.endswith("31 s")


def test_what_is_long_is_broken_and_what_is_narrow_still_has_its_numbers() -> None:
    rows = told(DESIGN, width=36)
    assert any(row.endswith("9 of 23 s") for row in rows)
    assert "crossed" in " ".join(rows)


def test_a_step_is_not_gone_back_to_by_a_part_of_a_later_one() -> None:
    later = Progressed(at=at(13), what="choosing", step="choice")
    stray = Progressed(at=at(14), what="searching once more", step="search")
    *_, going_on, detail = told((*DESIGN, later, stray))
    assert going_on.startswith("◉ choose")
    assert detail.strip() == "choosing"


def test_work_is_over_when_what_it_makes_is_there() -> None:
    assert fold_all(View(), (*DESIGN, PlanProposed(plan=PLAN))).work is None


def test_progress_that_names_no_step_gets_that_of_the_work_around_it() -> None:
    def work() -> Steps[str]:
        yield Progressed(what="one")
        yield Noted(text="a note")
        yield Progressed(what="two", step="inner")
        return "noun"

    steps = as_step("outer", work())
    nouns = []

    def listened() -> Steps[None]:
        nouns.append((yield from steps))

    events = list(listened())
    assert nouns == ["noun"]
    assert [e.step for e in events if isinstance(e, Progressed)] == ["outer", "outer", "inner"]


def test_work_that_is_given_up_is_closed() -> None:
    closed = []

    def work() -> Steps[None]:
        try:
            yield Progressed(what="one")
        finally:
            closed.append(True)

    steps = as_step("outer", work())
    next(steps), next(steps)
    steps.close()
    assert closed


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: "{}x{}".format(*size))
async def test_the_pane_of_the_plan_shows_how_it_is_designed(size: tuple[int, int]) -> None:
    is_seen = Event()

    def held() -> Steps[State]:
        yield from DESIGN
        is_seen.wait(PATIENCE_S)
        return State(session_id="ITG-a", module="payments")

    async with application(started=launch(held), size=size) as (app, pilot):
        await until(pilot, lambda: "Designing the test plan  step 3 of 4" in painted(app))
        screen = painted(app)
        assert "9 of 23 s" in screen
        assert "After exploring, every boundary" in screen
        is_seen.set()


def test_work_whose_step_is_persisted_does_not_go_on_while_the_next_one_waits() -> None:
    view = fold_all(View(), (*DESIGN, StepPersisted(at=at(20), step="written")))
    assert view.work is not None
    assert view.progress is None
    *_, last, still = ["".join(text for text, _ in row) for row in work_rows(view.work, at(40), 76)]
    assert last.startswith("✓ search")
    assert last.rstrip().endswith("11 s")
    assert still.startswith("○ choose")


async def test_nothing_goes_on_in_a_session_that_was_stopped_in_the_middle_of_its_work() -> None:
    waits = Event()

    def journey() -> Steps[State]:
        yield from DESIGN
        waits.wait(PATIENCE_S)
        yield Noted(text="went on")
        return State(session_id="ITG-a", module="payments")

    async with application(started=launch(journey), size=(80, 24)) as (app, pilot):
        await until(pilot, lambda: "◉ search" in painted(app))
        await pilot.press("X")
        waits.set()
        await until(pilot, lambda: app.screen.mood.is_over)
        await until(pilot, lambda: "◉ search" not in painted(app))


async def test_nothing_goes_on_at_the_end_of_a_recording_that_was_cut_short() -> None:
    world = outside(read_events=lambda _folder: Recorded(DESIGN))
    async with application(world, review="a", size=(80, 24)) as (app, pilot):
        await until(pilot, lambda: app.screen.place == len(DESIGN))
        await pilot.press("2")
        assert "◉ search" not in painted(app)
