"""Chooses which fault is tried next, and on which cases.

Lives in somebody else's interpreter: standard library only, Python 3.9 and up.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from itc_faults import Fault, compiles, faults_in, lines_for_faults  # type: ignore[import-not-found]
from itc_swap import source_of  # type: ignore[import-not-found]

Lines = dict[str, dict[str, set[int]]]
"""Case → file → lines that it executes."""


class Next(NamedTuple):
    file: str
    fault: Fault
    meeting: list[str]


class Choice:
    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._faults: dict[str, list[Fault]] = {}
        self._faulty: dict[str, set[int]] = {}
        self._passing: Counter[tuple[str, int]] = Counter()
        self.done: set[tuple[str, int]] = set()

    def lines_for_faults(self, file: str) -> set[int]:
        if file not in self._faulty:
            self._faulty[file] = lines_for_faults(source_of(file)[0])
        return self._faulty[file]

    def best(self, waiting: list[str], *, is_shared: bool) -> Next | None:
        """The fault that most of these cases meet, or that fewest of all do; fine ones first."""
        rows = []
        for file in sorted({file for name in waiting for file in self._lines[name]}):
            for place, fault in enumerate(self._faults_of(file)):
                if (file, place) in self.done:
                    continue
                meeting = [n for n in waiting if fault.line in self._lines[n].get(file, ())]
                if meeting:
                    worth = (fault.rank, -len(meeting), place)
                    if not is_shared:
                        worth = (self._number_passing(file, fault.line), fault.rank, place)
                    rows.append((worth, file, place, fault, meeting))
        for _, file, place, fault, meeting in sorted(rows, key=lambda row: row[0]):
            self.done.add((file, place))
            if compiles(fault.text):
                return Next(file, fault, meeting)
        return None

    def _number_passing(self, file: str, line: int) -> int:
        """How many of all cases go through that line."""
        if not self._passing:
            for seen in self._lines.values():
                self._passing.update((one, at) for one, lines in seen.items() for at in lines)
        return self._passing[file, line]

    def _faults_of(self, file: str) -> list[Fault]:
        if file not in self._faults:
            lines = {line for seen in self._lines.values() for line in seen.get(file, ())}
            self._faults[file] = faults_in(source_of(file)[0], lines)
        return self._faults[file]
