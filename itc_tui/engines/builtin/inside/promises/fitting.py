"""Whether a value is of the kind that an annotation names, and when it clearly is not."""

from __future__ import annotations

import collections.abc as abc
import datetime
import decimal
import enum
import inspect
import typing
import uuid
from typing import Any, Iterator, List, NamedTuple, Optional, Tuple

YES, NO, UNKNOWN = "yes", "no", "unknown"
_MOST_ITEMS = 40
_SCALARS = (
    bool,
    int,
    float,
    str,
    bytes,
    decimal.Decimal,
    datetime.datetime,
    datetime.date,
    datetime.time,
    datetime.timedelta,
    uuid.UUID,
)
#: Annotated, held: widely taken for each other, and seldom a mistake that matters.
_NEAR = {
    (bool, int),
    (int, bool),
    (int, float),
    (float, int),
    (float, bool),
    (float, decimal.Decimal),
    (decimal.Decimal, int),
    (decimal.Decimal, float),
    (datetime.datetime, datetime.date),
    (datetime.date, datetime.datetime),
    (datetime.timedelta, int),
    (datetime.timedelta, float),
}


class Wrong(NamedTuple):
    """A value that is of another kind than was promised."""

    path: str
    """What leads to it from the whole: empty, `[0]`, `['key']`."""
    held: str
    kinds: Tuple[Any, ...]


def fit(value: Any, annotation: Any, depth: int = 0) -> str:
    if annotation is None:
        annotation = type(None)
    if annotation is object:
        return YES
    if annotation is Any or isinstance(annotation, (str, typing.TypeVar)) or depth > 6:
        return UNKNOWN
    if hasattr(annotation, "__supertype__"):
        return fit(value, annotation.__supertype__, depth + 1)
    if type(annotation).__name__ == "TypeAliasType":
        return fit(value, annotation.__value__, depth + 1)
    origin, args = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is not None:
        return _fit_generic(value, origin, args, depth)
    if not isinstance(annotation, type):
        return UNKNOWN
    return _fit_class(value, annotation)


def clearly_wrong(value: Any, annotation: Any) -> Optional[Wrong]:
    """The first simple value that cannot be taken for what is annotated."""
    for path, item, wanted in _simple_parts(value, annotation):
        kinds = simple_kinds(wanted)
        if not kinds or item is None or type(item) not in _SCALARS:
            continue
        if fit(item, wanted) == NO and not any(_is_near(kind, item) for kind in kinds):
            return Wrong(path, type(item).__name__, kinds)
    return None


def simple_kinds(annotation: Any) -> Tuple[Any, ...]:
    """The scalar classes and enums that an annotation allows; none when it allows anything else."""
    parts = [part for part in _members(annotation) if part is not type(None)]
    if all(_is_simple(part) for part in parts):
        return tuple(parts)
    return ()


def _is_simple(kind: Any) -> bool:
    return kind in _SCALARS or (inspect.isclass(kind) and issubclass(kind, enum.Enum))


def _is_near(kind: Any, item: Any) -> bool:
    if issubclass(kind, enum.Enum):
        # Text for a text-like member: they compare equal.
        return issubclass(kind, (str, int)) or isinstance(item, (bool, float))
    return (kind, type(item)) in _NEAR


def _members(annotation: Any) -> List[Any]:
    origin, args = typing.get_origin(annotation), typing.get_args(annotation)
    if _is_union(origin):
        return [part for arg in args for part in _members(arg)]
    if str(origin) == "typing.Annotated" or origin is typing.Annotated:
        return _members(args[0])
    if hasattr(annotation, "__supertype__"):
        return _members(annotation.__supertype__)
    return [type(None) if annotation is None else annotation]


def _simple_parts(value: Any, annotation: Any) -> Iterator[Tuple[str, Any, Any]]:
    origin, args = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (list, abc.Sequence) and args and isinstance(value, list):
        for place, item in enumerate(value[:_MOST_ITEMS]):
            yield "[%d]" % place, item, args[0]
    elif origin in (dict, abc.Mapping) and len(args) == 2 and isinstance(value, dict):
        for key, item in list(value.items())[:_MOST_ITEMS]:
            if isinstance(key, (str, int)):
                yield "[%r]" % (key,), item, args[1]
    elif origin is tuple and args and isinstance(value, tuple):
        row = [args[0]] * len(value) if args[-1] is Ellipsis else list(args)
        if len(row) == len(value):
            for place, (item, kind) in enumerate(zip(value, row)):
                yield "[%d]" % place, item, kind
    else:
        yield "", value, annotation


def _is_union(origin: Any) -> bool:
    return origin is typing.Union or str(origin) == "<class 'types.UnionType'>"


def _all(answers: List[str]) -> str:
    if NO in answers:
        return NO
    return UNKNOWN if UNKNOWN in answers else YES


def _fit_generic(value: Any, origin: Any, args: Any, depth: int) -> str:
    if _is_union(origin):
        answers = [fit(value, arg, depth + 1) for arg in args]
        return YES if YES in answers else UNKNOWN if UNKNOWN in answers else NO
    name = str(origin)
    if name == "typing.Literal" or origin is typing.Literal:
        return YES if any(type(a) is type(value) and a == value for a in args) else NO
    if origin is typing.Annotated or origin is getattr(typing, "Final", None):
        return fit(value, args[0], depth + 1) if args else UNKNOWN
    if not isinstance(origin, type) or origin in (type, abc.Callable):
        return UNKNOWN
    try:
        if not isinstance(value, origin):
            return NO
    except TypeError:
        return UNKNOWN
    if isinstance(value, (str, bytes)) and args:
        return fit(value[:1], args[0], depth + 1) if isinstance(value, str) else UNKNOWN
    if isinstance(value, tuple) and origin is tuple and args and args[-1] is not Ellipsis:
        if len(value) != len(args):
            return NO
        return _all([fit(item, kind, depth + 1) for item, kind in zip(value, args)])
    if isinstance(value, abc.Mapping) and len(args) == 2:
        pairs = list(value.items())[:_MOST_ITEMS]
        return _all([fit(part, k, depth + 1) for pair in pairs for part, k in zip(pair, args)])
    if isinstance(value, (list, tuple, set, frozenset)) and args:
        return _all([fit(item, args[0], depth + 1) for item in list(value)[:_MOST_ITEMS]])
    return UNKNOWN


def _fit_class(value: Any, kind: Any) -> str:
    if kind in (float, complex) and isinstance(value, (int, float)):
        return YES
    if getattr(kind, "_is_protocol", False) or typing.is_typeddict(kind):
        return UNKNOWN
    try:
        return YES if isinstance(value, kind) else NO
    except TypeError:
        return UNKNOWN
