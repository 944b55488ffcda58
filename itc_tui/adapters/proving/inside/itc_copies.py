"""Keeps what pytest holds of the target apart from what the tests load of it, faults included."""

from __future__ import annotations

import importlib
import sys
from typing import Any, Iterable

KEPT: dict[int, Any] = {}
"""The namespaces of modules that were let go, by their ids: nothing that a test does is theirs."""


def let_go(names: Iterable[str]) -> None:
    """Modules of the target that are loaded already, as pytest may be made of them.

    Tests get copies of their own, faults included; pytest goes on with those that it has.
    """
    own = frozenset(names)
    for name in [name for name in sys.modules if name.split(".", 1)[0] in own]:
        space = vars(sys.modules.pop(name))
        KEPT[id(space)] = space


def preload(name: str, own: list[str]) -> None:
    """Not what brings the target in: it would hold on to it as it is without a fault."""
    before = set(sys.modules)
    try:
        importlib.import_module(name)
    except BaseException:
        return
    come = [one for one in sys.modules if one not in before]
    if any(one.split(".")[0] in own for one in come):
        for one in come:
            del sys.modules[one]
