"""Classes with declared fields: dataclasses, named tuples, attrs and pydantic models."""

from __future__ import annotations

import dataclasses
import inspect
import re
import sys
import typing
from typing import Any, Dict, Iterator, NamedTuple, Optional, Tuple

_DEPTH = 3
_MISSING = object()


class Field(NamedTuple):
    name: str
    annotation: Any
    default: Any


def fields_of(kind: Any) -> Dict[str, Field]:
    """Declared fields whose annotations can be read; empty for any other class."""
    names = _declared(kind)
    if not names:
        return {}
    try:
        hints = typing.get_type_hints(kind, include_extras=True)
    except Exception:
        return {}
    return {
        name: Field(name, hints[name], default)
        for name, default in names.items()
        if name in hints and not name.startswith("_")
    }


def default_of(field: Field) -> Tuple[bool, Any]:
    return field.default is not _MISSING, field.default


def _declared(kind: Any) -> Dict[str, Any]:
    if not inspect.isclass(kind):
        return {}
    if dataclasses.is_dataclass(kind):
        return {
            field.name: _MISSING if field.default is dataclasses.MISSING else field.default
            for field in dataclasses.fields(kind)
        }
    if issubclass(kind, tuple) and hasattr(kind, "_fields"):
        return {
            name: getattr(kind, "_field_defaults", {}).get(name, _MISSING) for name in kind._fields
        }
    if hasattr(kind, "__attrs_attrs__"):
        nothing = getattr(sys.modules.get("attr"), "NOTHING", None)
        return {
            field.name: _MISSING if field.default is nothing else field.default
            for field in kind.__attrs_attrs__
        }
    if hasattr(kind, "model_fields") and hasattr(kind, "model_validate"):
        return dict.fromkeys(kind.model_fields, _MISSING)
    return {}


def has_fields(kind: Any) -> bool:
    return bool(_declared(kind))


def has_value_equality(kind: Any) -> bool:
    return bool(_declared(kind)) and kind.__eq__ is not object.__eq__


def records_in(value: Any, path: str = "", depth: int = 0) -> Iterator[Tuple[str, Any]]:
    """Every record inside a value, with the expression that leads to it."""
    if depth > _DEPTH:
        return
    names = _declared(type(value))
    if names:
        yield path, value
        for name in names:
            inner = getattr(value, name, None)
            if inner is not None and not name.startswith("_"):
                yield from records_in(inner, "%s.%s" % (path, name), depth + 1)
    elif isinstance(value, (list, tuple)):
        for place, item in enumerate(value[:5]):
            yield from records_in(item, "%s[%d]" % (path, place), depth + 1)
    elif isinstance(value, dict):
        for key, item in list(value.items())[:5]:
            if isinstance(key, (str, int)):
                yield from records_in(item, "%s[%r]" % (path, key), depth + 1)


def line_of(kind: Any, name: str) -> Optional[Tuple[int, str]]:
    """Where a field is declared, and how it reads there."""
    for owner in kind.__mro__:
        try:
            lines, first = inspect.getsourcelines(owner)
        except (OSError, TypeError):
            continue
        for place, line in enumerate(lines):
            if re.match(r"\s+%s\s*:" % re.escape(name), line):
                return first + place, line.strip().split("#")[0].strip()
    return None
