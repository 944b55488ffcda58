"""What a parameter of a click command takes; newer typers say it by annotation and not by type."""

from __future__ import annotations

import datetime
import enum
import pathlib
import typing
import uuid
from types import SimpleNamespace
from typing import Any

_NAMES = {
    int: "integer",
    float: "float",
    bool: "boolean",
    pathlib.Path: "path",
    uuid.UUID: "uuid",
    datetime.datetime: "datetime",
}


def kind_of(param: Any) -> Any:
    """With the attributes of click's parameter types, as far as they are known."""
    kind = getattr(param, "type", None)
    if kind is not None:
        return kind
    told = getattr(param, "type_descriptor", None)
    annotation = _inner(getattr(told, "annotation", str))
    info = getattr(told, "parameter_info", None)
    is_enum = isinstance(annotation, type) and issubclass(annotation, enum.Enum)
    is_folder = annotation is pathlib.Path and getattr(info, "file_okay", True) is False
    return SimpleNamespace(
        name="directory" if is_folder else _NAMES.get(annotation, "text"),
        choices=[one.value for one in annotation] if is_enum else _literals(annotation),
        min=getattr(info, "min", None),
        max=getattr(info, "max", None),
        exists=bool(getattr(info, "exists", False)),
        formats=getattr(info, "formats", None),
    )


def _inner(annotation: Any) -> Any:
    """Of an optional or a list: what it holds."""
    arguments = [one for one in typing.get_args(annotation) if one is not type(None)]
    if typing.get_origin(annotation) is typing.Literal or not arguments:
        return annotation
    return _inner(arguments[0])


def _literals(annotation: Any) -> "list[Any]":
    is_literal = typing.get_origin(annotation) is typing.Literal
    return list(typing.get_args(annotation)) if is_literal else []
