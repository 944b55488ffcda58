"""Run a scripted session in processes that die by SIGKILL around one of their saves.

`python -m tests.journeys.killed ROOT SAVES before|after`: each kills itself just before (side
effects done, nothing persisted) or just after that save, and the next goes on, until one comes to
the end; 0 saves lets the first live. Printed is how many died.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from itc_tui.domain.events import Event
from itc_tui.domain.plan import Plan
from itc_tui.domain.state import State
from itc_tui.ports import SessionStore
from tests.fakes import ScriptedEngine
from tests.journeys.journey import TEST_FILE, cart_tests, ride, world_in
from tests.journeys.test_cycle import expecting

_MOST_DEATHS = 60
NAMES = {f"t{number}": 6 for number in range(6)}


def breaks_the_others(text: str) -> str:
    return expecting("a", 6)(text).replace("== 6  # t", "== 9  # t")


def engine() -> ScriptedEngine:
    """A gain that turns out to be a regression, its rollback, and three true gains."""
    return ScriptedEngine(
        {TEST_FILE: cart_tests(a=5, b=5, c=5, **NAMES)},
        [breaks_the_others, expecting("b", 6), expecting("c", 6), expecting("a", 6)],
    )


class DeadlyStore:
    """The real store, and the end of the process around one save."""

    def __init__(self, store: SessionStore, saves: int, moment: str) -> None:
        self._store, self._left, self._moment = store, saves, moment

    @property
    def folder(self) -> str:
        return self._store.folder

    def load(self) -> State | None:
        return self._store.load()

    def save(self, state: State) -> None:
        self._left -= 1
        if self._left == 0 and self._moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        self._store.save(state)
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def record(self, event: Event) -> Event:
        return self._store.record(event)

    def read_log(self) -> str | None:
        return self._store.read_log()

    def write_log(self, text: str) -> str:
        return self._store.write_log(text)

    def keep_draft(self, draft: Plan) -> None:
        self._store.keep_draft(draft)

    def kept_draft(self) -> Plan | None:
        return self._store.kept_draft()

    def write_trace(self, name: str, text: str) -> None:
        self._store.write_trace(name, text)


def live(root: Path, saves: int, moment: str) -> None:
    with world_in(root, engine()) as world:
        ride(replace(world, store=DeadlyStore(world.store, saves, moment)))


def main() -> None:
    root, saves, moment = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    deaths = 0
    # Forked from one that has imported everything: that takes as long as a step does.
    while (ended := in_a_process(lambda: live(root, saves, moment))) == -signal.SIGKILL:
        deaths += 1
        assert deaths < _MOST_DEATHS, "it does not get on"
    sys.stdout.write(f"{deaths}\n")
    sys.exit(ended)


def in_a_process(work: Callable[[], None]) -> int:
    """Its exit code; negative for the signal that ended it."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        work()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main()
