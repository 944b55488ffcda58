"""Which saved files may start a rerun: what is written while tests run starts one repeat, no more.

A person who saves in mid-run wants the tests once more; a test, or a formatter that it starts, that
writes sources would have them run for ever. After the repeat nobody can mistake the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf


@dataclass(slots=True)
class _Run:
    began_at: float
    is_repeat: bool
    """It was started by nothing but what was written during the run before it."""
    ended_at: float = inf


class Waking:
    """Times are seconds since the epoch, as the disk counts them."""

    def __init__(self) -> None:
        self._runs: list[_Run] = []
        self._midway: set[str] = set()
        """Files whose last change fell into a run."""
        self._held: set[str] = set()

    def began(self, now: float, woken_by: Iterable[str] = ()) -> None:
        """`woken_by` is empty when the person asked for the run."""
        files = tuple(woken_by)
        is_repeat = bool(files) and all(file in self._midway for file in files)
        self._runs = [*self._runs[-1:], _Run(now, is_repeat)]

    def ended(self, now: float) -> None:
        if self._runs:
            self._runs[-1].ended_at = now

    def heard(self, written_at: Mapping[str, float]) -> tuple[str, ...]:
        """Those that from now on start nothing, and did until now."""
        held = []
        for file, at in written_at.items():
            run = self._run_at(at)
            if run is None:
                self._midway.discard(file)
                self._held.discard(file)
                continue
            self._midway.add(file)
            if run.is_repeat and file not in self._held:
                self._held.add(file)
                held.append(file)
        return tuple(held)

    def those_that_wake(self, files: Iterable[str]) -> tuple[str, ...]:
        return tuple(file for file in files if file not in self._held)

    def _run_at(self, at: float) -> _Run | None:
        return next((run for run in self._runs if run.began_at <= at <= run.ended_at), None)
