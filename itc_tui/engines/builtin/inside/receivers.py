"""Whose method a statement calls: the class of the very object, which a search may only guess."""

from __future__ import annotations

import ast
from typing import Any, Dict, List, Mapping, Sequence

from itc_tui.engines.builtin.inside.programs import Step
from itc_tui.engines.builtin.inside.surface import Surface


def asked_in(step: Step, space: Mapping[str, Any], surface: Surface) -> Dict[str, List[str]]:
    """Method → the classes of the object that is asked for it, its own first.

    Only of objects that a variable holds, and only classes with a public name in the target.
    """
    if step.kind not in ("do", "raises", "with"):
        return {}
    try:
        tree = ast.parse(step.code.strip(), mode="eval")
    except SyntaxError:
        return {}
    found: Dict[str, List[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            owners = _idents(space.get(node.value.id), surface)
            if owners:
                found.setdefault(node.attr, owners)
    return found


def focus_as_seen(focus: str, asked: Mapping[str, Sequence[str]]) -> str:
    """Whose method it is, where the object that was asked turned out to be of another class.

    What an example does may be tried with other values, and is known by a short name alone.
    """
    owner, _, name = focus.rpartition(".")
    classes = asked.get(name, ()) if ":" in owner else ()
    return "%s.%s" % (classes[0], name) if classes and owner not in classes else focus


def _idents(value: Any, surface: Surface) -> List[str]:
    kind = value if isinstance(value, type) else type(value)
    return [
        "%s:%s" % (one.__module__, one.__qualname__)
        for one in kind.__mro__
        if one.__module__.split(".")[0] in surface.tops and surface.path_of(one) is not None
    ]
