"""What one case executes: functions by module, and lines of the files asked for.

Lives in somebody else's interpreter: standard library only, Python 3.9 and up.
"""

from __future__ import annotations

import os
import sys
import threading
from typing import Any

from itc_copies import KEPT  # type: ignore[import-not-found]

OPTIMIZED = 0x1
"""Flag of the code of functions; modules and class bodies, which run at import, lack it."""
NOT_LIBRARIES = frozenset(
    {"_pytest", "pytest", "pluggy"} | set(getattr(sys, "stdlib_module_names", ()))
)


class Watch:
    """What one case executes: functions by module, and lines of the files asked for."""

    def __init__(self, tree: str, names: list[str], line_files: list[str]) -> None:
        self.tree, self.names = tree, frozenset(names)
        self.line_files = frozenset(line_files)
        self.codes: set[Any] = set()
        self.libraries: set[str] = set()
        self.raised: set[str] = set()
        self.lines: set[tuple[str, int]] = set()
        self.asked: set[str] = set()
        """Environment variables that the target asked for, and that are not set."""

    def start(self) -> None:
        self.codes, self.libraries, self.lines, self.raised = set(), set(), set(), set()
        self.asked = set()
        threading.setprofile(self.profile)
        sys.setprofile(self.profile)
        threading.settrace(self.trace)
        sys.settrace(self.trace)

    def stop(self) -> None:
        sys.setprofile(None)
        threading.setprofile(None)
        sys.settrace(None)
        threading.settrace(None)

    def profile(self, frame: Any, event: str, arg: Any) -> None:
        if event == "call":
            module = frame.f_globals.get("__name__")
            if self.is_own(frame):
                self.codes.add((frame.f_code, module))
            elif module == "os" and frame.f_code.co_name == "__getitem__":
                self.note_variable(frame)
            elif frame.f_back is not None and self.is_own(frame.f_back):
                self.libraries.add(str(module))
        elif event == "c_call" and self.is_own(frame):
            owner = getattr(arg, "__self__", None)
            name = getattr(arg, "__module__", None)
            if name is None and owner is not None:
                name = getattr(owner, "__name__", None) if _is_module(owner) else None
                name = name or type(owner).__module__
            if isinstance(name, str):
                self.libraries.add(name)

    def note_variable(self, frame: Any) -> None:
        """Who asks the environment is the target, or a library on its behalf; not Python."""
        name, asker = frame.f_locals.get("key"), frame.f_back
        while asker is not None and asker.f_globals.get("__name__") in ("os", "collections.abc"):
            asker = asker.f_back
        top = str(asker.f_globals.get("__name__", "")).split(".")[0] if asker is not None else ""
        is_fit = isinstance(name, str) and name.isascii() and name.isidentifier()
        if asker is None or top in NOT_LIBRARIES or not is_fit:
            return  # no shell sets what is no name
        while asker is not None and not self.is_own(asker):
            asker = asker.f_back
        if asker is not None and name not in os.environ:
            self.asked.add(name)

    def is_own(self, frame: Any) -> bool:
        """Code of the target, also where it was made at run time, as in dataclasses."""
        module = frame.f_globals.get("__name__")
        if not isinstance(module, str) or id(frame.f_globals) in KEPT:
            return False
        return module.split(".", 1)[0] in self.names

    def trace(self, frame: Any, event: str, arg: Any) -> Any:
        if id(frame.f_globals) in KEPT:
            return None
        if event == "exception":
            # A module of nothing but error types has no function that could be entered.
            self.raised.add(arg[0].__module__)
            return self.trace
        if frame.f_code.co_filename in self.line_files:
            self.lines.add((frame.f_code.co_filename, frame.f_lineno))
        elif event == "call" and not self.is_own(frame):
            return None
        else:
            frame.f_trace_lines = False
        return self.trace

    def told(self) -> dict[str, Any]:
        entered: dict[str, set[int]] = {}
        for code, module in self.codes:
            if code.co_flags & OPTIMIZED:
                entered.setdefault(module, set()).add(code.co_firstlineno)
        for module in self.raised:
            if module.split(".", 1)[0] in self.names:
                entered.setdefault(module, set())
        files: dict[str, list[int]] = {}
        for file, line in sorted(self.lines):
            files.setdefault(file, []).append(line)
        return {
            "entered": {module: sorted(lines) for module, lines in entered.items()},
            "libraries": sorted({name.split(".")[0] for name in self.libraries}),
            "lines": files,
            "asked": sorted(self.asked),
        }


def _is_module(thing: Any) -> bool:
    return isinstance(thing, type(sys))
