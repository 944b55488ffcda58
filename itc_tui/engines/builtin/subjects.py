"""What is told of at the face of a module: its public classes and functions, one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from itc_tui.engines.builtin.grouping import Group
from itc_tui.engines.builtin.inside.drivers.door import label_in
from itc_tui.engines.builtin.witnesses import Witness, used_imports
from itc_tui.engines.builtin.writing.spelling import apart, names_given

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


def is_public(witness: Witness) -> bool:
    """Nothing in it is taken by a private name, as an example in a docstring may do.

    A command is public whatever its function is called.
    """
    if label_in(witness.focus):
        return True
    program = witness.program
    used = used_imports(sorted(apart(program.imports)), [step.code for step in program.steps])
    return all(_is_plain(name) for line in used for name in names_given(line))


def is_public_name(qualname: str) -> bool:
    return "<" not in qualname and all(map(_is_plain, qualname.split(".")))


def _is_plain(name: str) -> bool:
    return not name.startswith("_") or name.endswith("_")


def _subject(group: Group) -> str:
    focus = next((member.focus for member in group.members if not member.is_given), "")
    return label_in(focus) or focus.partition(":")[2].split(".")[0]
