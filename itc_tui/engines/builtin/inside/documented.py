"""What the docstring of the function that a statement calls says of the value that came back."""

from __future__ import annotations

import ast
import inspect
import types
from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Tuple

from itc_tui.engines.builtin.inside.promises.said import NOTHING, Said, said_in
from itc_tui.engines.builtin.inside.promises.sentences import of_the_result
from itc_tui.engines.builtin.inside.surface import Surface

SOURCE = "docstring of "
"""How the source of a documented None begins."""
_LONGEST = 140
_FEWEST_BLANKS = 3
"""Of a sentence that is worth a quotation."""


class Documented(NamedTuple):
    source: str = ""
    """Who promises just this value."""
    told: str = ""
    """Words about the value, which promise less than all of it."""
    is_ruled_out: bool = False
    """The words say that there is no such value."""


class Docstrings:
    def __init__(self, surface: Surface) -> None:
        self._tops = surface.tops
        self._known: Dict[Any, Tuple[List[Said], str]] = {}

    def of(self, code: str, value: Any, space: Mapping[str, Any]) -> Documented:
        func = called_by(code, space)
        if func is None or (getattr(func, "__module__", "") or "").split(".")[0] not in self._tops:
            return Documented()
        every, first = self._read(func)
        if any(said.is_kept_by(value) is False for said in every):
            return Documented(is_ruled_out=True)
        nothing = next((said.text for said in every if said.kind == NOTHING), "")
        name = func.__name__
        words = _short(nothing if value is None else first)
        told = "the docstring of `%s` says: ‘%s’" % (name, words) if words else ""
        is_promised = value is None and bool(words)
        return Documented("%s%s: %s" % (SOURCE, name, words) if is_promised else "", told)

    def _read(self, func: Any) -> Tuple[List[Said], str]:
        if func not in self._known:
            text = inspect.getdoc(func) or ""
            self._known[func] = said_in(text), _most_telling(of_the_result(text))
        return self._known[func]


def called_by(code: str, space: Mapping[str, Any]) -> Optional[Any]:
    """The function behind a call, or a look at an attribute, with nothing around it.

    Nothing is run for the answer: it is read from modules and classes.
    """
    try:
        node = ast.parse(code.strip(), mode="eval").body
    except SyntaxError:
        return None
    node = node.value if isinstance(node, ast.Await) else node
    if isinstance(node, ast.Call):
        thing = _held(node.func, space)
        if thing is not None and not isinstance(thing, (types.FunctionType, type)):
            thing = inspect.getattr_static(type(thing), "__call__", None)
    else:
        thing = _held(node, space) if isinstance(node, ast.Attribute) else None
        if not isinstance(thing, property):
            return None
    thing = getattr(thing, "fget", None) or getattr(thing, "__func__", thing)
    thing = inspect.unwrap(thing) if callable(thing) else None
    return thing if isinstance(thing, types.FunctionType) else None


def _most_telling(sentences: List[str]) -> str:
    """The first that says more than “the distance”."""
    return next((one for one in sentences if one.count(" ") >= _FEWEST_BLANKS), "")


def _held(node: ast.expr, space: Mapping[str, Any]) -> Any:
    if isinstance(node, ast.Name):
        return space.get(node.id)
    if not isinstance(node, ast.Attribute):
        return None
    owner = _held(node.value, space)
    if owner is None:
        return None
    where = owner if isinstance(owner, (type, types.ModuleType)) else type(owner)
    thing = inspect.getattr_static(where, node.attr, None)
    return getattr(thing, "__func__", thing)


def _short(text: str) -> str:
    text = text.rstrip(".")
    return text if len(text) <= _LONGEST else text[:_LONGEST].rpartition(" ")[0] + " …"
