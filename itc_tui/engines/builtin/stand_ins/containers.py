"""What holds several things, and what is done to it, in source."""

from __future__ import annotations

import ast

DICT, LIST, SET, COUNTER = "dict", "list", "set", "counter"
CONTAINERS = (DICT, LIST, SET)
MADE_BY = {
    **dict.fromkeys(("dict", "defaultdict", "OrderedDict", "Counter"), DICT),
    **dict.fromkeys(("list", "deque"), LIST),
    **dict.fromkeys(("set",), SET),
    "count": COUNTER,
}
DISPLAYS = (
    ((ast.Dict, ast.DictComp), DICT),
    ((ast.List, ast.ListComp), LIST),
    ((ast.Set, ast.SetComp), SET),
)
CHANGING = frozenset(
    {
        *("append", "extend", "insert", "remove", "pop", "clear", "sort", "reverse"),
        *("appendleft", "extendleft", "popleft", "rotate", "add", "discard", "update"),
        *("setdefault", "popitem", "difference_update", "intersection_update", "subtract"),
    }
)


def targets_of(node: ast.stmt) -> list[ast.Name]:
    targets = node.targets if isinstance(node, ast.Assign) else []
    if isinstance(node, ast.AnnAssign) and node.value is not None:
        targets = [node.target]
    return [one for one in targets if isinstance(one, ast.Name) and one.id != "__all__"]


def name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def is_stored(node: ast.Name | ast.Subscript | ast.Attribute) -> bool:
    return isinstance(node.ctx, ast.Store | ast.Del)
