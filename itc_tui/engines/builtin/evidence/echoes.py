"""Functions of a document that only hand back what they are given, where theirs cannot be run.

A guide decorates a download to show the decorator. What is downloaded does not matter.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection

from itc_tui.engines.builtin.inside.programs import Program, Step

_TAKES_ANYTHING = re.compile(r"\b(?:Magic|Async|NonCallable)?Mock\(\)")


def without_what_takes_anything(program: Program) -> tuple[Program, frozenset[str]]:
    """The program without stand-ins that no call can be wrong with, and their names."""
    gone = [step for step in program.steps if step.var and _TAKES_ANYTHING.search(step.code)]
    left = tuple(step for step in program.steps if step not in gone)
    return program._replace(steps=left), frozenset(step.var for step in gone)


def echoing(step: Step, unknown: Collection[str]) -> Step:
    """A definition whose decorated functions need none of the unknown names any more."""
    tree = _Echoing(unknown).visit(ast.parse(step.code))
    return step._replace(code=ast.unparse(ast.fix_missing_locations(tree)))


class _Echoing(ast.NodeTransformer):
    def __init__(self, unknown: Collection[str]) -> None:
        self._unknown = unknown

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        read = {one.id for part in node.body for one in ast.walk(part) if isinstance(one, ast.Name)}
        if node.decorator_list and read & set(self._unknown):
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            names = [one.arg for one in arguments if one.arg not in ("self", "cls")]
            values: list[ast.expr] = [ast.Name(name, ast.Load()) for name in names]
            value = values[0] if len(values) == 1 else ast.Tuple(values, ast.Load())
            node.body = [ast.Return(value)]
        return node
