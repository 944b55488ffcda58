"""The one thread that looks at the disk, as long as a session is on the screen."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from itc_tui.domain.trouble import Trouble
from itc_tui.ui.outside import DiskWatch

LOOK_S = 0.3
"""A change is told after two looks, so that half a file is not."""


@dataclass(frozen=True, slots=True)
class DiskNews:
    """What the person changed since the screen last took it."""

    files: Mapping[str, float] = field(default_factory=dict)
    """Of the target, relative to its root, with the time at which each was written."""
    session: tuple[str, ...] = ()
    """`state.json`, `reflection-log.md`."""
    problem: str = ""
    """Why nothing will be noticed."""


@dataclass
class _Gathered:
    files: dict[str, float] = field(default_factory=dict)
    session: dict[str, None] = field(default_factory=dict)
    problem: str = ""


class DiskLooker:
    """Opens the watch in its own thread: on a large tree that takes a moment."""

    def __init__(self, watch: Callable[[], DiskWatch], tell: Callable[[], None]) -> None:
        self._open = watch
        self._tell = tell
        self._gathered = _Gathered()
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self.is_open = threading.Event()
        """From then on every change is noticed."""
        self._thread = threading.Thread(target=self._look_on, name="disk", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()

    def take(self) -> DiskNews:
        with self._lock:
            gathered, self._gathered = self._gathered, _Gathered()
        return DiskNews(gathered.files, tuple(gathered.session), gathered.problem)

    def _look_on(self) -> None:
        try:
            watch = self._open()
        except Trouble as trouble:
            self._hear({}, (), trouble.sentence)
            return
        self.is_open.set()
        try:
            told = ""
            while not self._stop.wait(LOOK_S):
                problem = watch.problem if watch.problem != told else ""
                told = watch.problem
                files = {path: watch.written_at(path) for path in watch.tree.changed_paths()}
                self._hear(files, watch.session.changed_paths(), problem)
        finally:
            watch.close()

    def _hear(self, files: Mapping[str, float], session: tuple[str, ...], problem: str) -> None:
        if not (files or session or problem) or self._stop.is_set():
            return
        with self._lock:
            self._gathered.files.update(files)
            self._gathered.session.update(dict.fromkeys(session))
            self._gathered.problem = problem or self._gathered.problem
        self._tell()
