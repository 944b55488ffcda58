"""What comes out of a call may be there to be called: a decorator, what it made, a new class."""

from __future__ import annotations

import inspect
from typing import Any, Optional

from itc_tui.engines.builtin.inside.faces import is_tool
from itc_tui.engines.builtin.inside.surface import Entry, Surface
from itc_tui.engines.builtin.inside.trials import Trial


def to_call(trial: Trial, focus: str, surface: Surface) -> Optional[Entry]:
    """How the last value is called; None when it is no callable, or one that is called anyway."""
    var = trial.program.steps[-1].var
    value = trial.outcome.values[-1] if trial.outcome.values else None
    if not var or not callable(value) or is_tool(value) or _has_entries(value, surface):
        return None
    plain = inspect.unwrap(value) if inspect.isroutine(value) else value
    try:
        names = list(inspect.signature(value).parameters)
    except (TypeError, ValueError):
        return None
    return Entry(
        "%s(%s)" % (focus, ", ".join(names)),
        "function",
        var + "(...)",
        "",
        getattr(plain, "__code__", None),
        value,
        None,
        inspect.iscoroutinefunction(plain),
        1.0,
    )


def _has_entries(value: Any, surface: Surface) -> bool:
    """It is public, and so is tried by itself; or its class is, and so are its methods."""
    if isinstance(value, type) or inspect.isroutine(value):
        return surface.path_of(value) is not None or inspect.isbuiltin(value)
    return type(value).__module__.split(".")[0] in surface.tops
