"""Plain objects with what a function asks of one, where nothing that is known has it.

Never in place of an object of the target's own: that one is real, and is made.
"""

from __future__ import annotations

import contextlib
import random
import re
from typing import Any, FrozenSet, Iterable, Optional, Set

from itc_tui.engines.builtin.inside.hints import Hint
from itc_tui.engines.builtin.inside.kinds import Arg
from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.inside.simple import simple_code
from itc_tui.engines.builtin.inside.texts import Words

_MOST_ATTRIBUTES = 4
_IMPORTS = ("from types import SimpleNamespace",)


def owned_names(classes: Iterable[Any]) -> FrozenSet[str]:
    """What objects of the target's own have: in place of those nothing is shaped."""
    names: Set[str] = set()
    for kind in classes:
        with contextlib.suppress(Exception):  # a stranger's class may answer as it likes
            names.update(dir(kind))
            code = getattr(getattr(kind, "__init__", None), "__code__", None)
            names.update(getattr(code, "co_names", ()))
    return frozenset(names)


def can_be_shaped(hint: Hint, owned: FrozenSet[str]) -> bool:
    """Few enough that a reader sees what matters, and none that something real has."""
    names = hint.attributes | (hint.may_have - owned)
    is_private = any(name.startswith("_") for name in names)
    return 0 < len(names) <= _MOST_ATTRIBUTES and not is_private and not hint.attributes & owned


def shaped(
    hint: Hint, owned: FrozenSet[str], module: str, words: Words, rng: random.Random
) -> Optional[Arg]:
    """`SimpleNamespace(getlist=lambda name: ["tea"])`."""
    # Code that asks for one of several goes another way for each.
    free = sorted(hint.may_have - owned)
    may_have = [name for name in free if rng.random() < 0.6]
    parts = []
    for name in sorted({*hint.attributes, *(may_have or free[:1])}):
        is_many = re.search(r"list$|all$|[^s]s$", name) is not None
        made = simple_code("list" if is_many else "str", module, rng, words)
        if made is None:
            return None
        # Who asks by name whether it is there mostly calls it later, where this text does not show.
        taken = hint.calls.get(name, 1 if name in hint.may_have else None)
        head = "" if taken is None else "lambda%s: " % _parameters(taken)
        parts.append("%s=%s%s" % (name, head, made[1]))
    return Arg(Program(_IMPORTS), "SimpleNamespace(%s)" % ", ".join(parts), "")


def _parameters(count: int) -> str:
    names = ["one", "two", "three", "four"][:count]
    return " " + ", ".join(names) if names else ""
