"""Writes a value as Python that makes an equal one, where that is possible."""

from __future__ import annotations

import collections
import dataclasses
import datetime
import decimal
import enum
import fractions
import math
import pathlib
import re
import time
import types
import uuid
from typing import Any, Callable, Dict, List, NamedTuple, Optional, Set

from itc_tui.engines.builtin.inside.places import names_a_place
from itc_tui.engines.builtin.inside.surface import Surface

MAX_LETTERS = 900
#: Asked once: a clock that stands still would tell of another day as if it were today.
_STARTED = time.time()
#: In memory, or a port that was free by chance.
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{4,}|__main__|127\.0\.0\.1:(?:3[2-9]|[4-6]\d)\d{3}\b")


class Written(NamedTuple):
    code: str
    imports: Set[str]


class _CannotWrite(Exception):
    """This value has no literal."""


def written(value: Any, surface: Surface, limit: int = MAX_LETTERS) -> Optional[Written]:
    return _written(value, surface, limit, 0)


def written_as_equal(value: Any, surface: Surface, limit: int = MAX_LETTERS) -> Optional[Written]:
    """An heir of Python's own kinds as what it inherits from, where it is equal to that."""
    return _written(value, surface, limit, 1)


def _written(value: Any, surface: Surface, limit: int, depth: int) -> Optional[Written]:
    imports: Set[str] = set()
    try:
        code = _write(value, surface, imports, [limit], depth)
    except _CannotWrite:
        return None
    except Exception:
        return None
    if len(code) > limit or _ADDRESS.search(code) or holds_today(code) or names_a_place(code):
        return None
    return Written(code, imports)


def holds_today(text: str) -> bool:
    """The text holds the present day or moment, and will be another one tomorrow."""
    now = _STARTED
    days = {time.gmtime(now)[:3], time.localtime(now)[:3]}
    marks = [str(int(now))[:6]]
    for year, month, day in days:
        marks += ["%d-%02d-%02d" % (year, month, day), "%d, %d, %d" % (year, month, day)]
        marks += ["%d%02d%02d" % (year, month, day), "%02d/%02d/%d" % (day, month, year)]
    return any(mark in text for mark in marks)


def _write(value: Any, surface: Surface, imports: Set[str], left: List[int], depth: int) -> str:
    left[0] -= 2
    if left[0] < 0 or depth > 7:
        raise _CannotWrite
    kind = type(value)
    if value is None or value is Ellipsis or value is NotImplemented or kind is bool:
        return repr(value)
    if kind is int:
        if value.bit_length() > 256:
            raise _CannotWrite
        return repr(value)
    if kind in (str, bytes):
        left[0] -= len(value)
        return repr(value)
    if kind is float or kind is complex:
        return _number(value)
    if kind in (list, tuple, set, frozenset, dict, collections.OrderedDict, collections.deque):
        return _container(value, kind, surface, imports, left, depth)
    if isinstance(value, enum.Enum):
        return _member(value, surface, imports)
    text = _from_library(value, kind, imports)
    if text is not None:
        return text
    try:
        return _record(value, kind, surface, imports, left, depth)
    except _CannotWrite:
        # Held in something else, an heir is equal to what it inherits from; alone it is looked at.
        equal = _as_it_inherits(value, kind) if depth else None
        if equal is None:
            raise
    return _write(equal, surface, imports, left, depth)


_INHERITED: Dict[type, Callable[[Any], Any]] = {
    dict: lambda value: dict(dict.items(value)),
    list: lambda value: list(list.__iter__(value)),
    tuple: lambda value: tuple(tuple.__iter__(value)),
    set: lambda value: set(set.__iter__(value)),
    frozenset: lambda value: frozenset(frozenset.__iter__(value)),
    str: str.__str__,
    bytes: lambda value: bytes.__getitem__(value, slice(None)),
    int: int.__int__,
    float: float.__float__,
}
"""Past whatever an heir makes of reading itself: comparing goes past that too."""


def _as_it_inherits(value: Any, kind: Any) -> Any:
    """A plain value that is equal to it; None where it has its own mind about what is equal."""
    for plain, read in _INHERITED.items():
        if isinstance(value, plain) and kind.__eq__ is plain.__eq__:
            return read(value)
    return None


def _number(value: Any) -> str:
    if isinstance(value, complex):
        return repr(value)
    if math.isinf(value):
        return "float('%s')" % value
    if math.isnan(value):
        raise _CannotWrite
    return repr(value)


