"""How far two witnesses are about the same thing, for somebody who reads them in one test."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from itc_tui.engines.builtin.inside.drivers.door import label_in
from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.witnesses import Witness
from itc_tui.engines.builtin.writing.acts import kind_of_receiver

STRANGERS, KIN, ONE_STAGE, ONE_CALLABLE = range(4)
"""Of one class or function, or one makes what the other works with; beside that, on an object that
both make alike; with another input of the very same."""


class Face(NamedTuple):
    """What a reader sees of a witness at a glance."""

    focus: str
    subject: str
    """The class or function that it is about."""
    used: frozenset[str]
    """Names of the target that its calls speak of; not those within what it defines."""
    stage: frozenset[str]
    """What is made on the way to its act."""


def face_of(witness: Witness) -> Face:
    focus = witness.focus
    if label_in(focus) or witness.is_given:
        return Face(focus, focus, frozenset(), frozenset())
    module, _, qualname = focus.partition(":")
    used, stage = _of_program(witness.program, module.partition(".")[0])
    # An heir that the case defines for itself is what its reader sees.
    kind = kind_of_receiver(witness, len(witness.program.steps) - 1, qualname.rpartition(".")[2])
    subject = kind if "." in qualname and kind else qualname.split(".")[0]
    return Face(f"{subject}.{focus.rpartition('.')[2]}", subject, used, stage)


def likeness(lead: Face, others: Sequence[Face]) -> int:
    """Of a test that is about the first one: how well those go with it that go with it least."""
    return min((_likeness(lead, one) for one in others), default=STRANGERS)


def _likeness(one: Face, other: Face) -> int:
    if one.focus == other.focus:
        return ONE_CALLABLE
    is_kin = one.subject == other.subject or one.subject in other.used or other.subject in one.used
    if not is_kin:
        return STRANGERS
    return ONE_STAGE if one.stage & other.stage else KIN


@lru_cache(maxsize=8192)
def _of_program(program: Program, top: str) -> tuple[frozenset[str], frozenset[str]]:
    names: set[str] = set()
    modules: set[str] = set()
    for line in program.imports:
        node = ast.parse(line).body[0]
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == top:
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            modules |= {alias.asname or top for alias in node.names if alias.name.startswith(top)}
    names |= program.bound
    used: set[str] = set()
    for step in program.steps:
        for part in ast.walk(_parsed(step.code)) if step.kind != "raw" else ():
            if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
                used |= {part.attr} if part.value.id in modules else set()
            elif isinstance(part, ast.Name):
                used |= {part.id} & names
    made = (step.code for step in program.steps[:-1])
    return frozenset(used), frozenset(c for c in made if any(f"{name}(" in c for name in used))


def _parsed(code: str) -> ast.AST:
    try:
        return ast.parse(code.strip())
    except (SyntaxError, ValueError):
        return ast.Module([], [])
