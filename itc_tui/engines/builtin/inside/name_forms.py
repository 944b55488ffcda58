"""Names that code puts together: of `f"visit_{kind}"`, the kinds that exist."""

from __future__ import annotations

import ast
import re
from typing import Any, Collection, Dict, Iterator, List, NamedTuple, Tuple

_HOLE = "\0"
_FORM = re.compile(r"(\w*)\0(\w*)")
_FEWEST_LETTERS = 3
_FEWEST_FITTING = 2


class Form(NamedTuple):
    before: str
    after: str
    lines: Tuple[int, ...]
    """Where such a name is put together."""


def forms_in(tree: ast.Module) -> List[Form]:
    """The narrower first: `first_function` is of `{}_function` rather than of `first_{}`."""
    lines: Dict[Tuple[str, str], List[int]] = {}
    for node in ast.walk(tree):
        for text in _texts_of(node):
            found = _FORM.fullmatch(text)
            if found and len(found[1] + found[2]) >= _FEWEST_LETTERS:
                last = getattr(node, "end_lineno", None) or node.lineno  # type: ignore[attr-defined]
                every = range(node.lineno, last + 1)  # type: ignore[attr-defined]
                lines.setdefault((found[1], found[2]), []).extend(every)
    forms = [Form(before, after, tuple(at)) for (before, after), at in lines.items()]
    return sorted(forms, key=lambda form: (-len(form.before + form.after), form))


def words_of(form: Form, names: Collection[str]) -> Dict[str, Tuple[str, ...]]:
    """Name → the words that it is found by; with dashes too, as texts have them."""
    found = {}
    for name in names:
        length = len(name) - len(form.before) - len(form.after)
        if length > 0 and name.startswith(form.before) and name.endswith(form.after):
            word = name[len(form.before) : len(form.before) + length]
            found[name] = tuple(dict.fromkeys((word.replace("_", "-"), word)))
    return found if len(found) >= _FEWEST_FITTING else {}


def _texts_of(node: ast.AST) -> Iterator[str]:
    """What a node says, with a hole for what is put in."""
    if isinstance(node, ast.JoinedStr):
        yield "".join(_said(part) for part in node.values)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        yield _added(node)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        yield re.sub(r"%[sr]", _HOLE, _said(node.left))
    elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "format":
        yield re.sub(r"\{\w*\}", _HOLE, _said(node.func.value))  # type: ignore[attr-defined]


def _added(node: Any) -> str:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _added(node.left) + _added(node.right)
    return _said(node)


def _said(node: Any) -> str:
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return str(node.value) if is_text else _HOLE
