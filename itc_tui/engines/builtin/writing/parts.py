"""Cuts what one module's file would hold into files by subject, where it is more than one reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from itc_tui.domain.plan import Case, Scenario
from itc_tui.engines.builtin.cache import Prepared
from itc_tui.engines.builtin.inside.drivers.door import label_in
from itc_tui.engines.builtin.witnesses import Witness
from itc_tui.engines.builtin.writing.acts import acts_of

Ready = tuple[Scenario, Case, Prepared]
"""A planned case with all that its test needs."""
_MOST_TESTS = 25
_MOST_LINES = 600
_FEWEST_TESTS = 6
"""A subject with fewer shares a file with others."""
_AROUND = 14
"""Lines of a test beside its statements: its head and its docstring."""


@dataclass
class Part:
    """What one file is to hold."""

    subject: str = ""
    """The class, function or command that it is about; empty where it is about several."""
    rows: list[Ready] = field(default_factory=list)
    lines: int = 0

    def has_room_for(self, rows: Sequence[Ready]) -> bool:
        lines = self.lines + sum(map(_height, rows))
        return not self.rows or (len(self.rows) + len(rows) <= _MOST_TESTS and lines <= _MOST_LINES)

    def take(self, rows: Sequence[Ready]) -> None:
        self.rows += rows
        self.lines += sum(map(_height, rows))


def parts_of(rows: Sequence[Ready]) -> list[Part]:
    """One where it is short enough to be read; else each large subject has its own, or several."""
    whole = Part()
    if len(rows) <= _MOST_TESTS and sum(map(_height, rows)) <= _MOST_LINES:
        whole.take(rows)
        return [whole]
    by_subject: dict[str, list[Ready]] = defaultdict(list)
    for row in rows:
        by_subject[_subject(row[2].witness)].append(row)
    parts: list[Part] = []
    rest = [Part()]
    for subject, own in by_subject.items():
        if subject and len(own) >= _FEWEST_TESTS:
            parts += _cut(own, subject)
            continue
        if not rest[-1].has_room_for(own):
            rest.append(Part())
        rest[-1].take(own)
    rest = [part for part in rest if part.rows]
    if len(rest) > 1:
        for part in rest:
            part.subject = f"{_subject(part.rows[0][2].witness)} and others".strip()
    return [*parts, *rest]


def _cut(rows: Sequence[Ready], subject: str) -> list[Part]:
    parts = [Part(subject)]
    for row in rows:
        if not parts[-1].has_room_for([row]):
            parts.append(Part(subject))
        parts[-1].take([row])
    if len(parts) > 1 and len(parts[-1].rows) < _FEWEST_TESTS:  # too few for a file of their own
        last = parts.pop()
        parts[-1].take(last.rows)
    return parts


def _subject(witness: Witness) -> str:
    if label := label_in(witness.focus):
        return label
    if not witness.is_given:
        return witness.focus.partition(":")[2].rstrip("!").partition(".")[0]
    act = next(acts_of(witness), None)
    return (act.owner or act.name) if act else ""


def _height(row: Ready) -> int:
    expected = row[2].expected.splitlines()
    said = sum(len(line) // 60 + 1 + 2 * line.startswith("raises ") for line in expected)
    return _AROUND + len(row[2].input.splitlines()) + said
