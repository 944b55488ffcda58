"""Writes a value as Python that makes an equal one, where that is possible."""

from __future__ import annotations

import builtins
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
from typing import Any, Callable, Dict, NamedTuple, Optional, Set

from itc_tui.engines.builtin.inside.places import names_a_place
from itc_tui.engines.builtin.inside.surface import Surface

MAX_LETTERS = 900
_DEEPEST = 7
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
    return _Writing(surface, limit).whole(value)


def written_as_equal(value: Any, surface: Surface, limit: int = MAX_LETTERS) -> Optional[Written]:
    """An heir of Python's own kinds as what it inherits from, where it is equal to that."""
    return _Writing(surface, limit, takes_heirs=True).whole(value)


def holds_today(text: str) -> bool:
    """The text holds the present day or moment, and will be another one tomorrow."""
    now = _STARTED
    days = {time.gmtime(now)[:3], time.localtime(now)[:3]}
    marks = [str(int(now))[:6]]
    for year, month, day in days:
        marks += ["%d-%02d-%02d" % (year, month, day), "%d, %d, %d" % (year, month, day)]
        marks += ["%d%02d%02d" % (year, month, day), "%02d/%02d/%d" % (day, month, year)]
    return any(mark in text for mark in marks)


class _Writing:
    """One text in the making."""

    def __init__(self, surface: Surface, limit: int, *, takes_heirs: bool = False) -> None:
        self._surface, self._limit, self._left = surface, limit, limit
        self._takes_heirs = takes_heirs
        self._imports: Set[str] = set()

    def whole(self, value: Any) -> Optional[Written]:
        try:
            code = self._write(value, 0)
        except Exception:  # also what the value itself makes of being read
            return None
        is_of_here = _ADDRESS.search(code) or holds_today(code) or names_a_place(code)
        if len(code) > self._limit or is_of_here:
            return None
        return Written(code, self._imports)

    def _write(self, value: Any, depth: int) -> str:
        self._left -= 2
        if self._left < 0 or depth > _DEEPEST:
            raise _CannotWrite
        kind = type(value)
        if value is None or value is Ellipsis or value is NotImplemented or kind is bool:
            return repr(value)
        if kind is int:
            if value.bit_length() > 256:
                raise _CannotWrite
            return repr(value)
        if kind in (str, bytes):
            self._left -= len(value)
            return repr(value)
        if kind is float or kind is complex:
            return _number(value)
        if kind in (list, tuple, set, frozenset, dict, collections.OrderedDict, collections.deque):
            return self._container(value, kind, depth)
        if isinstance(value, enum.Enum):
            return self._member(value)
        text = _from_library(value, kind, self._imports)
        if text is not None:
            return text
        try:
            return self._record(value, kind, depth)
        except _CannotWrite:
            # Held in something else, an heir is equal to what it inherits from.
            may_be_heir = depth > 0 or self._takes_heirs
            equal = _as_it_inherits(value, kind) if may_be_heir else None
            if equal is None:
                raise
        return self._write(equal, depth)

    def _container(self, value: Any, kind: Any, depth: int) -> str:
        def inner(item: Any) -> str:
            return self._write(item, depth + 1)

        if kind is dict:
            return "{%s}" % ", ".join("%s: %s" % (inner(k), inner(v)) for k, v in value.items())
        if kind is collections.OrderedDict:
            self._imports.add("from collections import OrderedDict")
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
            self._imports.add("from collections import deque")
            return "deque([%s])" % ", ".join(parts)
        return "[%s]" % ", ".join(parts)

    def _member(self, value: Any) -> str:
        path = self._surface.path_of(type(value))
        name = value.name
        if name is None or "|" in str(name):
            raise _CannotWrite
        module, kind = path or (type(value).__module__, type(value).__qualname__)
        is_private = any(part.startswith("_") for part in (*module.split("."), *kind.split(".")))
        if path is None and (module == "builtins" or is_private):
            raise _CannotWrite
        self._imports.add("from %s import %s" % (module, kind.split(".")[0]))
        return "%s.%s" % (kind, name)

    def _record(self, value: Any, kind: Any, depth: int) -> str:
        if isinstance(value, (type, types.FunctionType, types.BuiltinFunctionType)):
            return self._named(value)
        path = self._surface.path_of(kind)
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
        parts = ["%s=%s" % (name, self._write(item, depth + 1)) for name, item in pairs]
        self._imports.add("from %s import %s" % path)
        return "%s(%s)" % (path[1], ", ".join(parts))

    def _named(self, value: Any) -> str:
        name = getattr(value, "__name__", "")
        if getattr(builtins, name, None) is value:
            return str(name)
        path = self._surface.path_of(value)
        if path is None or path[1].startswith("_") or path[0].startswith("_"):
            raise _CannotWrite
        self._imports.add("from %s import %s" % path)
        return path[1]


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


def _is_generated(kind: Any) -> bool:
    return bool(kind.__init__.__code__.co_filename == "<string>")
