"""Objects for parameters of which only a protocol is known: what is asked of them is written down.

Whoever hands one over wants to see what was done to it, so it keeps what it is told.
"""

from __future__ import annotations

import inspect
import typing
from typing import TYPE_CHECKING, Any, Dict, List, Optional, Tuple

from itc_tui.engines.builtin.inside.kinds import Arg
from itc_tui.engines.builtin.inside.programs import Program, Step, fresh

if TYPE_CHECKING:
    from itc_tui.engines.builtin.inside.arguments import Arguments

_MOST_MEMBERS = 6
"""A reader is to see what matters; who asks for more wants something of their own."""
_FROM_POOL = 0.5
_NAMESPACE = "from types import SimpleNamespace"
_OF_LIBRARY: Dict[Tuple[str, str], Tuple[str, str]] = {
    ("logging", "Logger"): ("import logging", "logging.getLogger('tea')"),
    ("random", "Random"): ("import random", "random.Random(7)"),
    ("argparse", "Namespace"): ("import argparse", "argparse.Namespace(tea=1)"),
    ("argparse", "ArgumentParser"): ("import argparse", "argparse.ArgumentParser(prog='tea')"),
    ("fractions", "Fraction"): ("from fractions import Fraction", "Fraction(3, 4)"),
    ("uuid", "UUID"): ("import uuid", "uuid.UUID(int=7)"),
    ("io", "BytesIO"): ("import io", "io.BytesIO(b'a cup of tea')"),
    ("string", "Template"): ("import string", "string.Template('$tea')"),
    ("types", "ModuleType"): ("import types", "types.ModuleType('tea')"),
    ("xml.etree.ElementTree", "Element"): (
        "from xml.etree import ElementTree",
        "ElementTree.fromstring('<tea><cup size=\"2\">green</cup></tea>')",
    ),
}
"""Classes of Python's own that cannot be made of nothing, or would show nothing."""


def of_library(kind: Any) -> Optional[Arg]:
    found = _OF_LIBRARY.get((kind.__module__, kind.__qualname__))
    return Arg(Program((found[0],)), found[1], "") if found is not None else None


def is_protocol(kind: Any) -> bool:
    return isinstance(kind, type) and bool(vars(kind).get("_is_protocol"))


def fulfilling(maker: "Arguments", kind: Any, module: str, depth: int) -> Optional[Arg]:
    """Something of the target's that has all it asks for, or a plain object that has."""
    calls, fields = _members(kind)
    names = {*calls, *fields}
    if names == {"__call__"}:
        return Arg(Program(), _function(calls["__call__"]), "")
    held = maker.pool.with_attributes(names) if maker.rng.random() < _FROM_POOL else None
    if held is not None:
        return Arg(held.program, held.name, "")
    if not names or len(names) > _MOST_MEMBERS or "__call__" in names:
        return None
    return _recording(maker, calls, fields, module, depth)


def _recording(
    maker: "Arguments", calls: Dict[str, Any], fields: Dict[str, Any], module: str, depth: int
) -> Optional[Arg]:
    """`SimpleNamespace(log=lambda *args, **kwargs: said.append(args))`."""
    program, parts = Program((_NAMESPACE,)), []
    if calls:
        said = fresh("said")
        program = program.then(Step(said, "[]"))
        parts = ["%s=lambda *args, **kwargs: %s.append(args)" % (name, said) for name in calls]
    for name, field in fields.items():
        arg = maker.of_type(field, module, depth + 1)
        both = program.beside(arg.program) if arg is not None else None
        if arg is None or both is None:
            return None
        program = both
        parts.append("%s=%s" % (name, arg.code))
    name = fresh("fake")
    program = program.then(Step(name, "SimpleNamespace(%s)" % ", ".join(parts)))
    return Arg(program, name, "")


def _members(kind: Any) -> Tuple[Dict[str, Any], Dict[str, Any]]:
    """What can be called, and what has a value; of the protocols that it is made of, too."""
    calls: Dict[str, Any] = {}
    fields: Dict[str, Any] = {}
    for owner in kind.__mro__:
        if not is_protocol(owner):
            continue
        for name, raw in vars(owner).items():
            if name.startswith("_") and name != "__call__":
                continue
            if isinstance(raw, property):
                fields.setdefault(name, _given_by(raw))
            elif inspect.isfunction(raw):
                calls.setdefault(name, raw)
        for name in vars(owner).get("__annotations__", {}):
            if not name.startswith("_"):
                fields.setdefault(name, _annotated(owner, name))
    return calls, fields


def _annotated(owner: Any, name: str) -> Any:
    try:
        return typing.get_type_hints(owner).get(name, typing.Any)
    except Exception:
        return typing.Any


def _given_by(raw: property) -> Any:
    try:
        return typing.get_type_hints(raw.fget).get("return", typing.Any)
    except Exception:
        return typing.Any


def _function(call: Any) -> str:
    """A lambda that can be called as the protocol says."""
    try:
        rows = list(inspect.signature(call).parameters.values())[1:]
    except (TypeError, ValueError):
        return "lambda *args, **kwargs: None"
    plain = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    names: List[str] = [row.name for row in rows if row.kind in plain]
    if not names or len(names) != len(rows):
        return "lambda *args, **kwargs: None"
    return "lambda %s: %s" % (", ".join(names), names[0])
