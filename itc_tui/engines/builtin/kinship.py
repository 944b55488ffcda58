"""How far two witnesses are about the same thing, for somebody who reads them in one test."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from itc_tui.engines.builtin.inside.drivers.door import label_in
from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.witnesses import Witness

STRANGERS, KIN, ONE_STAGE, ONE_CALLABLE = range(4)
"""Of one class or function, or one makes what the other works with; beside that, on an object that
both make alike; with another input of the very same."""


class Face(NamedTuple):
    """What a reader sees of a witness at a glance."""

    focus: str
    subject: str
    """The class or function that it is about."""
    used: frozenset[str]
    """Names of the target that it works with."""
    stage: frozenset[str]
    """What is made on the way to its act."""


def face_of(witness: Witness) -> Face:
    focus = witness.focus
    if label_in(focus) or witness.is_given:
        return Face(focus, focus, frozenset(), frozenset())
    module, _, qualname = focus.partition(":")
    top = module.partition(".")[0]
    used, stage = _of_program(witness.program, top)
    return Face(focus, qualname.split(".")[0], used, stage)


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
    for step in program.steps:
        for part in ast.walk(_parsed(step.code)):
            if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
                names |= {part.attr} if part.value.id in modules else set()
    made = (step.code for step in program.steps[:-1])
    return frozenset(names), frozenset(c for c in made if any(f"{name}(" in c for name in names))


def _parsed(code: str) -> ast.AST:
    try:
        return ast.parse(code.strip())
    except (SyntaxError, ValueError):
        return ast.Module([], [])
