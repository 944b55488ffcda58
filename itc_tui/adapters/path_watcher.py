"""Notices with watchfiles what the person changes under a root; our own writing is not told."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Generator, Iterable
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch

from itc_tui.adapters.durable_files import is_temporary

#: Beyond those that watchfiles leaves out itself: what tools write by the thousand, not people.
_LEFT_OUT = ("venv", "env", ".ruff_cache", ".nox", ".eggs", "htmlcov", ".trace", "dist", "build")

_POLL_MS = 1
_DEBOUNCE_MS = 1


class PathWatcher:
    """Polled from one thread; the system gathers in between. Close it, or use it as a context."""

    def __init__(
        self,
        root: str | Path,
        is_our_writing: Callable[[str], bool] = lambda _: False,
        left_out: Iterable[str] = (),
    ) -> None:
        """`is_our_writing` gets a path under the root, and looks at what is there by digest."""
        self._root = Path(root).resolve()
        self._is_our_writing = is_our_writing
        self._stop = threading.Event()
        self._changes = self._watch(
            _OnlyWhatPeopleWrite(ignore_dirs=(*DefaultFilter.ignore_dirs, *_LEFT_OUT, *left_out))
        )
        self.problem = ""
        """Why nothing is noticed any more; empty while all is well."""
        self._next()  # starts the watch, so that a change right after this call is seen
        if not self._root.is_dir():  # which watchfiles passes over in silence
            self.problem = f"Changes on disk are not noticed: there is no folder {self._root}."

    def __enter__(self) -> PathWatcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def changed_paths(self) -> tuple[str, ...]:
        found: set[str] = set()
        while changes := self._next():
            for _, name in changes:
                with contextlib.suppress(ValueError):
                    found.add(Path(name).relative_to(self._root).as_posix())
        return tuple(sorted(path for path in found if not self._is_our_writing(path)))

    def close(self) -> None:
        self._stop.set()
        self._changes.close()

    def _next(self) -> set[tuple[Change, str]]:
        try:
            return next(self._changes, set())
        except (OSError, RuntimeError) as problem:
            # Watching is a comfort: a system without watches left must not end a session.
            self.problem = f"Changes on disk are not noticed: {problem}"
            return set()

    def _watch(self, people: DefaultFilter) -> Generator[set[tuple[Change, str]], None, None]:
        return watch(
            self._root,
            watch_filter=people,
            debounce=_DEBOUNCE_MS,
            step=_POLL_MS,
            rust_timeout=_POLL_MS,
            yield_on_timeout=True,
            stop_event=self._stop,
            raise_interrupt=False,
            ignore_permission_denied=True,
        )


class _OnlyWhatPeopleWrite(DefaultFilter):
    def __call__(self, change: Change, path: str) -> bool:
        return not is_temporary(os.path.basename(path)) and super().__call__(change, path)  # noqa: PTH119
