"""Objects at the top of a module, which all share, and what their own methods change of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from itc_tui.domain.case_syntax import FunctionNode, called
from itc_tui.engines.builtin.stand_ins.containers import (
    CHANGING,
    CONTAINERS,
    DISPLAYS,
    MADE_BY,
    is_stored,
    name_of,
    targets_of,
)


def objects_at_top(tree: ast.Module) -> Iterator[tuple[str, ast.ClassDef]]:
    """Made there of a class of the same module that keeps what it has in its `__dict__`."""
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    for node in tree.body:
        value = getattr(node, "value", None)
        kind = classes.get(called(value)) if isinstance(value, ast.Call) else None
        if kind is not None and not _has_slots(kind):
            yield from ((target.id, kind) for target in targets_of(node))


def changed_within(kind: ast.ClassDef) -> Iterator[tuple[str, int]]:
    """Attributes that its methods put something into, or take something out of, and where.

    What is set anew is not among them: many objects do so in all that they do.
    """
    methods = [node for node in kind.body if isinstance(node, FunctionNode)]
    held = {name for method in methods for name in _containers_made(method)}
    for own, method in _working(kind):
        for node in ast.walk(method):
            if isinstance(node, ast.Subscript) and is_stored(node):
                part = _part_of(node.value, own)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                part = _part_of(node.func.value, own) if node.func.attr in CHANGING else ""
                part = part if part in held else ""
            else:
                continue
            if part:
                yield part, node.lineno


def sets_its_own(kind: ast.ClassDef) -> bool:
    return any(
        isinstance(node, ast.Attribute) and is_stored(node) and _part_of(node, own)
        for own, method in _working(kind)
        for node in ast.walk(method)
    )


def _working(kind: ast.ClassDef) -> Iterator[tuple[str, FunctionNode]]:
    """Its methods but those that make it, with the name that each has for the object."""
    for node in kind.body:
        if isinstance(node, FunctionNode) and node.name not in _MAKING and node.args.args:
            yield node.args.args[0].arg, node


_MAKING = frozenset({"__init__", "__new__", "__post_init__"})


def _containers_made(method: FunctionNode) -> Iterator[str]:
    for node in ast.walk(method):
        if not isinstance(node, ast.Assign | ast.AnnAssign):
            continue
        value = node.value
        made = called(value).rpartition(".")[2] if isinstance(value, ast.Call) else ""
        if MADE_BY.get(made) in CONTAINERS or any(isinstance(value, n) for n, _ in DISPLAYS):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (target.attr for target in targets if isinstance(target, ast.Attribute))


def _part_of(node: ast.expr, own: str) -> str:
    """`self.part`, and nothing deeper."""
    return node.attr if isinstance(node, ast.Attribute) and name_of(node.value) == own else ""


def _has_slots(kind: ast.ClassDef) -> bool:
    """Or may have them: a decorator or a base can bring them."""
    plain = {"object", "ABC", "abc.ABC"}
    bases = {ast.unparse(base) for base in kind.bases}
    names = {target.id for node in kind.body for target in targets_of(node)}
    said = " ".join(ast.unparse(one) for one in kind.decorator_list)
    return "__slots__" in names or "slots" in said or not bases <= plain
