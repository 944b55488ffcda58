"""What a case was seen to catch need not be shown twice: neither it nor the code has changed.

A plan is proved before a person sees it, and what is developed from it is proved again. Each case
still has to hold then, in every run; only the faults that it caught are not put a second time.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from itc_tui.adapters.proving.findings import Evidence
from itc_tui.domain.requests import DraftFile


@dataclass(frozen=True)
class _Count:
    tried: int
    caught: int
    crashed: int
    survived: int

    def settles(self, faults: int) -> bool:
        """Enough were caught, or each that there is crashed the code."""
        return self.caught >= faults or (self.crashed > 0 and not self.survived)


class AlreadyShown:
    """Belongs to one prover, and is filled by nothing but its own runs."""

    def __init__(self) -> None:
        self._seen: dict[str, _Count] = {}

    def holds(self, key: str, faults: int) -> bool:
        """More faults would show nothing new where so many are wanted."""
        return key in self._seen and self._seen[key].settles(faults)

    def settle(self, tried: Iterable[Evidence], keys: Mapping[str, str], faults: int) -> None:
        """Give what is known to those that were not tried again, and keep what the others show."""
        for each in tried:
            key = keys[each.node_id]
            if self.holds(key, faults):
                count = self._seen[key]
                each.tried, each.caught = count.tried, count.caught
                each.crashed, each.survived = count.crashed, count.survived
            elif key and (each.caught or not each.ran_out_of_time):
                self._seen[key] = _Count(each.tried, each.caught, each.crashed, each.survived)


def key_of(case_text: str, boundary: str, sources: Iterable[str]) -> str:
    """Of a case beside the code that it enters; empty where its text is not known."""
    if not case_text:
        return ""
    mark = hashlib.sha256(f"{boundary}\n{case_text}".encode())
    for source in sorted(sources):
        mark.update(f"\n{source}\n".encode())
        mark.update(Path(source).read_bytes())
    return mark.hexdigest()


def texts_of(file: DraftFile) -> dict[str, str]:
    """Case id → its function with all of its file that it may lean on, but for other cases."""
    try:
        tree = ast.parse(file.text)
    except (SyntaxError, ValueError):
        return {}
    names = {case.function.split("[", 1)[0] for case in file.cases}
    own: dict[str, ast.stmt] = {}
    rest: list[ast.stmt] = []
    imports: list[ast.Import | ast.ImportFrom] = []
    for name, node in _pieces(tree):
        if name in names:
            own[name] = node
        elif isinstance(node, ast.Import | ast.ImportFrom):
            imports.append(node)
        else:
            rest.append(node)
    beside = "\n".join(map(ast.unparse, rest))
    leant_on = {name for node in rest for name in _names_in(node)}
    texts = {}
    for name, node in own.items():
        used = _names_in(node) | leant_on
        lines = sorted(line for one in imports for line in _lines_of(one, used))
        texts[name] = "\n".join((file.path.rpartition("/")[0], *lines, beside, ast.unparse(node)))
    return {
        case.case_id: texts.get(case.function.split("[", 1)[0], "") + case.function
        for case in file.cases
        if case.function.split("[", 1)[0] in texts
    }


def _pieces(tree: ast.Module) -> Iterable[tuple[str, ast.stmt]]:
    """What the file is made of, with the names of cases; docstrings are none of it."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                yield f"{node.name}::{getattr(inner, 'name', '')}", inner
            node.body = [ast.Pass()]
            yield "", node
        elif not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            yield getattr(node, "name", ""), node


def _names_in(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _lines_of(node: ast.Import | ast.ImportFrom, used: set[str]) -> list[str]:
    """One line per name: what else the statement brings in depends on other cases."""
    where = ""
    if isinstance(node, ast.ImportFrom):
        where = f"from {'.' * node.level}{node.module or ''} "
    return [
        f"{where}import {alias.name} as {alias.asname}"
        for alias in node.names
        if (alias.asname or alias.name.split(".")[0]) in used or alias.name == "*"
    ]
