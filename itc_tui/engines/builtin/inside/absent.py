"""Tells a refusal that this machine brings about, for a package is not installed here."""

from __future__ import annotations

import importlib.util
import re
from typing import Iterable, Iterator, Optional, Set

from itc_tui.engines.builtin.inside.programs import Program


def lacks_a_package(program: Program, errors: Iterable[BaseException]) -> bool:
    """Who names a module that is nowhere is refused everywhere; that may be kept."""
    missing = [
        link.name.partition(".")[0]
        for error in errors
        for link in _chain_of(error)
        if isinstance(link, ModuleNotFoundError) and link.name
    ]
    codes = [step.code for step in program.steps] if missing else []
    named = [top for top in missing if any(re.search(r"\b%s\b" % top, code) for code in codes)]
    return any(top not in named and not _is_installed(top) for top in missing)


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
