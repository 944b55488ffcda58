"""A drafted file as the rules of the gate see it."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from itc_tui.domain.case_syntax import CaseSyntax, FunctionNode, cases_in, dotted, functions_in
from itc_tui.domain.known_names import KnownNames
from itc_tui.domain.requests import DraftFile, Issue


@dataclass(frozen=True)
class Reading:
    file: DraftFile
    tree: ast.Module
    cases: tuple[CaseSyntax, ...]
    functions: Mapping[str, FunctionNode]
    known: KnownNames
    origins: Mapping[str, str]
    """Name in this file → dotted name of what it was imported as."""

    def origin(self, node: ast.AST) -> str:
        """Full dotted name of what a chain of names stands for; empty when it is no import."""
        head, _, rest = dotted(node).partition(".")
        if head not in self.origins:
            return ""
        return self.origins[head] + (f".{rest}" if rest else "")

    def issue(self, rule: str, message: str, line: int = 0, function: str = "") -> Issue:
        name = function or self._function_at(line)
        return Issue(path=self.file.path, line=line, function=name, rule=rule, message=message)

    def _function_at(self, line: int) -> str:
        for case in self.cases:
            if case.node.lineno <= line <= (case.node.end_lineno or 0):
                return case.name
        return ""


def read(file: DraftFile, known: KnownNames) -> Reading:
    """Raises SyntaxError when it is no Python."""
    tree = ast.parse(file.text)
    functions = functions_in(tree)
    promised = {case.function.split("[", 1)[0] for case in file.cases}
    return Reading(file, tree, cases_in(tree, promised), functions, known, _origins(tree))


def _origins(tree: ast.Module) -> dict[str, str]:
    origins: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.split(".")[0]
                origins[alias.asname or top] = alias.name if alias.asname else top
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                origins[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return origins
