"""Definitions that a program makes on its way, written beside the test instead of inside it.

There they read as what they are, say their own name, and serve the next test too.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Collection, Iterator, Mapping

from itc_tui.engines.builtin.inside.programs import Program

_COLLECTED = re.compile(r"[tT]est")


def lifted(program: Program, here: Collection[str], written: Mapping[str, str]) -> dict[int, str]:
    """Place of each step that may stand at the top of the file → its code.

    `here` are names that only the test itself has; `written` what the file defines already.
    """
    offered = {name for line in program.imports for name in _given(line)} - set(here)
    found: dict[int, str] = {}
    names: set[str] = set()
    taken = [step.var for step in program.steps if step.var]
    for at, step in enumerate(program.steps):
        if step.kind != "raw" or not step.var or taken.count(step.var) > 1:
            continue
        if _COLLECTED.match(step.var):
            continue  # at the top of a file of tests it would be one
        is_free = written.get(step.var, step.code) == step.code and step.var not in here
        if is_free and _needs(step.code) <= offered | names | {step.var}:
            found[at] = step.code
            names.add(step.var)
    return found


def _needs(code: str) -> set[str]:
    tree = ast.parse(code)
    bound = {name for node in ast.walk(tree) for name in _bound(node)}
    used = {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    return {name for name in used - bound if not hasattr(builtins, name)}


def _bound(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        yield node.id
    elif isinstance(node, ast.arg):
        yield node.arg
    elif isinstance(node, ast.ExceptHandler) and node.name:
        yield node.name
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from ((alias.asname or alias.name).split(".")[0] for alias in node.names)


def _given(line: str) -> Iterator[str]:
    for node in ast.parse(line).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((alias.asname or alias.name).split(".")[0] for alias in node.names)
