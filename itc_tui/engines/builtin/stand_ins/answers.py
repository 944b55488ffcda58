"""What a service may answer, guessed from what the code takes out of an answer."""

from __future__ import annotations

import ast
from typing import Any

from itc_tui.engines.builtin.inside.parsing import parsed_source

Path = tuple[Any, ...]
"""Keys and places, outermost first."""
_SAMPLES: tuple[Any, ...] = (7, "tea", 2.5)


def sample_answers(sources: dict[str, str]) -> list[str]:
    """Python of JSON bodies that hold every key the code asks for, with values of some kinds."""
    paths: list[Path] = []
    for text in sources.values():
        try:
            tree = parsed_source(text)
        except (SyntaxError, ValueError):
            continue
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                paths += _paths_in(function)
    whole = [path for path in paths if not any(_begins(other, path) for other in paths)]
    bodies = []
    for leaf in _SAMPLES:
        body: Any = {}
        for path in whole:
            body = _with(body, path, leaf)
        bodies.append(repr(body))
    return list(dict.fromkeys(bodies))


def _paths_in(function: ast.AST) -> list[Path]:
    """What is looked up, also through names: `for one in answer["members"]: one["mail"]`."""
    known: dict[str, Path] = {}
    nodes = list(ast.walk(function))
    for _ in range(2):  # a comprehension is walked before the names inside it are known
        for node in nodes:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                known |= {node.targets[0].id: path} if (path := _path(node.value, known)) else {}
            elif isinstance(node, ast.For | ast.comprehension) and isinstance(
                node.target, ast.Name
            ):
                path = _path(node.iter, known)
                is_whole = isinstance(node.iter, ast.Call) and not path
                if path or (is_whole and ast.unparse(node.iter).endswith(".json()")):
                    known[node.target.id] = (*path, 0)
    return [path for node in nodes if (path := _path(node, known))]


def _path(node: ast.AST, known: dict[str, Path]) -> Path:
    """`x["rates"]["EUR"]` and `x.get("rates")`: the keys, outermost first."""
    if isinstance(node, ast.Name):
        return known.get(node.id, ())
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        key = node.slice.value if isinstance(node.slice, ast.Constant) else None
        return (*_path(node.value, known), key) if isinstance(key, str | int) else ()
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        is_asked = node.func.attr == "get" and len(node.args) in (1, 2)
        if is_asked and isinstance(node.args[0], ast.Constant):
            key = node.args[0].value
            is_key = isinstance(key, str) and key.isidentifier()
            return (*_path(node.func.value, known), key) if is_key else ()
    return ()


def _begins(other: Path, path: Path) -> bool:
    return len(other) > len(path) and other[: len(path)] == path


def _with(body: Any, path: Path, leaf: Any) -> Any:
    if not path:
        return leaf
    key, rest = path[0], path[1:]
    if isinstance(key, int):
        items = body if isinstance(body, list) and body else [{}]
        return [_with(items[0], rest, leaf), *items[1:]]
    known = body if isinstance(body, dict) else {}
    return {**known, key: _with(known.get(key, {}), rest, leaf)}
