"""Tells a refusal that this machine brings about, for a package is not installed here."""

from __future__ import annotations

import ast
import importlib.util
import re
from typing import Iterable, Iterator, List, Optional, Set

from itc_tui.engines.builtin.inside.programs import Program


def lacks_a_package(program: Program, errors: Iterable[BaseException]) -> bool:
    """Who names a module that is nowhere is refused everywhere; that may be kept."""
    errors = list(errors)
    said = _texts_in(program)
    if any(type(error) is ImportError and not _is_of(str(error), said) for error in errors):
        return True
    missing = [
        link.name.partition(".")[0]
        for error in errors
        for link in _chain_of(error)
        if isinstance(link, ModuleNotFoundError) and link.name
    ]
    named = [top for top in missing if any(re.search(r"\b%s\b" % top, text) for text in said)]
    return any(top not in named and not _is_installed(top) for top in missing)


def _texts_in(program: Program) -> List[str]:
    """What it says, and not what it calls: a method may bear the name of the package it needs."""
    nodes: List[ast.AST] = []
    for step in program.steps:
        try:
            nodes += ast.walk(ast.parse(step.code.strip()))
        except SyntaxError:
            continue
    values = [node.value for node in nodes if isinstance(node, ast.Constant)]
    return [value for value in values if isinstance(value, str) and value]


def _is_of(message: str, said: Iterable[str]) -> bool:
    """It complains of something that was handed over."""
    return any(re.search(r"(?<!\w)%s(?!\w)" % re.escape(text), message) for text in said)


def _chain_of(error: BaseException) -> Iterator[BaseException]:
    seen: Set[int] = set()
    link: Optional[BaseException] = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or link.__context__


def _is_installed(top: str) -> bool:
    try:
        return importlib.util.find_spec(top) is not None
    except (ImportError, ValueError, AttributeError):
        return False
