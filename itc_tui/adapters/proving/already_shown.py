"""What a case was seen to catch need not be shown twice: neither it nor the code has changed.

A plan is proved before a person sees it, and what is developed from it is proved again. Each case
still has to hold then, in every run; only the faults that it caught are not put a second time.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Mapping, Sequence
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


def key_of(case_text: str, boundary: str, code: str) -> str:
    """Of a case beside the code that it may enter; empty where its text is not known.

    What it did enter depends on the company: another case may have filled a memory before it.
    """
    if not case_text:
        return ""
    return hashlib.sha256(f"{boundary}\n{case_text}\n{code}".encode()).hexdigest()


def digest_of(folders: Iterable[Path]) -> str:
    """Of all sources below, and those beside a folder that is a single module."""
    mark = hashlib.sha256()
    for folder in folders:
        for source in sorted([folder.with_suffix(".py"), *folder.rglob("*.py")]):
            if source.is_file():
                mark.update(f"\n{source}\n".encode())
                mark.update(source.read_bytes())
    return mark.hexdigest()


def texts_of(file: DraftFile) -> dict[str, str]:
    """Case id → its function with all of its file that it may lean on, but for other cases."""
    try:
        tree = ast.parse(file.text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
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
    texts = {}
    for name, node in own.items():
        beside = _leant_on(node, rest)
        used = {found for one in (node, *beside) for found in _names_in(one)}
        lines = sorted(line for one in imports for line in _lines_of(one, used))
        code = "\n".join(map(ast.unparse, (*beside, node)))
        texts[name] = "\n".join((file.path.rpartition("/")[0], *lines, code))
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


def _leant_on(node: ast.stmt, rest: Sequence[ast.stmt]) -> list[ast.stmt]:
    """What stands beside the cases and is used by this one, or by whatever is run for all."""
    used, found = _names_in(node), [one for one in rest if not _gives(one)]
    for one in found:
        used |= _names_in(one)
    while fresh := [one for one in rest if one not in found and _gives(one) & used]:
        found += fresh
        used |= {name for one in fresh for name in _names_in(one)}
    return [one for one in rest if one in found]


def _gives(node: ast.stmt) -> set[str]:
    """Names of what is there for those who ask for it; none of what works unasked."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return set() if "autouse" in ast.unparse(node) else {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else []
    names = {target.id for target in targets if isinstance(target, ast.Name)}
    return set() if "pytestmark" in names else names


def _names_in(node: ast.AST) -> set[str]:
    """A fixture is asked for by the name of a parameter."""
    named = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    return named | {one.arg for one in ast.walk(node) if isinstance(one, ast.arg)}


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
