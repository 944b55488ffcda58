"""Run a scripted session, and die by SIGKILL around one of its saves.

`python -m tests.journeys.killed ROOT SAVES before|after`: the process kills itself just before
(side effects done, nothing persisted) or just after that save; 0 saves lets it live.
"""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

from itc_tui.domain.events import Event
from itc_tui.domain.plan import Plan
from itc_tui.domain.state import State
from itc_tui.ports import SessionStore
from tests.fakes import ScriptedEngine
from tests.journeys.journey import TEST_FILE, cart_tests, ride, world_in
from tests.journeys.test_cycle import expecting

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


def main() -> None:
    root, saves, moment = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    with world_in(root, engine()) as world:
        ride(replace(world, store=DeadlyStore(world.store, saves, moment)))


if __name__ == "__main__":
    main()
