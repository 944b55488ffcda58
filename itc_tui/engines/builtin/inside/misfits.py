"""Counts arguments that contradict what they are asked for by: nobody would hand them over."""

from __future__ import annotations

import ast
import inspect
import re
from typing import Any, Dict, NamedTuple, Optional, Tuple

from itc_tui.engines.builtin.inside.kinds import DEFAULTS, SAYING
from itc_tui.engines.builtin.inside.promises.fitting import NO, fit
from itc_tui.engines.builtin.inside.type_comments import comment_types
from itc_tui.engines.builtin.inside.type_hints import type_hints_of

_DISPLAYS = (
    *(ast.Constant, ast.Name, ast.List, ast.Tuple, ast.Set, ast.Dict),
    *(ast.UnaryOp, ast.unaryop, ast.expr_context),
)
"""What is there already, or made without running anything of the target."""


_ALIKE = ((int, float), (str, bytes), (list, tuple, set, frozenset))
_PLAIN = (bool, int, float, str, bytes, list, tuple, dict, set, type(None))


class _Known(NamedTuple):
    signature: inspect.Signature
    hints: Dict[str, Any]


class Misfits:
    """Reads the annotations of each function once."""

    def __init__(self) -> None:
        self._known: Dict[Any, Optional[_Known]] = {}

    def count(self, code: str, space: Dict[str, Any]) -> int:
        """In all calls of an expression whose functions can be found without running anything."""
        try:
            tree = ast.parse(code.strip())
        except (SyntaxError, ValueError):
            return 0
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        return sum(self._of_call(node, space) for node in calls)

    def _of_call(self, node: ast.Call, space: Dict[str, Any]) -> int:
        function, is_bound = _function(node.func, space)
        known = self._read(function) if function is not None else None
        if known is None or any(isinstance(one, ast.Starred) for one in node.args):
            return 0
        named = {word.arg: word.value for word in node.keywords if word.arg}
        try:
            bound = known.signature.bind_partial(*([None] * is_bound), *node.args, **named)
        except TypeError:
            return 0
        return sum(
            _contradicts(known, name, part, space)
            for name, part in bound.arguments.items()
            if isinstance(part, ast.expr)
        )

    def _read(self, function: Any) -> Optional[_Known]:
        key = id(function)
        if key not in self._known:
            try:
                hints = {**comment_types(function), **type_hints_of(function)}
                self._known[key] = _Known(inspect.signature(function), hints)
            except Exception:
                self._known[key] = None
        return self._known[key]


def _contradicts(known: _Known, name: str, node: ast.expr, space: Dict[str, Any]) -> bool:
    parameter = known.signature.parameters[name]
    plain = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    if parameter.kind not in (*plain, inspect.Parameter.KEYWORD_ONLY):
        return False
    if not all(isinstance(part, _DISPLAYS) for part in ast.walk(node)):
        return False
    try:
        value = eval(compile(ast.Expression(node), "<argument>", "eval"), dict(space))
    except Exception:
        return False
    if value is None and parameter.default is None:
        return False
    if name not in known.hints:
        return _sounds_wrong(parameter, value)
    return fit(value, known.hints[name]) == NO


def _sounds_wrong(parameter: inspect.Parameter, value: Any) -> bool:
    """A number for a `filename`, a text for a `count`: plain values only, for objects may do."""
    default = parameter.default
    if type(value) not in _PLAIN or type(value) is type(default) or value is None:
        return False
    if type(default) in DEFAULTS:
        return not any(type(value) in kinds and type(default) in kinds for kinds in _ALIKE)
    for pattern, kinds in SAYING:
        if re.search(pattern, parameter.name.lower()):
            return type(value) is bool or not isinstance(value, kinds)
    return False


def _function(node: ast.expr, space: Dict[str, Any]) -> Tuple[Any, bool]:
    """What is called, and whether its first parameter is the object that it is called on."""
    if isinstance(node, ast.Name):
        found = space.get(node.id)
        return (found if callable(found) else None), False
    if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)):
        return None, False
    owner = space.get(node.value.id)
    if inspect.ismodule(owner) or inspect.isclass(owner):
        return getattr(owner, node.attr, None), False
    found = inspect.getattr_static(type(owner), node.attr, None)
    return (found, True) if inspect.isfunction(found) else (None, False)
