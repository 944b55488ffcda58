"""Take test functions out of a file's text, with what only they needed."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from itc_tui.domain.case_syntax import FunctionNode
from itc_tui.domain.requests import Draft


def without_functions(text: str, functions: Collection[str]) -> str:
    """`test_x` or `TestY::test_x`; a parameter's `[id]` takes the whole function."""
    names = {name.split("[", 1)[0] for name in functions}
    if not names:
        return text
    tree = ast.parse(text)
    spans = list(_spans(tree, names))
    if not spans:
        return text
    return _without_idle_imports(_without_idle_definitions(_cut(text, spans), _used(tree)))


def without_idle_support(draft: Draft) -> Draft:
    """Files without cases hold fixtures: those that no case asks for any more are left out."""
    asked = {
        argument.arg
        for file in draft.files
        if file.cases
        for node in ast.walk(ast.parse(file.text))
        if isinstance(node, FunctionNode)
        for argument in [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    }
    files = []
    for file in draft.files:
        if not file.cases:
            names = {name for name in map(_name, ast.parse(file.text).body) if name}
            needed = _with_what_they_use(file.text, names & asked)
            if not needed:
                continue
            file = file.but(text=without_functions(file.text, names - needed))
        files.append(file)
    return draft.but(files=tuple(files))


def _with_what_they_use(text: str, names: set[str]) -> set[str]:
    functions = {_name(node): node for node in ast.parse(text).body if _name(node)}
    found: set[str] = set()
    waiting = set(names)
    while waiting:
        found |= waiting
        inner = [one for name in waiting for one in ast.walk(functions[name])]
        used = {
            one.id if isinstance(one, ast.Name) else one.arg
            for one in inner
            if isinstance(one, ast.Name | ast.arg)
        }
        waiting = used & functions.keys() - found
    return found


def _spans(tree: ast.Module, names: set[str]) -> Iterator[tuple[int, int]]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            gone = [one for one in node.body if f"{node.name}::{_name(one)}" in names]
            rest = [one for one in node.body if one not in gone and not _is_text(one)]
            for one in [node] if gone and not rest else gone:
                yield _span(one)
        elif _name(node) in names:
            yield _span(node)


def _name(node: ast.stmt) -> str:
    return node.name if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) else ""


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _span(node: ast.stmt) -> tuple[int, int]:
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(one.lineno for one in decorators)])
    return first, node.end_lineno or node.lineno


def _cut(text: str, spans: list[tuple[int, int]]) -> str:
    lines = text.splitlines(keepends=True)
    for first, last in sorted(spans, reverse=True):
        del lines[first - 1 : last]
        # The blank lines that stood before it belong to what follows now.
        at = first - 1
        while at < len(lines) and not lines[at].strip() and at > 0 and not lines[at - 1].strip():
            del lines[at]
    return "".join(lines).rstrip() + "\n"


def _without_idle_definitions(text: str, used_before: set[str]) -> str:
    """Plain classes and functions that somebody used, and nobody does any more."""
    while True:
        tree = ast.parse(text)
        idle = used_before - _used(tree)
        spans = [
            _span(node)
            for node in tree.body
            if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
            and node.name in idle
            and not node.decorator_list
        ]
        if not spans:
            return text
        text = _cut(text, spans)


def _used(tree: ast.Module) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def _without_idle_imports(text: str) -> str:
    tree = ast.parse(text)
    used = _used(tree)
    used |= {name for node in ast.walk(tree) if (name := _text_of(node)) is not None}
    lines = text.splitlines(keepends=True)
    for node in reversed(tree.body):
        if not isinstance(node, (ast.Import, ast.ImportFrom)) or _is_future(node):
            continue
        kept = [one for one in node.names if _bound(one) in used or one.name == "*"]
        if len(kept) == len(node.names):
            continue
        first, last = _span(node)
        lines[first - 1 : last] = [ast.unparse(_with_names(node, kept)) + "\n"] if kept else []
    return "".join(lines)


def _text_of(node: ast.AST) -> str | None:
    """Names inside quoted annotations count as used."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
        return node.value
    return None


def _is_future(node: ast.Import | ast.ImportFrom) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


def _bound(alias: ast.alias) -> str:
    return alias.asname or alias.name.split(".", 1)[0]


def _with_names(
    node: ast.Import | ast.ImportFrom, names: list[ast.alias]
) -> ast.Import | ast.ImportFrom:
    if isinstance(node, ast.Import):
        return ast.Import(names=names)
    return ast.ImportFrom(module=node.module, names=names, level=node.level)
