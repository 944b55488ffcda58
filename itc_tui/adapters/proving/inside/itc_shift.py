"""A value of the same kind that is not the same: a fault that crashes nothing, and must be noticed.

Lives in somebody else's interpreter: standard library only, Python 3.9 and up.
"""

from __future__ import annotations

import copy
import dataclasses
import datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

NAME = "__itc_shift__"
"""Under this name faulty source finds it among the builtins."""


def shift(value: Any, depth: int = 2) -> Any:
    """As like the value as can be, but different; the value itself where nobody knows how."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, Enum):
        others = [member for member in type(value) if member is not value]
        return others[0] if others else value
    try:
        return _shifted(value, depth)
    except Exception:
        return value


def _shifted(value: Any, depth: int) -> Any:
    kind: Any = type(value)
    if isinstance(value, (int, float, complex, Decimal, Fraction)):
        return kind(value + 1)
    if isinstance(value, str):
        return kind(value + "X")
    if isinstance(value, bytes):
        return value + b"X"
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value + datetime.timedelta(days=1)
    if isinstance(value, datetime.timedelta):
        return value + datetime.timedelta(seconds=1)
    if depth and isinstance(value, tuple) and hasattr(value, "_replace"):
        return kind(shift(value[0], depth - 1), *value[1:])
    if isinstance(value, (list, tuple)):
        return value[:-1]
    if isinstance(value, (set, frozenset)):
        return kind(sorted(value, key=repr)[1:])
    if isinstance(value, dict):
        kept = copy.copy(value)
        kept.pop(next(iter(kept)))
        return kept
    if depth and dataclasses.is_dataclass(value):
        return _other_field(value, depth)
    return value


def _other_field(value: Any, depth: int) -> Any:
    for field in dataclasses.fields(value):
        old = getattr(value, field.name)
        new = shift(old, depth - 1)
        if new is not old and new != old:
            other = copy.copy(value)
            object.__setattr__(other, field.name, new)
            return other
    return value
