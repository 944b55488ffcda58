"""Gives the names of a document's example to nobody else, so that two of them fit into one program.

Half of all guides call their object `conn` or `client`: what one of them sends could never be
handed to another.
"""

from __future__ import annotations

import ast
import re
from typing import Dict, Iterable, List, Optional, Set

from itc_tui.engines.builtin.inside.pool import Held
from itc_tui.engines.builtin.inside.programs import Program, Step, fresh

_EXPRESSIONS = ("do", "raises")


def independent(program: Program, name: str) -> Held:
    """`name` in the program, whose own names are fresh where they were the document's."""
    names: Dict[str, str] = {}
    renamed = with_names_of_its_own(program, names)
    told = _renamed(name, names) if renamed is not None else None
    if renamed is None or told is None or all(var.startswith("v_") for var in names):
        return Held(program, name)
    return Held(renamed, told)


def with_names_of_its_own(program: Program, names: Dict[str, str]) -> Optional[Program]:
    """Each of its objects by a fresh name, so that it shares none with another program.

    `names` is told the old and the new ones; None where it cannot be done.
    """
    rigid = _names_in_statements(program.steps)
    steps: List[Step] = []
    for step in program.steps:
        code = _renamed(step.code, names) if step.kind in _EXPRESSIONS else step.code
        if code is None:
            return None
        var = step.var
        if step.kind in _EXPRESSIONS and var and var not in rigid:
            names[var] = fresh(re.sub(r"^v_|_\d+$", "", var))
        steps.append(step._replace(var=names.get(var, var), code=code))
    return program._replace(steps=tuple(steps))


def _names_in_statements(steps: Iterable[Step]) -> Set[str]:
    """What a definition or a block speaks of has to keep its name."""
    others = [step for step in steps if step.kind not in _EXPRESSIONS]
    every = [*(step.code for step in others), *(step.var for step in others if step.var)]
    found: Set[str] = set()
    for code in every:
        try:
            nodes = ast.walk(ast.parse(code.strip()))
        except SyntaxError:
            continue
        found.update(node.id for node in nodes if isinstance(node, ast.Name))
    return found


def _renamed(code: str, names: Dict[str, str]) -> Optional[str]:
    """None for what binds such a name itself, or cannot be read."""
    if not names:
        return code
    try:
        tree = ast.parse(code.strip())
    except SyntaxError:
        return None
    nodes = list(ast.walk(tree))
    bound = {node.arg for node in nodes if isinstance(node, ast.arg)}
    read = [node for node in nodes if isinstance(node, ast.Name) and node.id in names]
    if bound & names.keys() or any(not isinstance(node.ctx, ast.Load) for node in read):
        return None
    if "\n" in code.strip() and read:
        return None
    raw = code.strip().encode("utf-8")
    for node in sorted(read, key=lambda one: -one.col_offset):
        end = node.col_offset + len(node.id.encode("utf-8"))
        raw = raw[: node.col_offset] + names[node.id].encode("utf-8") + raw[end:]
    return raw.decode("utf-8")
