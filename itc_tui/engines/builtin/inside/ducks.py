"""Plain objects with what a function asks of one, where nothing that is known has it."""

from __future__ import annotations

import random
import re
from typing import Optional

from itc_tui.engines.builtin.inside.hints import Hint
from itc_tui.engines.builtin.inside.kinds import Arg
from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.inside.simple import simple_code
from itc_tui.engines.builtin.inside.texts import Words

_MOST_ATTRIBUTES = 4
_IMPORTS = ("from types import SimpleNamespace",)


def can_be_shaped(hint: Hint) -> bool:
    """Few enough that a reader sees what matters, and none that only its owner has."""
    names = hint.attributes | hint.may_have
    return 0 < len(names) <= _MOST_ATTRIBUTES and not any(name.startswith("_") for name in names)


def shaped(hint: Hint, module: str, words: Words, rng: random.Random) -> Optional[Arg]:
    """`SimpleNamespace(getlist=lambda name: ["tea"])`."""
    parts = []
    for name in sorted(hint.attributes | hint.may_have):
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
