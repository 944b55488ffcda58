"""By which names a source file of the target refers to what lies outside."""

from __future__ import annotations

import ast
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

    @property
    def path(self) -> str:
        return f"{self.module}.{self.name}"


def references_in(outside: Outside, *tops: str) -> list[Reference]:
    """Names that are bound at the top of a module, for only those can be given another meaning."""
    found = []
    for point in outside.points:
        for file in dict.fromkeys(site.file for site in point.sites):
            for name, means in _names(outside.sources.get(file, "")).items():
                if means.split(".")[0] in tops or means in tops:
                    found.append(Reference(point.from_module, file, name, means))
    return list(dict.fromkeys(found))


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