def _container(
    value: Any, kind: Any, surface: Surface, imports: Set[str], left: List[int], depth: int
) -> str:
    def inner(item: Any) -> str:
        return _write(item, surface, imports, left, depth + 1)

    if kind is dict:
        return "{%s}" % ", ".join("%s: %s" % (inner(k), inner(v)) for k, v in value.items())
    if kind is collections.OrderedDict:
        imports.add("from collections import OrderedDict")
        pairs = ", ".join("(%s, %s)" % (inner(k), inner(v)) for k, v in value.items())
        return "OrderedDict([%s])" % pairs
    if kind in (set, frozenset):
        # Sorted, so that the text does not change with the hash seed.
        text = "{%s}" % ", ".join(sorted(inner(item) for item in value)) if value else "set()"
        return text if kind is set else "frozenset(%s)" % (text if value else "")
    parts = [inner(item) for item in value]
    if kind is tuple:
        return "(%s,)" % parts[0] if len(parts) == 1 else "(%s)" % ", ".join(parts)
    if kind is collections.deque:
        imports.add("from collections import deque")
        return "deque([%s])" % ", ".join(parts)
    return "[%s]" % ", ".join(parts)


def _member(value: Any, surface: Surface, imports: Set[str]) -> str:
    path = surface.path_of(type(value))
    name = value.name
    if name is None or "|" in str(name):
        raise _CannotWrite
    module, kind = path or (type(value).__module__, type(value).__qualname__)
    is_private = any(part.startswith("_") for part in (*module.split("."), *kind.split(".")))
    if path is None and (module == "builtins" or is_private):
        raise _CannotWrite
    imports.add("from %s import %s" % (module, kind.split(".")[0]))
    return "%s.%s" % (kind, name)


def _from_library(value: Any, kind: Any, imports: Set[str]) -> Optional[str]:
    if kind.__module__ == "freezegun.api":
        imports.add("import datetime")
        return re.sub(r"\bFake(Datetime|Date)\b", lambda m: "datetime." + m[1].lower(), repr(value))
    if kind in (datetime.datetime, datetime.date, datetime.time, datetime.timedelta):
        zone = getattr(value, "tzinfo", None)
        if zone is not None and type(zone) is not datetime.timezone:
            raise _CannotWrite
        imports.add("import datetime")
        return repr(value)
    if kind is datetime.timezone:
        imports.add("import datetime")
        return repr(value)
    if kind in (decimal.Decimal, fractions.Fraction, uuid.UUID):
        imports.add("from %s import %s" % (kind.__module__, kind.__name__))
        return repr(value)
    if isinstance(value, pathlib.PurePath):
        if str(value).startswith("/"):
            raise _CannotWrite
        imports.add("from pathlib import Path")
        return "Path(%r)" % str(value)
    return None


def _record(
    value: Any, kind: Any, surface: Surface, imports: Set[str], left: List[int], depth: int
) -> str:
    if isinstance(value, (type, types.FunctionType, types.BuiltinFunctionType)):
        return _named(value, surface, imports)
    path = surface.path_of(kind)
    if path is None or kind.__eq__ is object.__eq__:
        raise _CannotWrite
    if isinstance(value, tuple) and hasattr(kind, "_fields"):
        pairs = [(name, getattr(value, name)) for name in kind._fields]
    elif dataclasses.is_dataclass(kind):
        fields = dataclasses.fields(kind)
        if any(not field.init and field.compare for field in fields):
            raise _CannotWrite
        if any(field.name.startswith("_") for field in fields if field.init):
            raise _CannotWrite
        pairs = [(field.name, getattr(value, field.name)) for field in fields if field.init]
        if "__init__" not in vars(kind) or not _is_generated(kind):
            raise _CannotWrite
    else:
        raise _CannotWrite
    parts = [
        "%s=%s" % (name, _write(item, surface, imports, left, depth + 1)) for name, item in pairs
    ]
    imports.add("from %s import %s" % path)
    return "%s(%s)" % (path[1], ", ".join(parts))


def _is_generated(kind: Any) -> bool:
    return bool(kind.__init__.__code__.co_filename == "<string>")


def _named(value: Any, surface: Surface, imports: Set[str]) -> str:
    import builtins

    name = getattr(value, "__name__", "")
    if getattr(builtins, name, None) is value:
        return str(name)
    path = surface.path_of(value)
    if path is None or path[1].startswith("_") or path[0].startswith("_"):
        raise _CannotWrite
    imports.add("from %s import %s" % path)
    return path[1]
