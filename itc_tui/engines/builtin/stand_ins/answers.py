"""What a service may answer, guessed from what the code takes out of an answer."""

from __future__ import annotations

import ast
from typing import Any

_SAMPLES: tuple[Any, ...] = (7, "tea", 2.5)


def sample_answers(sources: dict[str, str]) -> list[str]:
    """Python of JSON bodies that hold every key the code asks for, with values of some kinds."""
    paths: list[tuple[Any, ...]] = []
    for text in sources.values():
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError):
            continue
        paths += [path for node in ast.walk(tree) if (path := _path(node))]
    whole = [path for path in paths if not any(_begins(other, path) for other in paths)]
    bodies = []
    for leaf in _SAMPLES:
        body: Any = {}
        for path in whole:
            body = _with(body, path, leaf)
        bodies.append(repr(body))
    return list(dict.fromkeys(bodies))


def _path(node: ast.AST) -> tuple[Any, ...]:
    """`x["rates"]["EUR"]` and `x.get("rates")`: the keys, outermost first."""
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        key = node.slice.value if isinstance(node.slice, ast.Constant) else None
        return (*_path(node.value), key) if isinstance(key, str | int) else ()
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        is_asked = node.func.attr == "get" and len(node.args) in (1, 2)
        if is_asked and isinstance(node.args[0], ast.Constant):
            key = node.args[0].value
            is_key = isinstance(key, str) and key.isidentifier()
            return (*_path(node.func.value), key) if is_key else ()
    return ()


def _begins(other: tuple[Any, ...], path: tuple[Any, ...]) -> bool:
    return len(other) > len(path) and other[: len(path)] == path


def _with(body: Any, path: tuple[Any, ...], leaf: Any) -> Any:
    if not path:
        return leaf
    key, rest = path[0], path[1:]
    if isinstance(key, int):
        items = body if isinstance(body, list) and body else [{}]
        return [_with(items[0], rest, leaf), *items[1:]]
    known = body if isinstance(body, dict) else {}
    return {**known, key: _with(known.get(key, {}), rest, leaf)}
