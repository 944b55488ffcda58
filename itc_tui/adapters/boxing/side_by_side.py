"""Several boxes at work at once: their messages as they come, their reports in order."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable, Generator, Sequence
from typing import Any, TypeAlias

from itc_tui.ports import BoxReport, StopSwitch

Run: TypeAlias = Generator[dict[str, Any], None, BoxReport]
RunOfAll: TypeAlias = Generator[tuple[int, dict[str, Any]], None, tuple[BoxReport, ...]]
Work: TypeAlias = tuple[int, Callable[[StopSwitch], Run]]
"""What is to be run, with the place that its messages and its report get."""
_Told: TypeAlias = queue.SimpleQueue[tuple[int, dict[str, Any] | BoxReport | Exception | None]]

_MOST_HANDS = 4


def processors() -> int:
    """How many this process may use, as far as more of them would help."""
    affinity = getattr(os, "sched_getaffinity", None)
    count = len(affinity(0)) if affinity else os.cpu_count() or 1
    return max(1, min(_MOST_HANDS, count))


def side_by_side(lines: Sequence[Sequence[Work]], stop: StopSwitch) -> RunOfAll:
    """The works of a line one after the other, all lines at once.

    When the switch is pulled, a work fails, or nobody listens any more, all are ended first.
    """
    ours = StopSwitch()
    forget = stop.on_pull(ours.pull)
    told: _Told = queue.SimpleQueue()
    workers = [threading.Thread(target=_follow, args=(line, ours, told)) for line in lines]
    reports: dict[int, BoxReport] = {}
    try:
        stop.check()
        for worker in workers:
            worker.start()
        working = len(workers)
        while working:
            place, word = told.get()
            if word is None:
                working -= 1
            elif isinstance(word, BoxReport):
                reports[place] = word
            elif isinstance(word, Exception):
                raise word
            else:
                yield place, word
        return tuple(reports[place] for place in sorted(reports))
    finally:
        forget()
        ours.pull()
        for worker in workers:
            if worker.ident is not None:
                worker.join()


def _follow(line: Sequence[Work], stop: StopSwitch, told: _Told) -> None:
    try:
        for place, begin in line:
            run = begin(stop)
            while True:
                try:
                    told.put((place, next(run)))
                except StopIteration as end:
                    told.put((place, end.value))
                    break
    except Exception as error:
        told.put((-1, error))
    else:
        told.put((-1, None))
