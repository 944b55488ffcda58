"""By which names a source file of the target refers to what lies outside."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass

from itc_tui.engines.builtin.inside.parsing import parsed_source
from itc_tui.engines.builtin.stand_ins.stand_in import Outside


@dataclass(frozen=True)
class Reference:
    """One name of one module of the target that stands for a thing outside."""

    module: str
    """Of the target: `shop.orders`."""
    file: str
    name: str
    """As the module calls it: `dt`."""
    means: str
    """What it stands for: `datetime`, or `datetime.datetime`."""
    is_hidden: bool = False
    """The dotted path does not lead to the module: its package has something else there."""

    def given(self, value: str, inner: str = "") -> str:
        """The line of a fixture that lets the name, or what it has inside, mean something else."""
        if not self.is_hidden:
            path = f"{self.module}.{self.name}" + (f".{inner}" if inner else "")
            return f'    monkeypatch.setattr("{path}", {value})\n'
        module = f'importlib.import_module("{self.module}")'
        owner, name = (f"{module}.{self.name}", inner) if inner else (module, self.name)
        return f'    monkeypatch.setattr({owner}, "{name}", {value})\n'


def imports_for(references: Iterable[Reference]) -> tuple[str, ...]:
    """What the lines that they are given need."""
    return ("import importlib",) if any(one.is_hidden for one in references) else ()


def references_in(outside: Outside, *tops: str) -> list[Reference]:
    """Names that are bound at the top of a module, for only those can be given another meaning."""
    found = []
    for point in outside.points:
        for file in dict.fromkeys(site.file for site in point.sites):
            for name, means in _names(outside.sources.get(file, "")).items():
                if means.split(".")[0] in tops or means in tops:
                    is_hidden = point.from_module in outside.hidden
                    found.append(Reference(point.from_module, file, name, means, is_hidden))
    return list(dict.fromkeys(found))


def is_hidden(module: str, package: ast.Module) -> bool:
    """The package gives the module's name to something else, as `from .clock import clock` does."""
    parent, _, last = module.rpartition(".")
    names: set[str] = set()
    for node in package.body:
        if isinstance(node, ast.ImportFrom) and node.module not in (None, parent):
            names.update(alias.asname or alias.name for alias in node.names)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
    return last in names


def _names(text: str) -> dict[str, str]:
    try:
        tree = parsed_source(text)
    except (SyntaxError, ValueError):
        return {}
    names: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.asname:
                    names[alias.asname] = alias.name
                else:
                    names[alias.name.split(".")[0]] = alias.name.split(".")[0]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names
