"""Fixtures that the target's conftest files offer where our tests go, as their syntax tells."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from itc_tui.domain.case_syntax import FunctionNode, called, dotted
from itc_tui.engines.builtin.inside.parsing import parsed_source

MADE_WITHOUT_PYTEST = ("tmp_path", "monkeypatch")
"""What pytest itself gives, and the box can give just as well."""


@dataclass(frozen=True)
class FixtureSyntax:
    name: str
    file: str
    line: int
    needs: tuple[str, ...] = ()
    scope: str = "function"
    is_autouse: bool = False
    has_parameters: bool = False
    is_async: bool = False
    says: str = ""

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}"


def visible_fixtures(root: Path, tests_dir: str) -> dict[str, FixtureSyntax]:
    """By name; one further in takes the place of one further out."""
    found: dict[str, FixtureSyntax] = {}
    folders = [PurePosixPath("."), *reversed(PurePosixPath(tests_dir).parents[:-1])]
    for folder in dict.fromkeys((*folders, PurePosixPath(tests_dir))):
        path = root / folder / "conftest.py"
        try:
            tree = parsed_source(path.read_text(encoding="utf-8"))
        except (OSError, SyntaxError, ValueError):
            continue
        where = path.relative_to(root).as_posix()
        found |= {fixture.name: fixture for fixture in _fixtures_in(tree, where)}
    return found


def objection_to(fixture: FixtureSyntax, every: dict[str, FixtureSyntax]) -> str:
    """Why no drafted test asks for it; empty when nothing speaks against, as far as syntax goes."""
    if fixture.is_autouse:
        return "pytest applies it by itself"
    if fixture.has_parameters:
        return "it has several values, and would multiply the tests"
    if fixture.is_async:
        return "it has to be awaited"
    for need in fixture.needs:
        if need in MADE_WITHOUT_PYTEST:
            continue
        if need not in every or need == fixture.name:
            return f"it needs `{need}`, which only a whole pytest run gives"
        if why := objection_to(every[need], {k: v for k, v in every.items() if k != fixture.name}):
            return f"it needs `{need}`: {why}"
    return ""


def _fixtures_in(tree: ast.Module, file: str) -> Iterator[FixtureSyntax]:
    for node in tree.body:
        if not isinstance(node, FunctionNode):
            continue
        for decorator in node.decorator_list:
            name = called(decorator) or dotted(decorator)
            if name.split(".")[-1] in ("fixture", "yield_fixture"):
                yield _read(node, decorator, file)


def _read(node: FunctionNode, decorator: ast.expr, file: str) -> FixtureSyntax:
    given = decorator.keywords if isinstance(decorator, ast.Call) else []
    options = {one.arg: one.value for one in given if one.arg}

    def option(name: str) -> object:
        value = options.get(name)
        return value.value if isinstance(value, ast.Constant) else None

    arguments = node.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return FixtureSyntax(
        name=str(option("name") or node.name),
        file=file,
        line=node.lineno,
        needs=tuple(argument.arg for argument in every),
        scope=str(option("scope") or ("unknown" if "scope" in options else "function")),
        is_autouse=bool(option("autouse")),
        has_parameters="params" in options,
        is_async=isinstance(node, ast.AsyncFunctionDef),
        says=(ast.get_docstring(node) or "").split("\n")[0],
    )
