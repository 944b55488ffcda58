"""A call that does not fit its signature is made to fit."""

from __future__ import annotations

import ast
import re

from itc_tui.domain.known_names import Shape
from itc_tui.engines.builtin.repairs.damage import Damage, Mended, nearest, replaced

_UNEXPECTED = re.compile(r"([\w.]+)\(\) got an unexpected keyword argument '([^']+)'")
_TOO_MANY = re.compile(r"([\w.]+)\(\) takes .*positional arguments? but \d+ (?:was|were) given")


def mend_keyword(damage: Damage) -> Mended | None:
    found = _UNEXPECTED.search(damage.facts.failure.error)
    if not found or not damage.facts.is_raised_in_test:
        return None
    shape = _shape(damage, found[1])
    right = nearest(found[2], shape.keywords) if shape else ""
    call = _call_at(damage, found[1])
    if not right or call is None:
        return None
    for keyword in call.keywords:
        if keyword.arg == found[2]:
            keyword.arg = right
    return Mended(
        replaced(damage.text, call, ast.unparse(call)),
        call.lineno,
        f"{found[1]} has no parameter {found[2]}; it has {right}",
        (),
        0.75,
    )


def mend_positional(damage: Damage) -> Mended | None:
    """Arguments that may only be given by name are given by name, in the order of the signature."""
    found = _TOO_MANY.search(damage.facts.failure.error)
    if not found or not damage.facts.is_raised_in_test:
        return None
    shape, call = _shape(damage, found[1]), _call_at(damage, found[1])
    if shape is None or call is None:
        return None
    given = {keyword.arg for keyword in call.keywords}
    only = sorted(shape.keywords - set(shape.positional) - given)
    more = call.args[len(shape.positional) :]
    if not more or len(more) != len(only) or len(only) > 1:
        return None  # with several, nobody knows which is meant
    call.args = call.args[: len(shape.positional)]
    call.keywords.append(ast.keyword(only[0], more[0]))
    return Mended(
        replaced(damage.text, call, ast.unparse(call)),
        call.lineno,
        f"{found[1]} takes {only[0]} by name only",
        (),
        0.7,
    )


def _shape(damage: Damage, name: str) -> Shape | None:
    """By the qualified name that Python gives in its message."""
    name = name.removesuffix(".__init__")
    for names in damage.product.known.modules.values():
        for key, shape in names.shapes.items():
            if key == name or key.rsplit(".", 1)[-1] == name:
                return shape
    return None


def _call_at(damage: Damage, name: str) -> ast.Call | None:
    last = name.removesuffix(".__init__").rsplit(".", 1)[-1]
    line = damage.facts.failing_line
    for node in ast.walk(damage.tree):
        if not isinstance(node, ast.Call) or not node.lineno <= line <= (node.end_lineno or 0):
            continue
        if ast.unparse(node.func).rsplit(".", 1)[-1] == last:
            return node
    return None
