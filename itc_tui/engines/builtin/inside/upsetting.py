"""Finds which tests leave something behind that others stumble over, in the box.

Lives in somebody else's interpreter: standard library and its own pytest only, Python 3.8 and up.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import time
from functools import partial
from typing import Any, Callable, Dict, Iterable, List, Optional, Set

import pytest
from rehearse import flags  # type: ignore[import-not-found]

#: Of one child; who takes longer is no company to be tried.
LONGEST_S = 10.0

Say = Callable[[str], None]


class Pairs:
    """A pytest plugin that runs no test by itself: each question is a child of its own.

    What is collected once is forked as often as there are questions; so each test finds what
    only the tests before it in the same child have left.
    """

    def __init__(self, send: Any, victims: List[str], budget_s: float) -> None:
        self._send, self._victims = send, victims
        self._until = time.monotonic() + budget_s
        self._items: Dict[str, Any] = {}
        self._failed: Set[str] = set()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: Any) -> bool:
        self._items = {item.nodeid: item for item in session.items}
        self._look()
        return True

    def pytest_runtest_logreport(self, report: Any) -> None:
        if not report.passed:
            self._failed.add(report.nodeid)

    def _look(self) -> None:
        in_time = (name for name in self._victims if time.monotonic() < self._until)
        victims = [name for name in in_time if self._holds_alone(name)]
        for name in list(self._items):
            others = [victim for victim in victims if victim != name]
            if not others or time.monotonic() > self._until:
                return
            if not self._fails_after([name], others, at_once=True):
                continue
            for victim in self._fails_after([name], others) or ():
                # What fails alone from now on was upset for good, by a file perhaps.
                if not self._holds_alone(victim):
                    victims.remove(victim)
                self._send({"upsetting": name, "victim": victim})

    def _holds_alone(self, name: str) -> bool:
        return name in self._items and self._fails_after([], [name]) == []

    def _fails_after(
        self, names: List[str], victims: List[str], at_once: bool = False
    ) -> Optional[List[str]]:
        """Of the victims, those that fail when these ran before them; None where nobody knows.

        `at_once`: one after the other, which is quicker, and tells whether it is worth to ask.
        """

        def work(say: Say) -> None:
            self._run(names)
            if at_once:
                self._tell(victims, say)
                return
            for victim in victims:
                for failed in in_child(partial(self._tell, [victim])) or ():
                    say(failed)

        return in_child(work)

    def _tell(self, names: List[str], say: Say) -> None:
        for failed in self._run(names):
            say(failed)

    def _run(self, names: Iterable[str]) -> List[str]:
        """Those that failed."""
        names = list(names)
        self._failed.clear()
        for name in names:
            item = self._items[name]
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        return [name for name in names if name in self._failed]


def in_child(work: Callable[[Say], None]) -> Optional[List[str]]:
    """What it said; None when it came to no end, or to a bad one."""
    reading, writing = os.pipe()
    gc.freeze()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _be_child(work, writing)
    os.close(writing)
    said, until = b"", time.monotonic() + LONGEST_S
    while select.select([reading], [], [], max(0.0, until - time.monotonic()))[0]:
        piece = os.read(reading, 1 << 16)
        if not piece:
            break
        said += piece
    os.close(reading)
    with contextlib.suppress(OSError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    lines: List[str] = [json.loads(line) for line in said.split(b"\n")[:-1]]
    return lines[:-1] if lines and lines[-1] == "" else None


def _be_child(work: Callable[[Say], None], writing: int) -> None:
    os.setsid()  # who is ended ends with all that it started

    def say(word: str) -> None:
        os.write(writing, json.dumps(word).encode("ascii") + b"\n")

    try:
        work(say)
        say("")
    finally:
        os._exit(0)


def main(order: Dict[str, Any], root: str, send: Any) -> None:
    os.chdir(root)
    pairs = Pairs(send, order["victims"], order["budget_s"])
    pytest.main([*flags(root), *order["paths"]], plugins=[pairs])
    os._exit(0)  # whatever a test left running ends here


if __name__ == "__main__":
    import itc_box  # type: ignore[import-not-found, unused-ignore]

    main(itc_box.payload, itc_box.root, itc_box.send)
