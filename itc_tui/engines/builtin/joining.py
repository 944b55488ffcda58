"""Two programs in one: what both make alike is made once."""

from __future__ import annotations

import re

from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.writing.naming import renamed

_STAGE = re.compile(r"v_(?:runner|client|app|path)_\d+$")


def beside(one: Program, other: Program, is_door: bool) -> Program | None:
    """Both programs; what the second makes just as the first did is made once.

    At a door the same words may do something else the second time, so only the stage is shared.
    """
    have = {
        (step.code, step.kind): step.var
        for step in one.steps
        if step.var and (not is_door or _STAGE.match(step.var))
    }
    names: dict[str, str] = {}
    steps = []
    for step in other.steps:
        code = renamed(step.code, names)
        twin = have.get((code, step.kind))
        # Two that it made alike stay two: `a == b` must not become `a == a`.
        is_free = twin not in names.values()
        if twin and is_free and step.var.startswith("v_") and twin.startswith("v_"):
            names[step.var] = twin
            continue
        steps.append(step._replace(code=code))
    return one.beside(other._replace(steps=tuple(steps)))
