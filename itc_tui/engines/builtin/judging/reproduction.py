"""The smallest program that shows a product bug: the test without pytest."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from itc_tui.domain.case_syntax import FunctionNode, dotted, functions_in, source
from itc_tui.engines.builtin.judging.facts import Facts

_GIVEN = {
    "tmp_path": ("from pathlib import Path\nimport tempfile", "Path(tempfile.mkdtemp())"),
    "monkeypatch": ("import pytest", "pytest.MonkeyPatch()"),
}


def reproduction_of(facts: Facts) -> str:
    """Stand-alone where the fixtures are simple; else the command that runs the one case."""
    command = f"# python -m pytest '{facts.failure.test}'\n"
    if facts.function is None or _uses_self(facts.function):
        return command
    tree = ast.parse(facts.source)
    try:
        setup, extra = _setup(facts.function, functions_in(tree), ())
    except _TooComplex:
        return command
    body = [source(node) for node in _until(facts.function.body, facts.failing_line)]
    text = "\n".join([*setup, *body])
    helpers = [
        source(node)
        for name, node in functions_in(tree).items()
        if f"{name}(" in text and node is not facts.function and not node.decorator_list
    ]
    imports = _imports(tree, "\n".join([text, *helpers]))
    heads = list(dict.fromkeys([*extra, *imports]))
    return "\n".join([command.rstrip(), *heads, "", *helpers, text, ""])


def _uses_self(function: FunctionNode) -> bool:
    return any(isinstance(node, ast.Name) and node.id == "self" for node in ast.walk(function))


class _TooComplex(Exception):
    pass


def _setup(
    function: FunctionNode, known: dict[str, FunctionNode], path: tuple[str, ...]
) -> tuple[list[str], list[str]]:
    """Statements that make what the parameters stand for, and the imports they need."""
    made: list[str] = []
    imports: list[str] = []
    for argument in function.args.args:
        name = argument.arg
        if name in _GIVEN:
            imports += _GIVEN[name][0].split("\n")
            made.append(f"{name} = {_GIVEN[name][1]}")
        elif name in known and name not in path:
            inner, needed = _setup(known[name], known, (*path, name))
            imports += needed
            made += [*inner, *_made_by(known[name], name)]
        elif name != "self":
            raise _TooComplex
    return list(dict.fromkeys(made)), imports


def _made_by(fixture: FunctionNode, name: str) -> Iterator[str]:
    for node in fixture.body:
        value = None
        if isinstance(node, ast.Return):
            value = node.value
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield):
            value = node.value.value
        elif any(isinstance(inner, ast.Yield | ast.Return) for inner in ast.walk(node)):
            raise _TooComplex
        elif not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            yield source(node)
            continue
        if value is not None:
            if source(value) != name:
                yield f"{name} = {source(value)}"
            return


def _until(body: list[ast.stmt], line: int) -> list[ast.stmt]:
    """Statements up to the one that failed, without the docstring."""
    kept = [
        node
        for node in body
        if (not line or node.lineno <= line)
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]
    return kept or body


def _imports(tree: ast.Module, text: str) -> list[str]:
    used = {dotted(node).split(".")[0] for node in ast.walk(ast.parse(text))}
    found = []
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [a for a in node.names if (a.asname or a.name).split(".")[0] in used]
            if not names:
                continue
            kept = (
                ast.Import(names)
                if isinstance(node, ast.Import)
                else ast.ImportFrom(node.module, names, node.level)
            )
            found.append(ast.unparse(kept))
    return found
