"""How far two witnesses are about the same thing, for somebody who reads them in one test."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from itc_tui.engines.builtin.inside.drivers.door import label_in
from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.witnesses import Witness, names_of
from itc_tui.engines.builtin.writing.acts import kind_of_receiver

STRANGERS, KIN, ONE_STAGE, ONE_CALLABLE = range(4)
"""Of one class or function, or one makes what the other works with; beside that, on an object that
both make alike; with another input of the very same."""

Boundary = tuple[str, str]
"""Files of two modules, of which the first calls the second."""


class Face(NamedTuple):
    """What a reader sees of a witness at a glance."""

    focus: str
    subject: str
    """The class or function that it is about."""
    makers: frozenset[str]
    """Names of the target that make what it works with: the object that is asked, or what a
    function is handed. What a method is handed is another matter, and so is what it defines."""
    stage: frozenset[str]
    """What is made on the way to its act."""
    crossed: frozenset[Boundary] = frozenset()
    refusal: str = ""
    """What the error says, whatever it is said of."""


def face_of(witness: Witness) -> Face:
    focus, refusal = witness.focus, _refusal_of(witness)
    crossed = frozenset((caller, callee) for caller, _, callee, _ in witness.crossing)
    if label_in(focus) or witness.is_given:
        return Face(focus, focus, frozenset(), frozenset(), crossed, refusal)
    module, _, qualname = focus.partition(":")
    is_method = "." in qualname
    makers, stage = _of_program(witness.program, module.partition(".")[0], is_method)
    # An heir that the case defines for itself is what its reader sees.
    kind = kind_of_receiver(witness, len(witness.program.steps) - 1, qualname.rpartition(".")[2])
    subject = kind if is_method and kind else qualname.split(".")[0]
    own = f"{subject}.{focus.rpartition('.')[2]}"
    return Face(own, subject, makers, stage, crossed, refusal)


def likeness(lead: Face, others: Sequence[Face]) -> int:
    """Of a test that is about the first one: how well those go with it that go with it least."""
    return min((_likeness(lead, one) for one in others), default=STRANGERS)


def of_one_boundary(faces: Sequence[Face]) -> bool:
    """There is one that all of them cross that cross any: what the test says of it is true of
    each."""
    crossing = [face.crossed for face in faces if face.crossed]
    return not crossing or bool(frozenset.intersection(*crossing))


def refuse_alike(faces: Sequence[Face]) -> bool:
    """A test of refusals is about one callable, or about one reason."""
    return len({face.focus for face in faces}) == 1 or len({face.refusal for face in faces}) == 1


def _likeness(one: Face, other: Face) -> int:
    if one.focus == other.focus:
        return ONE_CALLABLE
    is_kin = one.subject == other.subject
    if not (is_kin or one.subject in other.makers or other.subject in one.makers):
        return STRANGERS
    return ONE_STAGE if is_kin and one.stage & other.stage else KIN


def _refusal_of(witness: Witness) -> str:
    if not witness.raised:
        return ""
    error = witness.raised[max(witness.raised)]
    # What it quotes and counts is the case's own.
    return f"{error.name} {re.sub(_OWN_WORDS, '…', error.message)}"


_OWN_WORDS = r"""'[^']*'|"[^"]*"|`[^`]*`|\d+"""


@lru_cache(maxsize=8192)
def _of_program(
    program: Program, top: str, is_method: bool
) -> tuple[frozenset[str], frozenset[str]]:
    names: set[str] = set()
    modules: set[str] = set()
    for line in program.imports:
        node = ast.parse(line).body[0]
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == top:
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            modules |= {alias.asname or top for alias in node.names if alias.name.startswith(top)}
    names |= program.bound
    # An expression as a whole, or the object that is asked.
    asked = [_asked(program.steps[-1].code)] if is_method else [program.steps[-1].code]
    used: set[str] = set()
    for code in (*asked, *_leading_to(program, asked[0])):
        for part in ast.walk(_parsed(code)):
            if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
                used |= {part.attr} if part.value.id in modules else set()
            elif isinstance(part, ast.Name):
                used |= {part.id} & names
    used -= {step.var for step in program.steps if step.kind != "raw"}
    made = (step.code for step in program.steps[:-1])
    return frozenset(used), frozenset(c for c in made if any(f"{name}(" in c for name in used))


def _leading_to(program: Program, code: str) -> Iterator[str]:
    """What makes that of which this speaks; not what is within a definition."""
    wanted = names_of(code)
    for step in reversed(program.steps[:-1]):
        if step.var in wanted and step.kind != "raw":
            wanted |= names_of(step.code)
            yield step.code


def _asked(code: str) -> str:
    """The first name in it that is not Python's own: `v_order_1` of `list(v_order_1.lines(2))`."""
    names = [node for node in ast.walk(_parsed(code)) if isinstance(node, ast.Name)]
    names.sort(key=lambda node: (node.lineno, node.col_offset))
    return next((node.id for node in names if not hasattr(builtins, node.id)), "")


def _parsed(code: str) -> ast.AST:
    try:
        return ast.parse(code.strip())
    except (SyntaxError, ValueError):
        return ast.Module([], [])
