"""Types of parameters as comments tell them, in code that ran on Python 2 as well."""

from __future__ import annotations

import ast
import functools
import inspect
import sys
import textwrap
from typing import Any, Dict, Iterator, List, Optional, Tuple

_THE_OBJECT_ITSELF = ("self", "cls", "mcs", "metacls", "klass")


def comment_types(func: Any) -> Dict[str, Any]:
    """Parameter → what an annotation would say; from `# type: (Text, bool) -> URL` and its like."""
    source = func.__init__ if inspect.isclass(func) else inspect.unwrap(func)
    source = getattr(source, "__func__", source)
    module = sys.modules.get(getattr(source, "__module__", None) or "")
    space = dict(vars(module)) if module is not None else {}
    found: Dict[str, Any] = {}
    for name, told in _told(source):
        try:
            found[name] = eval(told, space)
        except Exception:  # a name that only a type checker knows
            continue
    return found


def _told(source: Any) -> Tuple[Tuple[str, str], ...]:
    try:
        return _read(source)
    except TypeError:  # what cannot be hashed
        return ()


@functools.lru_cache(maxsize=None)
def _read(source: Any) -> Tuple[Tuple[str, str], ...]:
    try:
        text = textwrap.dedent(inspect.getsource(source))
        if "# type:" not in text:
            return ()
        node = ast.parse(text, type_comments=True).body[0]
    except Exception:  # no source, or nothing that can be read
        return ()
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return ()
    return tuple(_in_order(node))


def _in_order(node: Any) -> Iterator[Tuple[str, str]]:
    arguments = node.args
    plain: List[ast.arg] = [*getattr(arguments, "posonlyargs", []), *arguments.args]
    every = [*plain, *filter(None, [arguments.vararg]), *arguments.kwonlyargs]
    every += filter(None, [arguments.kwarg])
    for one in every:
        if one.type_comment:
            yield one.arg, one.type_comment
    kinds = _kinds_of(node.type_comment)
    if kinds is None:
        return
    if every and every[0].arg in _THE_OBJECT_ITSELF and len(kinds) < len(every):
        every = every[1:]
    if len(kinds) == len(every):
        yield from ((one.arg, kind) for one, kind in zip(every, kinds))


def _kinds_of(comment: Optional[str]) -> Optional[List[str]]:
    """`(int, *str) -> bool`; None where it says nothing of parameters, as `(...) -> bool` does."""
    if not comment:
        return None
    try:
        told: Any = ast.parse(comment, mode="func_type")
    except SyntaxError:
        return None
    kinds = [ast.unparse(kind) for kind in told.argtypes]
    return None if kinds == ["..."] else kinds
