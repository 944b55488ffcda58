"""Annotations as types, one by one: a name that only a type checker knows costs no other."""

from __future__ import annotations

import inspect
import sys
import typing
from typing import Any, Dict, Mapping

_NOBODY: Dict[str, Any] = {}


def type_hints_of(func: Any, elsewhere: Mapping[str, Any] = _NOBODY) -> Dict[str, Any]:
    """Parameter → type. `elsewhere`: classes by name, for what is imported for checkers alone."""
    source = func.__init__ if inspect.isclass(func) else func
    try:
        source = inspect.unwrap(source)
        return typing.get_type_hints(source)
    except Exception:  # also whatever a stranger's object raises when it is asked
        return _each_alone(source, elsewhere)


def _each_alone(source: Any, elsewhere: Mapping[str, Any]) -> Dict[str, Any]:
    found: Dict[str, Any] = {}
    try:
        source = getattr(source, "__func__", source)
        module = sys.modules.get(getattr(source, "__module__", None) or "")
        raw = dict(getattr(source, "__annotations__", {}) or {})
    except Exception:  # since 3.14 they may be worked out only now
        return found
    names = {**elsewhere, **(vars(module) if module is not None else {})}
    for name, told in raw.items():
        try:
            found[name] = eval(told, names) if isinstance(told, str) else told
        except Exception:
            continue
    return found
