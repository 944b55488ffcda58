"""Every import of a draft exists."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from itc_tui.domain.gate.reading import Reading
from itc_tui.domain.requests import Issue


def imports_resolve(reading: Reading) -> Iterator[Issue]:
    for node in ast.walk(reading.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from _module(reading, alias.name, node.lineno)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            module = node.module or ""
            missing = list(_module(reading, module, node.lineno))
            yield from missing
            if not missing:
                yield from _names(reading, module, node)


def _module(reading: Reading, name: str, line: int) -> Iterator[Issue]:
    known = reading.known
    if known.is_own(name):
        if name not in known.modules:
            yield reading.issue("unresolved-import", f"There is no module {name}.", line)
    elif known.importable and name.split(".")[0] not in known.importable:
        yield reading.issue(
            "unresolved-import", f"{name} is neither in the repository nor installed.", line
        )


def _names(reading: Reading, module: str, node: ast.ImportFrom) -> Iterator[Issue]:
    names = reading.known.modules.get(module)
    if names is None or names.is_open:
        return
    for alias in node.names:
        inner = f"{module}.{alias.name}"
        if alias.name != "*" and alias.name not in names.defined:
            if inner in reading.known.modules:
                continue
            yield reading.issue("unresolved-import", f"{module} has no {alias.name}.", node.lineno)
