"""What comes out of a call may be there to be called: a decorator, what it made, a new class.

Of a command nothing comes out; what it did is seen by asking the object that was told.
"""

from __future__ import annotations

import ast
import functools
import inspect
import random
import types
from typing import Any, List, Optional

from itc_tui.engines.builtin.inside.faces import is_tool
from itc_tui.engines.builtin.inside.surface import Entry, Surface
from itc_tui.engines.builtin.inside.trials import Trial

_ASKED = ("method", "property")


def to_call(trial: Trial, focus: str, surface: Surface, rng: random.Random) -> Optional[Entry]:
    """How the last value is called; None when it is no callable, or one that is called anyway."""
    var = trial.program.steps[-1].var
    value = trial.outcome.values[-1] if trial.outcome.values else None
    if not var or is_tool(value):
        return None
    given = _given_at_run_time(value, surface)
    if given:
        name = rng.choice(given)
        return _entry("%s.%s" % (focus, name), "%s.%s" % (var, name), vars(value)[name])
    return (
        _entry(focus, var, value) if callable(value) and not _has_entries(value, surface) else None
    )


def told_in(trial: Trial) -> str:
    """The object that the last step told to do something, where it gave nothing back."""
    value = trial.outcome.values[-1] if trial.outcome.values else None
    if value is not None:
        return ""
    try:
        node = ast.parse(trial.program.steps[-1].code.strip(), mode="eval").body
    except SyntaxError:
        return ""
    func = node.func if isinstance(node, ast.Call) else None
    owner = func.value if isinstance(func, ast.Attribute) else None
    return owner.id if isinstance(owner, ast.Name) and owner.id in trial.outcome.space else ""


def members_of(value: Any, surface: Surface) -> List[Entry]:
    """Public methods and properties of an object."""
    own = [one for one in surface.callables if isinstance(one.owner, type)]
    return [one for one in own if one.kind in _ASKED and one.owner in type(value).__mro__]


def _entry(ident: str, name: str, value: Any) -> Optional[Entry]:
    plain = inspect.unwrap(value) if inspect.isroutine(value) else value
    try:
        names = list(inspect.signature(value).parameters)
    except (TypeError, ValueError):
        return None
    code, is_async = getattr(plain, "__code__", None), inspect.iscoroutinefunction(plain)
    ident = "%s(%s)" % (ident, ", ".join(names))
    return Entry(ident, "function", name + "(...)", "", code, value, None, is_async, 1.0)


def _given_at_run_time(value: Any, surface: Surface) -> List[str]:
    """Methods that an object has and its class has not: a machine's triggers, a proxy's calls."""
    if type(value).__module__.split(".")[0] not in surface.tops or isinstance(value, type):
        return []
    own = getattr(value, "__dict__", {})
    return [
        name
        for name, thing in own.items()
        if not name.startswith("_")
        and isinstance(thing, (types.FunctionType, types.MethodType, functools.partial))
    ]


def _has_entries(value: Any, surface: Surface) -> bool:
    """It is public, and so is tried by itself; or its class is, and so are its methods."""
    if isinstance(value, type) or inspect.isroutine(value):
        return surface.path_of(value) is not None or inspect.isbuiltin(value)
    return type(value).__module__.split(".")[0] in surface.tops
