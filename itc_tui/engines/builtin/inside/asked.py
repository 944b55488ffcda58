"""Notes which environment variables code asks for while it runs, and which of them are missing.

What a test reads of the surroundings of whoever runs it, it has to settle for itself.
"""

from __future__ import annotations

import os
import re
import sys
from typing import Any, Callable, FrozenSet, Iterable, NamedTuple, Set

_NAME = re.compile(r"[A-Za-z_]\w*", re.A)
"""What a shell can set."""
_PASSING_ON = ("os", "collections.abc", "_collections_abc")
"""Modules whose frames stand between `os.environ` and whoever asks it."""
_OF_A_MACHINE = re.compile(
    r"PATH|HOME|USERPROFILE|TMPDIR|TEMP|TMP|TZ|VIRTUAL_ENV|SYSTEMROOT|PYTHON[A-Z]+"
    r"|(?:XDG|LD|DYLD|PYTEST|COV|COVERAGE)_.*"
)
"""Python and its tools live by them: without them nothing would run, or elsewhere."""
_STEP = "<step>"


class Asked(NamedTuple):
    missing: FrozenSet[str] = frozenset()
    there: FrozenSet[str] = frozenset()
    """Set by the surroundings, and not by the code that runs."""
    set_here: FrozenSet[str] = frozenset()
    """Set by the code that runs."""
    lists_all: bool = False
    """It went through all of them, and may lean on any."""
    is_unfit: bool = False
    """It asked for a name that no shell can set, such as a sentence."""

    @property
    def every(self) -> FrozenSet[str]:
        return self.missing | self.there


class _Watched(type(os.environ)):  # type: ignore[misc]
    def __getitem__(self, name: Any) -> Any:
        try:
            value = super().__getitem__(name)
        except KeyError:
            ASKING.hear(name, is_there=False)
            raise
        ASKING.hear(name, is_there=True)
        return value

    def __iter__(self) -> Any:
        ASKING.hear_listing()
        return super().__iter__()


class Asking:
    """There is one environment, and so one who listens."""

    def __init__(self) -> None:
        self._is_own: Callable[[str], bool] = lambda _file: False
        self._at_first: FrozenSet[str] = frozenset()
        self._forget()

    def _forget(self) -> None:
        self._missing: Set[str] = set()
        self._there: Set[str] = set()
        self._set_here: Set[str] = set()
        self._is_unfit = self._lists_all = False

    def install(self, is_own: Callable[[str], bool]) -> None:
        """`is_own`: whether a file is the target's."""
        self._is_own = is_own
        self._at_first = frozenset(os.environ)
        os.environ.__class__ = _Watched

    def hear(self, name: Any, is_there: bool) -> None:
        if not isinstance(name, str) or _OF_A_MACHINE.fullmatch(name):
            return
        if not is_there:
            known = self._missing
        else:
            known = self._there if name in self._at_first else self._set_here
        if name in known or not self._is_of_target():
            return
        if _NAME.fullmatch(name):
            known.add(name)
        else:
            self._is_unfit = True

    def hear_listing(self) -> None:
        self._lists_all = self._lists_all or self._is_of_target(lists=True)

    def taken(self) -> Asked:
        """What was asked for since it was taken last."""
        asked = Asked(
            frozenset(self._missing),
            frozenset(self._there),
            frozenset(self._set_here),
            self._lists_all,
            self._is_unfit,
        )
        self._forget()
        return asked

    def _is_of_target(self, lists: bool = False) -> bool:
        """The target asks, or a library that it calls; what Python asks for is its own affair."""
        frame: Any = sys._getframe(2)
        is_first = True
        while frame is not None:
            module = str(frame.f_globals.get("__name__", ""))
            file = frame.f_code.co_filename
            if module in (__name__, *_PASSING_ON):
                if frame.f_code.co_name == "__iter__" and not lists:
                    return False  # it lists them all, and asks for none
            elif file == _STEP:
                return is_first
            elif self._is_own(file):
                return True
            else:
                top = module.split(".")[0]
                if is_first and (top in _NOT_LIBRARIES or top in sys.stdlib_module_names):
                    return False
                is_first = False
            frame = frame.f_back
        return False


_NOT_LIBRARIES = (__name__.split(".")[0], "_pytest", "pytest")
ASKING = Asking()


def make_strange(names: Iterable[str], value: str) -> None:
    """Somebody else's shell: what is missing has the value, what is there is missing."""
    for name in names:
        if name in os.environ:
            del os.environ[name]
        else:
            os.environ[name] = value
