"""What the person saves while the application is open is told, and run again where they wish so."""

from __future__ import annotations

import threading
from typing import Any

from itc_tui.domain.events import CaseFinished
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


def reviewing(pytest: FakePytest, disk: FakeDisk) -> Any:
    return application(world_of(pytest, watch=lambda _folder: disk), review="a")


async def test_a_changed_source_is_named_and_what_it_touches_is_run_on_demand() -> None:
    pytest, disk = FakePytest(), FakeDisk()
    async with reviewing(pytest, disk) as (app, pilot):
        await in_tests(app, pilot)
        await pilot.press("C")
        await until(pilot, lambda: "Nothing was changed on disk" in told(app))
        disk.tree.waiting.append(GATEWAY)
        await until(pilot, lambda: "gateway.py changed, C reruns" in told(app))
        assert "gateway.py changed, C reruns" in painted(app)
        await pilot.press("C")
        await until(pilot, lambda: pytest.asked)
        inventory = screen(pilot).view.inventory
        assert inventory
        touched = {case.node_id for case in inventory.cases if "gateway" in case.boundary}
        assert set(pytest.asked[0].names) == touched != set()
        await until(pilot, lambda: not screen(pilot).touched.files)
    assert disk.closed.wait(20)


async def test_what_no_test_can_notice_is_not_told() -> None:
    pytest, disk = FakePytest(), FakeDisk()
    async with reviewing(pytest, disk) as (app, pilot):
        await in_tests(app, pilot)
        disk.tree.waiting.append("README.md")
        await until(pilot, lambda: not disk.tree.waiting)
        disk.tree.waiting.append("pyproject.toml")
        await until(pilot, lambda: "pyproject.toml changed, C reruns 37" in told(app))
        assert "README" not in told(app)


async def test_watching_runs_what_is_saved_and_what_is_saved_meanwhile_after_it() -> None:
    pytest, disk = FakePytest(), FakeDisk()
    async with reviewing(pytest, disk) as (app, pilot):
        await in_tests(app, pilot)
        await pilot.press("W")
        await until(pilot, lambda: "watching" in painted(app))
        pytest.may_go_on.clear()
        inventory = screen(pilot).view.inventory
        assert inventory
        file = inventory.cases[0].node_id.partition("::")[0]
        disk.tree.waiting.append(file)
        await until(pilot, lambda: len(pytest.asked) == 1)
        assert pytest.asked[0].names[-1] == file, "with what is new in it"
        disk.tree.waiting.append(GATEWAY)
        await until(pilot, lambda: screen(pilot).touched.files == (GATEWAY,))
        assert len(pytest.asked) == 1
        pytest.may_go_on.set()
        await until(pilot, lambda: len(pytest.asked) == 2)
        await pilot.press("W")
        await until(pilot, lambda: "No longer watching." in told(app))


async def test_what_is_saved_while_a_question_is_open_is_run_when_it_is_put_off() -> None:
    pytest, disk = FakePytest(), FakeDisk()
    world = world_of(pytest, watch=lambda _folder: disk)
    async with application(world, started=launch()) as (app, pilot):
        await answer(pilot, Topic.CONSENT, "escape")
        await until(pilot, lambda: app.screen is bench(pilot))
        await pilot.press("W", "A")
        await answer(pilot, Topic.CONSENT, "y")
        await answer(pilot, Topic.PLAN, "c")
        await until(pilot, lambda: isinstance(app.screen, Ask) and bench(pilot).view.summary)
        disk.tree.waiting.append(GATEWAY)
        await until(pilot, lambda: bench(pilot).touched.files)
        assert pytest.asked == []
        await pilot.press("escape")
        await until(pilot, lambda: pytest.asked)


async def test_while_the_loop_works_a_change_is_told_with_what_becomes_of_it() -> None:
    pytest, disk, go_on = FakePytest(), FakeDisk(), threading.Event()
    started = launch(held_after(CaseFinished, go_on))
    started.stop.on_pull(go_on.set)
    world = world_of(pytest, watch=lambda _folder: disk)
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
        assert pytest.asked == []
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not app.is_running)


async def test_a_disk_that_cannot_be_watched_is_said_once_and_ends_nothing() -> None:
    def refused(_folder: str) -> DiskWatch:
        raise Trouble("No folder to watch.")

    async with application(world_of(FakePytest(), watch=refused), review="a") as (app, pilot):
        await until(pilot, lambda: "No folder to watch." in told(app))
        await in_tests(app, pilot)
