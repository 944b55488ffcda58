"""Tells a refusal that this machine brings about, for a package is not installed here."""

from __future__ import annotations

import ast
import importlib.util
import linecache
import re
from typing import Iterable, Iterator, List, Optional, Set

from itc_tui.engines.builtin.inside.programs import Program


def lacks_a_package(program: Program, errors: Iterable[BaseException]) -> bool:
    """Who names a module that is nowhere is refused everywhere; that may be kept."""
    errors = list(errors)
    said = _texts_in(program)
    if any(type(error) is ImportError and not _is_of(str(error), said) for error in errors):
        return True
    for link in (link for error in errors for link in _chain_of(error)):
        if isinstance(link, ModuleNotFoundError) and link.name:
            top = link.name.partition(".")[0]
            is_named = any(re.search(r"\b%s\b" % top, text) for text in said)
            if not _is_installed(top) and (not is_named or _is_written_down(link)):
                return True
    return False


def _is_written_down(error: BaseException) -> bool:
    """It is the code's own import that fails, whatever was said."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return False
    line = linecache.getline(trace.tb_frame.f_code.co_filename, trace.tb_lineno)
    return line.strip().startswith(("import ", "from "))


def _texts_in(program: Program) -> List[str]:
    """What it says where it is refused, and not what it calls: a method may bear the name of the
    package it needs."""
    nodes: List[ast.AST] = []
    refused = [step for step in program.steps if step.kind == "raises"]
    for step in refused or program.steps[-1:]:
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
