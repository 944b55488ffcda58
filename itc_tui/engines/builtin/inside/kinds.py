"""Kinds of values: which names, annotations and Python types ask for which."""

from __future__ import annotations

import datetime
import decimal
import enum
import inspect
import io
import pathlib
import typing
from typing import Any, Dict, List, NamedTuple, Tuple

from itc_tui.engines.builtin.inside.hints import Hint
from itc_tui.engines.builtin.inside.programs import Program

EMPTY = inspect.Parameter.empty
BY_NAME = (
    (r"path|file|fname|filename|dest|src$", "path"),
    (r"dir|folder", "dir"),
    ((r"text|string|str$|^s$|name|key|title|label|msg|message|pattern|expr|query|sql|prefix|suffix"
     r"|sep|encoding|fmt|format|content|word|line|value_?str|url|code|token|tag|lang"), "str"),
    ((r"count|size|num|^n$|^i$|^k$|index|idx|length|width|height|depth|limit|max|min|start|stop"
     r"|end|step|pos|level|indent|year|month|day|hour|minute|second|port|age|amount|qty"), "int"),
    (r"func|fn|callback|hook|predicate|handler|^f$|^cb$|factory|mapper|cond", "func"),
    (r"items|seq|list|args|values|iter|rows|tokens|elements|names|keys|nodes|lines", "list"),
    ((r"dict|map|options|opts|kwargs|params|config|settings|mapping|doc|document|data|obj|fields"
     r"|schema|state|env|attrs"), "dict"),
    (r"is_|has_|flag|strict|enable|force|verbose|recursive|^allow|^use_", "bool"),
    (r"date|time|^dt$|when", "datetime"),
    (r"bytes|raw|buf|payload|blob", "bytes"),
    (r"stream|fp$|^fh$|^f$|io$", "stream"),
    (r"ratio|rate|factor|price|weight|scale|tol", "float"),
)  # fmt: skip
_ANY_TEXT, _NUMBER = (str, bytes, bytearray), (int, float, complex, decimal.Decimal)
SAYING = (
    (r"(^|_)(path|file|fname|filename|dir|folder)$|(^|_)(file|path)_?name$", (str, bytes)),
    ((r"(^|_)(text|string|msg|message|encoding|url|uri|sep|separator|prefix|suffix|pattern|title"
      r"|label|fmt)$"), _ANY_TEXT),
    ((r"(^|_)(count|size|num|width|height|index|idx|limit|length|depth|level|indent|port|year"
      r"|month|day|hours?|minutes?|seconds?)$"), _NUMBER),
    (r"(^|_)(func|fn|callback|predicate|factory|handler|hook)$", ()),
)  # fmt: skip
"""Names that leave no doubt, and what of Python's own plain values they may stand for."""
SIMPLE: Dict[Any, str] = {
    str: "str",
    int: "int",
    float: "float",
    bool: "bool",
    bytes: "bytes",
    bytearray: "bytes",
    list: "list",
    dict: "dict",
    tuple: "tuple",
    set: "set",
    frozenset: "set",
    type(None): "none",
    pathlib.Path: "path",
    pathlib.PurePath: "path",
    datetime.datetime: "datetime",
    datetime.date: "date",
    datetime.time: "time",
    datetime.timedelta: "timedelta",
    datetime.tzinfo: "tz",
    decimal.Decimal: "decimal",
    io.StringIO: "stream",
    typing.TextIO: "stream",
    complex: "float",
    object: "any",
    typing.Any: "any",
}
PYTHON = {"str": str, "dict": dict, "list": list, "bytes": bytes, "tuple": tuple}
DEFAULTS = (bool, int, float, str, bytes, list, tuple, dict, set, frozenset)
"""Of a parameter without a type, one of these as its default tells what is meant."""
TAGS = ["str", "int", "list", "dict", "float", "none", "bool", "func", "tuple", "bytes"]


class Arg(NamedTuple):
    program: Program
    code: str
    tag: str


class Param(NamedTuple):
    name: str
    kind: Any
    has_default: bool
    annotation: Any
    hint: Hint
    evidence: List[Tuple[str, Program]]
    """Expressions, each with what has to stand before it."""
    default: Any = EMPTY


def is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, enum.Enum)
