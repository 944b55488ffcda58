"""What the tests of reruns and of changed files share: a pytest, a disk and a loop that wait."""

from __future__ import annotations

import threading
from collections.abc import Callable
from time import time
from typing import Any

from textual.pilot import Pilot

from itc_tui.domain.events import (
    CaseFinished,
    CaseStarted,
    Happening,
    OutputArrived,
    RerunFinished,
    RunStarted,
)
from itc_tui.domain.results import CaseResult
from itc_tui.domain.state import State
from itc_tui.domain.words import RERUN, Outcome
from itc_tui.ports import Steps, StopSwitch
from itc_tui.ui.leaving import Left
from itc_tui.ui.outside import Outside, Rerun
from itc_tui.ui.panes.output import OutputPane
from itc_tui.ui.panes.output.cases import CaseList
from itc_tui.ui.screens.workbench import Workbench
from tests.ui.scripted import journey
from tests.ui.stage import outside, until

PATIENCE_S = 20


class FakePytest:
    """Passes every test that it is asked for; holds where it is told to."""

    def __init__(self) -> None:
        self.asked: list[Rerun] = []
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.ended = threading.Event()

    def __call__(self, wanted: Rerun, stop: StopSwitch) -> Steps[RerunFinished]:
        self.asked.append(wanted)
        forget = stop.on_pull(self.may_go_on.set)
        try:
            yield RunStarted(purpose=RERUN, command=("pytest",), expected=wanted.names)
            yield OutputArrived(lines=("rerun output",))
            for name in (name for name in wanted.names if "::" in name):
                yield CaseStarted(node_id=name)
                assert self.may_go_on.wait(PATIENCE_S)
                stop.check()
                yield CaseFinished(result=CaseResult(node_id=name, outcome=Outcome.PASSED))
            ended = RerunFinished(passed=len(wanted.names), total=len(wanted.names))
            yield ended
            return ended
        finally:
            forget()
            self.ended.set()


class FakeDisk:
    """Tells what a test says was written."""

    problem = ""

    def __init__(self) -> None:
        self.tree, self.session = FakeWatcher(), FakeWatcher()
        self.closed = threading.Event()
        self.times: dict[str, float] = {}

    def written_at(self, path: str) -> float:
        """Just now, unless a test says otherwise."""
        return self.times.get(path, time())

    def close(self) -> None:
        self.closed.set()


class FakeWatcher:
    def __init__(self) -> None:
        self.waiting: list[str] = []

    def changed_paths(self) -> tuple[str, ...]:
        told, self.waiting = tuple(self.waiting), []
        return told


def held_after(kind: type[Happening], go_on: threading.Event) -> Callable[[], Steps[State]]:
    """A loop that is busy for as long as a test wants, once it has told that."""

    def loop() -> Steps[State]:
        steps = journey()
        reply = None
        while True:
            try:
                event = steps.send(reply)
            except StopIteration as end:
                state: State = end.value
                return state
            reply = yield event
            if isinstance(event, kind):
                assert go_on.wait(PATIENCE_S)

    return loop


def world_of(pytest: FakePytest, **changes: Any) -> Outside:
    return outside(rerun=pytest, **changes)


def screen(pilot: Pilot[Left]) -> Workbench:
    return next(one for one in pilot.app.screen_stack if isinstance(one, Workbench))


def passed(pilot: Pilot[Left]) -> int:
    """Of the run that counts."""
    results = screen(pilot).view.results
    assert results
    return results.passed


async def in_tests(app: Any, pilot: Pilot[Left]) -> CaseList:
    await until(pilot, lambda: app.screen.query(OutputPane))
    await pilot.press("3")
    cases: CaseList = app.screen.query_one(CaseList)
    await until(pilot, lambda: cases.count and app.focused is cases)
    return cases


def told(app: Any) -> str:
    return " | ".join(one.message for one in app._notifications)
