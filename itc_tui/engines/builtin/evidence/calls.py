"""Arguments that the target's own code, documents and tests pass to its functions."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable

from itc_tui.engines.builtin.evidence.fixed_moment import asks_the_clock
from itc_tui.engines.builtin.one_line import is_literal

MAX_LETTERS = 240
_MAX_EACH = 24

Evidence = dict[str, dict[str, list[str]]]
"""Function's last name → position or parameter → expressions; under `WHOLE`, whole calls."""
WHOLE = "()"


def arguments_in(
    trees: Iterable[ast.AST], known: set[str], named: Collection[str] = ()
) -> Evidence:
    """`known`: last names of the target's own functions, classes and methods; `named`: names that
    say enough by themselves, for it is known what they stand for."""
    found: Evidence = {}
    for tree in trees:
        constants = _constants(tree)
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            name = node.func.id if isinstance(node.func, ast.Name) else name
            if name not in known:
                continue
            slots = found.setdefault(name, {})
            for place, argument in enumerate(node.args):
                _note(slots, str(place), argument, constants, named)
            for keyword in node.keywords:
                if keyword.arg:
                    _note(slots, keyword.arg, keyword.value, constants, named)
            _note_whole(slots, node, constants, named)
    return found


def merged(*many: Evidence) -> Evidence:
    whole: Evidence = {}
    for one in many:
        for name, slots in one.items():
            for slot, codes in slots.items():
                row = whole.setdefault(name, {}).setdefault(slot, [])
                row.extend(code for code in codes if code not in row)
                del row[_MAX_EACH:]
    return whole


def _constants(tree: ast.AST) -> dict[str, ast.expr]:
    """`text = "…"` anywhere in the file: what a name may stand for in a call further down."""
    found: dict[str, ast.expr] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target = node.targets[0]
            if isinstance(target, ast.Name) and is_literal(node.value):
                found.setdefault(target.id, node.value)
    return found


def _note(
    slots: dict[str, list[str]],
    slot: str,
    node: ast.expr,
    constants: dict[str, ast.expr],
    named: Collection[str],
) -> None:
    if isinstance(node, ast.Name):
        node = constants.get(node.id, node)
    if isinstance(node, ast.Starred | ast.Await | ast.Yield) or not _tells(node, named):
        return
    if asks_the_clock(node):
        return
    code = ast.unparse(node)
    row = slots.setdefault(slot, [])
    if len(code) <= MAX_LETTERS and code not in row and len(row) < _MAX_EACH:
        row.append(code)


def _note_whole(
    slots: dict[str, list[str]],
    node: ast.Call,
    constants: dict[str, ast.expr],
    named: Collection[str],
) -> None:
    """Arguments that go together: a state to begin with is one of those that are handed over."""
    args = [_stood_for(one, constants) for one in node.args]
    words = [ast.keyword(one.arg, _stood_for(one.value, constants)) for one in node.keywords]
    values = [*args, *(word.value for word in words)]
    if len(values) < 2 or not all(word.arg for word in words):
        return
    if all(_tells(value, named) for value in values):
        code = ast.unparse(ast.Call(ast.Name("_", ast.Load()), args, words))
        row = slots.setdefault(WHOLE, [])
        if len(code) <= 2 * MAX_LETTERS and code not in row and len(row) < _MAX_EACH:
            row.append(code)


def _tells(node: ast.expr, named: Collection[str]) -> bool:
    is_known = isinstance(node, ast.Name) and node.id in named
    return is_known or _has_substance(node) or _is_marker(node)


def _is_marker(node: ast.expr) -> bool:
    """`CLIENT`, `State.OPEN` or `pkg.CLIENT`: by its spelling no local, and the same everywhere."""
    name = ast.unparse(node) if isinstance(node, ast.Name | ast.Attribute) else ""
    return re.fullmatch(r"(?:[A-Za-z]\w*\.){0,2}[A-Z][A-Z0-9_]+", name) is not None


def _stood_for(node: ast.expr, constants: dict[str, ast.expr]) -> ast.expr:
    return constants.get(node.id, node) if isinstance(node, ast.Name) else node


def _has_substance(node: ast.expr) -> bool:
    """A literal, or a call or operation on something; not a bare local or attribute."""
    return is_literal(node) or isinstance(node, ast.Call | ast.Compare | ast.BinOp | ast.Lambda)
