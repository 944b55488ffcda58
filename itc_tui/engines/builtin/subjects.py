"""Parts the cases at one module's face by the class or function that they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from itc_tui.engines.builtin.grouping import Group
from itc_tui.engines.builtin.inside.drivers.door import label_in
from itc_tui.engines.builtin.witnesses import Witness

Row = tuple[Witness, Group]
_FEWEST = 3
"""A subject with fewer cases shares a scenario with others like it."""


def by_subject(rows: Sequence[Row]) -> list[list[Row]]:
    """The subject with most cases first; at the end what there is little to say of."""
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        parts[_subject(row[1])].append(row)
    large = [own for own in parts.values() if len(own) >= _FEWEST]
    rest = [row for own in parts.values() if len(own) < _FEWEST for row in own]
    return [*sorted(large, key=len, reverse=True), *([rest] if rest else [])]


def _subject(group: Group) -> str:
    focus = next((member.focus for member in group.members if not member.is_given), "")
    return label_in(focus) or focus.partition(":")[2].split(".")[0]
