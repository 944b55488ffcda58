"""Runs work in forked children, so that what crashes or hangs takes little with it."""

from __future__ import annotations

import json
import os
import select
import signal
import time
from typing import Any, Callable, Dict, Iterator, List, Sequence, Tuple

from itc_tui.engines.builtin.inside.own_time import own_time
from itc_tui.engines.builtin.inside.seatbelt import SEATBELT

Say = Callable[[Dict[str, Any]], None]
MOST_HANDS = [2]
"""More than two would not fit into the memory that a search may take."""


class _Child:
    """One forked worker, and the pipe on which it is heard."""

    def __init__(self, work: Callable[[Say], None]) -> None:
        self.reading, writing = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self.reading)
            _be_child(work, writing)
        os.close(writing)
        self.began = self.heard = self.now
        self.has_ended = False
        self._buffer = b""

    @property
    def now(self) -> float:
        """On a clock of its own: who gets no processor is neither silent nor slow."""
        return own_time(self.pid)

    def read(self) -> "List[Dict[str, Any]] | None":
        """What it said since; None when it will say no more."""
        piece = os.read(self.reading, 1 << 16)
        self.heard = self.now
        if not piece:
            return None
        *lines, self._buffer = (self._buffer + piece).split(b"\n")
        rows: List[Dict[str, Any]] = [json.loads(line) for line in lines]
        self.has_ended = self.has_ended or any("ended" in row for row in rows)
        return rows

    def close(self) -> float:
        """The seconds that it took."""
        spent = self.now - self.began
        os.close(self.reading)
        _end(self.pid)
        return spent


def in_child(work: Callable[[Say], None], silence_s: float = 6.0) -> Iterator[Dict[str, Any]]:
    """Yield what the child says, line by line; a last `{"died": …}` when it did not end well."""
    for _, row in side_by_side([work], silence_s):
        if "spent" not in row:
            yield row


def side_by_side(
    works: Sequence[Callable[[Say], None]], silence_s: float = 6.0, at_once: int = 0
) -> Iterator[Tuple[int, Dict[str, Any]]]:
    """The same for several, all or so many at once, each row with the place of its work.

    The last row of each is `{"spent": seconds}`.
    """
    waiting = list(enumerate(works))
    children: Dict[int, _Child] = {}
    try:
        while waiting or children:
            while waiting and len(children) < (at_once or len(works)):
                place, work = waiting.pop(0)
                children[place] = _Child(work)
            ready, _, _ = select.select([c.reading for c in children.values()], [], [], 0.5)
            for place, child in list(children.items()):
                rows: "List[Dict[str, Any]] | None" = []
                if child.reading in ready:
                    rows = child.read()
                elif child.now - child.heard > silence_s:
                    yield place, {"died": "hung"}
                    yield place, {"spent": children.pop(place).close()}
                    continue
                for row in rows or ():
                    yield place, row
                if rows is None:
                    if not child.has_ended:
                        yield place, {"died": "crashed"}
                    yield place, {"spent": children.pop(place).close()}
    finally:
        for child in children.values():
            child.close()


def hands() -> int:
    """How many may work at once here: two, where there are two processors."""
    affinity = getattr(os, "sched_getaffinity", None)
    count: int = len(affinity(0)) if affinity else os.cpu_count() or 1
    return max(1, min(MOST_HANDS[0], count))


def _be_child(work: Callable[[Say], None], writing: int) -> None:
    code = 1
    try:
        with os.fdopen(writing, "w", encoding="utf-8") as out:

            def say(row: Dict[str, Any]) -> None:
                out.write(json.dumps(row) + "\n")
                out.flush()

            SEATBELT.keep_what_is_open()
            work(say)
            say({"ended": True})
        code = 0
    except BaseException as error:
        if os.environ.get("ITC_INSIDE_DEBUG"):
            import traceback

            traceback.print_exception(type(error), error, error.__traceback__)
    finally:
        os._exit(code)


def _end(child: int) -> None:
    deadline = time.monotonic() + 0.5
    while time.monotonic() < deadline:
        done, _ = os.waitpid(child, os.WNOHANG)
        if done:
            return
        time.sleep(0.005)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
