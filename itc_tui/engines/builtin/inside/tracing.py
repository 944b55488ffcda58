"""Sees which lines, jumps and calls between the target's modules a trial reaches."""

from __future__ import annotations

import contextlib
import genericpath
import os
import pathlib
import sys
import threading
from typing import Any, Callable, Dict, Iterator, Optional, Sequence, Set, Tuple

from itc_tui.engines.builtin.inside.others import is_others

Arc = Tuple[str, int, int]
Line = Tuple[str, int]
Edge = Tuple[str, str, str, str]
"""Caller's file and function, callee's file and function."""
FROM_OUTSIDE = ("callers", "")
"""In the place of a caller that is no code of the target."""
_LOOKS = (genericpath.exists, genericpath.isfile, genericpath.isdir, pathlib.Path.stat)
_LOOKING = frozenset(one.__code__ for one in _LOOKS if hasattr(one, "__code__"))
"""Nothing else tells that somebody looked for a file that is not there."""


class Footprint:
    """What one trial reached, with files relative to the source root."""

    def __init__(self) -> None:
        self.arcs: Set[Arc] = set()
        self.edges: Set[Edge] = set()

    def taken(self) -> "Footprint":
        """What it holds so far, which from now on it holds no more."""
        so_far = Footprint()
        so_far.arcs, so_far.edges = set(self.arcs), set(self.edges)
        self.arcs.clear()  # the same sets, for frames at work hold on to them
        self.edges.clear()
        return so_far

    @property
    def lines(self) -> Set[Line]:
        return {(file, line) for file, _, line in self.arcs}


class Tracer:
    """Traces code below `folder`, whatever thread it runs in."""

    def __init__(self, folder: str, faces: Sequence[str] = ()) -> None:
        """`faces`: files (or how they begin) of which a call from outside is an edge as well."""
        self._folder = folder.rstrip("/") + "/"
        self._faces = tuple(faces)
        self._files: Dict[str, Optional[str]] = {}
        self._print = Footprint()
        self.looked_for: Set[str] = set()
        """Files of which the trial asked whether they are there."""

    @property
    def footprint(self) -> Footprint:
        """Of the trial that runs."""
        return self._print

    @contextlib.contextmanager
    def on(self) -> Iterator[Footprint]:
        self._print, self.looked_for = Footprint(), set()
        threading.settrace(self._enter)  # a test client may run an application in its own
        sys.settrace(self._enter)
        try:
            yield self._print
        finally:
            sys.settrace(None)
            threading.settrace(None)

    def paused(self, look: Callable[..., Any]) -> Callable[..., Any]:
        """`look`, without being traced itself."""

        def untraced(*args: Any) -> Any:
            before = sys.gettrace()
            sys.settrace(None)
            try:
                return look(*args)
            finally:
                sys.settrace(before)

        return untraced

    def relative(self, filename: str) -> Optional[str]:
        if filename not in self._files:
            below = filename.startswith(self._folder) and filename[len(self._folder) :]
            self._files[filename] = below if below and not is_others(below) else None
        return self._files[filename]

    def _enter(self, frame: Any, event: str, _arg: Any) -> Optional[Callable[..., Any]]:
        code = frame.f_code
        file = self.relative(code.co_filename)
        if file is None:
            if code in _LOOKING:
                self._note_look(frame)
            return None
        if code.co_name == "<module>":
            return None
        self._note_edge(frame, file)
        arcs, last = self._print.arcs, [-code.co_firstlineno]

        def step(frame: Any, event: str, _arg: Any) -> Any:
            if event == "line":
                line = frame.f_lineno
                arcs.add((file, last[0], line))
                last[0] = line
            return step

        return step

    def _note_look(self, frame: Any) -> None:
        """By the function's first argument."""
        path = frame.f_locals.get(frame.f_code.co_varnames[0])
        if isinstance(path, (str, os.PathLike)):
            self.looked_for.add(os.fsdecode(path))

    def _note_edge(self, frame: Any, file: str) -> None:
        back = frame.f_back
        while back is not None and back.f_code.co_name[0] == "<" and back.f_back is not None:
            if back.f_back.f_code.co_filename != back.f_code.co_filename:
                break
            back = back.f_back
        if back is None:
            return
        caller = self.relative(back.f_code.co_filename)
        if caller is None and file.startswith(self._faces):
            self._print.edges.add((*FROM_OUTSIDE, file, _qualname(frame.f_code)))
        if caller is not None and caller != file and back.f_code.co_name != "<module>":
            self._print.edges.add((caller, _qualname(back.f_code), file, _qualname(frame.f_code)))


def _qualname(code: Any) -> str:
    return str(getattr(code, "co_qualname", code.co_name))
