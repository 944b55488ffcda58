"""Which earlier statements of a document a piece of code leans on."""

from __future__ import annotations

import ast
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import NamedTuple

from itc_tui.engines.builtin.inside.parsing import parsed_source

_REMEMBERED = 10_000
"""Statements: of a long document each is asked about as often as others come after it."""
_NEAR = 400
"""Statements before a piece that it may lean on; imports count from further above."""


class Line(NamedTuple):
    """One statement of an example, and what the document says it gives."""

    code: str
    wanted: str | None
    raises: str | None
    number: int
    remark: str | None = None
    """What a comment says that it gives."""

    def silent(self) -> Line:
        """The same, and no output shown for it."""
        return self._replace(wanted=None)


def needed_of(earlier: list[Line], part: list[Line]) -> list[Line]:
    """Backward slice: earlier statements that give, or change, what `part` uses."""
    wanted: AbstractSet[str] = frozenset()
    for line in reversed(part):
        wanted = wanted - _bound_anew(line.code) | _used(line.code)
    chosen: list[Line] = []
    imported = {name for line in earlier if "from " in line.code for name in _imported(line.code)}
    above = [line for line in earlier[:-_NEAR] if _is_import(line.code)]
    for line in reversed([*above, *earlier[-_NEAR:]]):
        if line.raises:
            continue
        given = _given(line.code)
        # What is shown to answer something is a question, and leaves a class as it is.
        is_question = bool(line.wanted or line.remark)
        touched = given or (_changed(line.code) - (imported if is_question else set()))
        if touched & wanted:
            # What a name stood for before it was bound anew does not matter.
            wanted = wanted - _bound_anew(line.code) | _used(line.code)
            chosen.append(line)
    return chosen[::-1][-20:]


def is_all(earlier: list[Line], needed: list[Line]) -> bool:
    doing = [line for line in earlier if not _is_import(line.code)]
    taken = [line for line in needed if not _is_import(line.code)]
    return not taken or len(taken) == len(doing)


@lru_cache(_REMEMBERED)
def _is_import(code: str) -> bool:
    tree = parsed(code)
    body = tree.body if tree is not None else []
    return all(isinstance(node, ast.Import | ast.ImportFrom) for node in body)


@lru_cache(_REMEMBERED)
def _imported(code: str) -> frozenset[str]:
    tree = parsed(code)
    froms = [one for one in tree.body if isinstance(one, ast.ImportFrom)] if tree else []
    return frozenset(alias.asname or alias.name for one in froms for alias in one.names)


@lru_cache(_REMEMBERED)
def parsed(code: str) -> ast.Module | None:
    try:
        return parsed_source(code)
    except (SyntaxError, ValueError):
        return None


@lru_cache(_REMEMBERED)
def _used(code: str) -> frozenset[str]:
    names: set[str] = set()
    tree = parsed(code)
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return frozenset(names)


_SCOPES = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@lru_cache(_REMEMBERED)
def _given(code: str) -> frozenset[str]:
    """Names that the statement leaves behind; what a function binds stays its own."""
    names: set[str] = set()
    stack: list[ast.AST | None] = [parsed(code)]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            names.add(node.name)
            continue
        if node is None or isinstance(node, _SCOPES):
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.alias):
            names.add((node.asname or node.name).split(".")[0])
        stack.extend(ast.iter_child_nodes(node))
    return frozenset(names)


@lru_cache(_REMEMBERED)
def _bound_anew(code: str) -> frozenset[str]:
    """Names that the statement itself binds, in its own scope and in any case."""
    names: set[str] = set()
    tree = parsed(code)
    for node in tree.body if tree else ():
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names.update(target.id for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.AnnAssign) and node.value and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return frozenset(names)


def _is_name_of_class(name: str) -> bool:
    """What is called on a class makes something of it, and leaves it as it is."""
    return name[:1].isupper() and not name.isupper()


@lru_cache(_REMEMBERED)
def _changed(code: str) -> frozenset[str]:
    """Names whose objects a statement may change: `store.add(…)`, `table['x'] = 1`."""
    tree = parsed(code)
    changed: set[str] = set()
    for node in ast.walk(tree) if tree else ():
        inner: ast.expr | None = None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            # `shop.Cart(…)` makes something as well, and leaves `shop` as it is.
            inner = None if _is_name_of_class(node.func.attr) else node.func.value
        elif isinstance(node, ast.Subscript | ast.Attribute) and isinstance(
            node.ctx, ast.Store | ast.Del
        ):
            inner = node.value
        if isinstance(inner, ast.Name) and not _is_name_of_class(inner.id):
            changed.add(inner.id)
    return frozenset(changed)
