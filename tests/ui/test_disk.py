"""What the person saves while the application is open is told, and run again where they wish so."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from itc_tui.domain.events import CaseFinished, ExplorationFinished, FileWritten, SessionOpened
from itc_tui.domain.questions import Topic
from itc_tui.domain.trouble import Trouble
from itc_tui.ui.outside import DiskWatch
from itc_tui.ui.screens.question import Ask
from tests.ui.rerun_stage import (
    FakeDisk,
    FakePytest,
    held_after,
    in_tests,
    screen,
    told,
    world_of,
)
from tests.ui.stage import answer, application, bench, launch, painted, until

GATEWAY = "shop/gateway.py"


def reviewing(reruns: FakePytest, disk: FakeDisk) -> Any:
    return application(world_of(reruns, watch=lambda _folder: disk), review="a")


async def test_a_changed_source_is_named_and_what_it_touches_is_run_on_demand() -> None:
    reruns, disk = FakePytest(), FakeDisk()
    async with reviewing(reruns, disk) as (app, pilot):
        await in_tests(app, pilot)
        await pilot.press("C")
        await until(pilot, lambda: "Nothing was changed on disk" in told(app))
        disk.tree.waiting.append(GATEWAY)
        await until(pilot, lambda: "gateway.py changed, C reruns" in told(app))
        assert "gateway.py changed, C reruns" in painted(app)
        await pilot.press("C")
        await until(pilot, lambda: reruns.asked)
        inventory = screen(pilot).view.inventory
        assert inventory
        touched = {case.node_id for case in inventory.cases if "gateway" in case.boundary}
        assert set(reruns.asked[0].names) == touched != set()
        await until(pilot, lambda: not screen(pilot).touched.files)
    assert disk.closed.wait(20)


async def test_what_no_test_can_notice_is_not_told() -> None:
    reruns, disk = FakePytest(), FakeDisk()
    async with reviewing(reruns, disk) as (app, pilot):
        await in_tests(app, pilot)
        disk.tree.waiting.append("README.md")
        await until(pilot, lambda: not disk.tree.waiting)
        disk.tree.waiting.append("pyproject.toml")
        await until(pilot, lambda: "pyproject.toml changed, C reruns 37" in told(app))
        assert "README" not in told(app)


async def test_watching_runs_what_is_saved_and_what_is_saved_meanwhile_after_it() -> None:
    reruns, disk = FakePytest(), FakeDisk()
    async with reviewing(reruns, disk) as (app, pilot):
        await in_tests(app, pilot)
        await pilot.press("W")
        await until(pilot, lambda: "watching" in painted(app))
        reruns.may_go_on.clear()
        inventory = screen(pilot).view.inventory
        assert inventory
        file = inventory.cases[0].node_id.partition("::")[0]
        disk.tree.waiting.append(file)
        await until(pilot, lambda: len(reruns.asked) == 1)
        assert reruns.asked[0].names[-1] == file, "with what is new in it"
        disk.tree.waiting.append(GATEWAY)
        await until(pilot, lambda: screen(pilot).touched.files == (GATEWAY,))
        assert len(reruns.asked) == 1
        reruns.may_go_on.set()
        await until(pilot, lambda: len(reruns.asked) == 2)
        await pilot.press("W")
        await until(pilot, lambda: "No longer watching." in told(app))


async def test_what_is_saved_while_a_question_is_open_is_run_when_it_is_put_off() -> None:
    reruns, disk = FakePytest(), FakeDisk()
    world = world_of(reruns, watch=lambda _folder: disk)
    async with application(world, started=launch()) as (app, pilot):
        await answer(pilot, Topic.CONSENT, "escape")
        await until(pilot, lambda: app.screen is bench(pilot))
        await pilot.press("W", "A")
        await answer(pilot, Topic.CONSENT, "y")
        await answer(pilot, Topic.PLAN, "c")
        await until(pilot, lambda: isinstance(app.screen, Ask) and bench(pilot).view.summary)
        disk.tree.waiting.append(GATEWAY)
        await until(pilot, lambda: bench(pilot).touched.files)
        assert reruns.asked == []
        await pilot.press("escape")
        await until(pilot, lambda: reruns.asked)


async def test_while_the_loop_works_a_change_is_told_with_what_becomes_of_it() -> None:
    reruns, disk, go_on = FakePytest(), FakeDisk(), threading.Event()
    started = launch(held_after(CaseFinished, go_on))
    started.stop.on_pull(go_on.set)
    world = world_of(reruns, watch=lambda _folder: disk)
    async with application(world, started=started) as (app, pilot):
        await answer(pilot, Topic.CONSENT, "y")
        await answer(pilot, Topic.PLAN, "c")
        await until(pilot, lambda: bench(pilot).view.run.is_running)
        await pilot.press("W")
        disk.tree.waiting.append(GATEWAY)
        await until(pilot, lambda: "gateway.py changed on disk; the next run sees it." in told(app))
        disk.session.waiting += ["state.json", "reflection-log.md"]
        await until(pilot, lambda: "state.json was changed on disk. It is not written" in told(app))
        assert "Your lines stay in it at the next step." in told(app)
        assert reruns.asked == []
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not app.is_running)


async def test_a_test_that_is_changed_before_it_is_committed_is_told_as_it_is_saved() -> None:
    disk, go_on = FakeDisk(), threading.Event()
    started = launch(held_after(FileWritten, go_on))
    started.stop.on_pull(go_on.set)
    world = world_of(FakePytest(), watch=lambda _folder: disk)
    async with application(world, started=started) as (app, pilot):
        await answer(pilot, Topic.CONSENT, "y")
        await answer(pilot, Topic.PLAN, "c")
        await until(pilot, lambda: bench(pilot).view.files)
        disk.tree.waiting.append(bench(pilot).view.files[0].path)
        await until(pilot, lambda: "it is taken up as it stands at the next step" in told(app))
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not app.is_running)


async def test_a_disk_that_cannot_be_watched_is_said_once_and_ends_nothing() -> None:
    def refused(_folder: str) -> DiskWatch:
        raise Trouble("No folder to watch.")

    async with application(world_of(FakePytest(), watch=refused), review="a") as (app, pilot):
        await until(pilot, lambda: "No folder to watch." in told(app))
        await in_tests(app, pilot)


STATE, LOG, SOURCE = "state.json", "reflection-log.md", GATEWAY
EARLY = "What is explored and planned is of before"
STAYS = "is left as it is; the session goes on from it"
STOPS = "the session stops at its next step and goes on from it"
AT_NEXT_STEP = "Your lines stay in it at the next step."
LATER = "Your lines stay in it when the session goes on."


@pytest.mark.parametrize(
    ("moment", "source", "state", "log"),
    [
        ("exploring", EARLY, STOPS, AT_NEXT_STEP),
        ("asking for consent", EARLY, STOPS, AT_NEXT_STEP),
        ("held while designing", EARLY, STOPS, AT_NEXT_STEP),
        ("asking about the plan", EARLY, STOPS, AT_NEXT_STEP),
        ("stopped while asking", EARLY, STAYS, LATER),
        ("done", "C reruns", STAYS, LATER),
    ],
    ids=["exploring", "consent", "held", "plan", "stopped", "done"],
)
async def test_at_any_moment_a_change_is_told_with_what_becomes_of_it(
    moment: str, source: str, state: str, log: str
) -> None:
    disk, go_on = FakeDisk(), threading.Event()
    kind = ExplorationFinished if moment.startswith("held") else SessionOpened
    is_held = moment == "exploring" or moment.startswith("held")
    started = launch(held_after(kind, go_on)) if is_held else launch()
    started.stop.on_pull(go_on.set)
    world = world_of(FakePytest(), watch=lambda _folder: disk)
    async with application(world, started=started, size=(80, 24)) as (app, pilot):
        await come_to(moment, app, pilot)
        disk.tree.waiting.append(SOURCE)
        await until(pilot, lambda: source in told(app))
        disk.session.waiting += [STATE, LOG]
        await until(pilot, lambda: state in told(app) and log in told(app))
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not app.is_running)


async def come_to(moment: str, app: Any, pilot: Any) -> None:
    if moment == "exploring":
        await until(pilot, lambda: bench(pilot).view.session_id)
        return
    if moment.startswith("held"):
        await until(pilot, lambda: bench(pilot).view.exploration)
        await pilot.press("space")
        return
    await until(pilot, lambda: isinstance(app.screen, Ask))
    if moment == "asking for consent":
        return
    await answer(pilot, Topic.CONSENT, "y")
    await until(
        pilot, lambda: isinstance(app.screen, Ask) and app.screen.question.topic == Topic.PLAN
    )
    if moment.startswith("stopped"):
        await pilot.press("X")
        await until(pilot, lambda: bench(pilot).mood.is_over)
    elif moment == "done":
        await pilot.press("c")
        await until(pilot, lambda: bench(pilot).mood.is_over or isinstance(app.screen, Ask))
        while not bench(pilot).mood.is_over:
            await until(pilot, lambda: bench(pilot).mood.is_over or isinstance(app.screen, Ask))
            if isinstance(app.screen, Ask):
                await pilot.press(app.screen.question.recommended.key)
