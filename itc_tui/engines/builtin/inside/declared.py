"""Compares values with the types that the target's own text declares for them."""

from __future__ import annotations

import ast
import dataclasses
import typing
from typing import Any, Dict, List, Optional

_SIMPLE = (str, int, float, bool, bytes, list, dict, tuple, set)


def mismatches_of(
    name: str, code: str, value: Any, space: Dict[str, Any], tops: Any
) -> List[List[str]]:
    """Rows of expression, declared kind, found kind, and where it is declared."""
    rows: List[List[str]] = []
    function = _called(code, space)
    if isinstance(function, type):
        return rows  # what a constructor is handed is the caller's affair
    if function is not None and _is_own(function, tops):
        declared = _simple(_hints(function).get("return"))
        if declared is not None and not _fits(value, declared):
            where = "%s()" % getattr(function, "__qualname__", "it")
            rows.append([name, declared.__name__, type(value).__name__, where])
    rows.extend(_of_fields(name, value, tops))
    if isinstance(value, (list, tuple)):
        for place, item in enumerate(value[:3]):
            rows.extend(_of_fields("%s[%d]" % (name, place), item, tops))
    return rows


def _of_fields(name: str, value: Any, tops: Any) -> List[List[str]]:
    kind = type(value)
    if not _is_own(kind, tops):
        return []
    if dataclasses.is_dataclass(value):
        fields = [field.name for field in dataclasses.fields(value)]
    else:
        fields = list(getattr(kind, "_fields", ())) if isinstance(value, tuple) else []
    rows = []
    hints = _hints(kind) if fields else {}
    for field in fields:
        declared = _simple(hints.get(field))
        if declared is None or field.startswith("_") or not hasattr(value, field):
            continue
        item = getattr(value, field)
        if not _fits(item, declared):
            where = "%s.%s" % (kind.__qualname__, field)
            rows.append(["%s.%s" % (name, field), declared.__name__, type(item).__name__, where])
    return rows


def _is_own(thing: Any, tops: Any) -> bool:
    return str(getattr(thing, "__module__", "")).split(".")[0] in tops


def _called(code: str, space: Dict[str, Any]) -> Any:
    try:
        node = ast.parse(code.strip(), mode="eval").body
    except SyntaxError:
        return None
    if not isinstance(node, ast.Call):
        return None
    parts: List[str] = []
    inner: Any = node.func
    while isinstance(inner, ast.Attribute):
        parts.append(inner.attr)
        inner = inner.value
    if not isinstance(inner, ast.Name):
        return None
    found = space.get(inner.id)
    for part in reversed(parts):
        found = getattr(found, part, None)
    return found


def _hints(thing: Any) -> Dict[str, Any]:
    try:
        return typing.get_type_hints(thing)
    except Exception:
        return {}


def _simple(hint: Any) -> Optional[type]:
    """The plain builtin kind that a hint asks for; unions and the like promise too little."""
    kind = typing.get_origin(hint) or hint
    return kind if kind in _SIMPLE else None


def _fits(value: Any, declared: type) -> bool:
    if declared is float and isinstance(value, int):
        return True
    return isinstance(value, declared)
