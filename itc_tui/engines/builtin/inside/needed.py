"""What an expression out of a document needs before it can be evaluated."""

from __future__ import annotations

import ast
import builtins
from typing import Dict, List, Mapping, Sequence

from itc_tui.engines.builtin.inside.programs import Program

_OF_PYTHON = ("datetime", "decimal", "re", "operator", "json", "math")


def needed_by(
    code: str, names: Mapping[str, str], declared: Mapping[str, Sequence[Program]]
) -> List[Program]:
    """One for each way to come by its names; none at all when that cannot be had.

    `names`: public names of the target and the lines that import them; `declared`: names that
    documents define.
    """
    try:
        tree = ast.parse(code, mode="eval")
    except (SyntaxError, ValueError):
        return []
    bound = {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)}
    bound |= {
        n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
    }
    imports: Dict[str, None] = {}
    ways = [Program()]
    for node in ast.walk(tree):
        if not isinstance(node, ast.Name) or node.id in bound or hasattr(builtins, node.id):
            continue
        if node.id in names:
            imports[names[node.id]] = None
        elif node.id in declared:
            every = [one.beside(other) for one in ways for other in declared[node.id]]
            ways = [both for both in every if both is not None]
        elif node.id in _OF_PYTHON:
            imports["import %s" % node.id] = None
        else:
            return []
    whole = [way.beside(Program(tuple(imports))) for way in ways]
    return [way for way in whole if way is not None]
