"""Warnings as the target's own pytest would have them: errors, where its settings say so."""

from __future__ import annotations

import importlib
import re
import warnings
from typing import Any, List, NamedTuple, Optional

_MOST_PARTS = 5


class Filter(NamedTuple):
    is_error: bool
    message: str
    """A pattern."""
    kind: Any
    module: str
    """A pattern."""
    line: int


class Filters:
    def __init__(self) -> None:
        self._written: List[str] = []
        self._read: Optional[List[Filter]] = None

    def take(self, written: List[str]) -> None:
        """Of two that fit a warning, the later counts."""
        self._written, self._read = written, None

    def apply(self) -> None:
        """Into the filters of Python as they are now; what is no error is not told."""
        if self._read is None:  # not before: they may name what the target itself defines
            self._read = [one for one in map(_read, self._written) if one is not None]
        warnings.simplefilter("ignore")
        for one in self._read:
            action: Any = "error" if one.is_error else "ignore"
            warnings.filterwarnings(action, one.message, one.kind, one.module, one.line)


FILTERS = Filters()


def _read(written: str) -> Optional[Filter]:
    """None for one that pytest would not take either."""
    parts = [part.strip() for part in written.split(":", _MOST_PARTS - 1)]
    action, message, kind, module, line = parts + [""] * (_MOST_PARTS - len(parts))
    try:
        found = _kind(kind)
        if not (isinstance(found, type) and issubclass(found, Warning)):
            return None
        re.compile(message), re.compile(module)
        return Filter(action == "error", message, found, module, int(line or 0))
    except Exception:  # no pattern, or whatever it is that cannot be imported
        return None


def _kind(name: str) -> Any:
    module, _, last = name.rpartition(".")
    return getattr(importlib.import_module(module or "builtins"), last or "Warning")
