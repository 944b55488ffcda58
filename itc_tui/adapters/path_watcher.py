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

Watch = Generator[set[tuple[Change, str]], None, None]


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
        self._people = _OnlyWhatPeopleWrite(
            ignore_dirs=(*DefaultFilter.ignore_dirs, *_LEFT_OUT, *left_out)
        )
        self._fresh: set[str] = set()
        """Touched since the look before, so perhaps still being written."""
        self.problem = ""
        """Why nothing is noticed any more; empty while all is well."""
        # Not all of it in one: what is left out would be watched as well, at a third of a
        # millisecond a folder in which no other thread can move.
        self._watches = [self._watch(self._root, is_deep=False)]
        self._folders = self._worth_watching()
        if self._folders:
            self._watches.append(self._watch(*sorted(self._folders), is_deep=True))
        for watching in self._watches:
            self._next(watching)  # starts it, so that a change right after this call is seen
        if not self._root.is_dir():  # which watchfiles passes over in silence
            self.problem = f"Changes on disk are not noticed: there is no folder {self._root}."

    def __enter__(self) -> PathWatcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def changed_paths(self) -> tuple[str, ...]:
        """Told once nothing touches them any more from one look to the next.

        So neither half a file is told, nor one of ours that a commit is about to make ours.
        """
        changes = {one for watching in tuple(self._watches) for one in self._drain(watching)}
        found = {Path(name) for _, name in changes}
        found |= self._in_new_folders(changes)
        touched = set()
        for path in found:
            with contextlib.suppress(ValueError):
                touched.add(path.relative_to(self._root).as_posix())
        settled, self._fresh = self._fresh - touched, touched
        return tuple(sorted(path for path in settled if not self._is_our_writing(path)))

    def close(self) -> None:
        self._stop.set()
        for watching in self._watches:
            watching.close()

    def _worth_watching(self) -> set[Path]:
        with contextlib.suppress(OSError):
            return {path for path in self._root.iterdir() if self._is_worth_watching(path)}
        return set()

    def _is_worth_watching(self, path: Path) -> bool:
        is_left_out = path.name.startswith(".") or path.name in self._people.ignore_dirs
        return not is_left_out and path.is_dir() and not path.is_symlink()

    def _in_new_folders(self, changes: Iterable[tuple[Change, str]]) -> set[Path]:
        """Files in folders that came after we began; what lies in the root is watched from now on.

        Deeper down the system watches by itself, but what came with a folder came before that.
        """
        inside: set[Path] = set()
        for kind, name in changes:
            path = Path(name)
            is_unwatched = path.parent == self._root and path not in self._folders
            if not (is_unwatched or kind == Change.added) or not self._is_worth_watching(path):
                continue
            if is_unwatched:
                self._folders.add(path)
                watching = self._watch(path, is_deep=True)
                self._next(watching)
                self._watches.append(watching)
            files = (file for file in path.rglob("*") if file.is_file())
            inside.update(file for file in files if self._people(Change.added, str(file)))
        return inside

    def _drain(self, watching: Watch) -> set[tuple[Change, str]]:
        every: set[tuple[Change, str]] = set()
        while changes := self._next(watching):
            every |= changes
        return every

    def _next(self, watching: Watch) -> set[tuple[Change, str]]:
        try:
            return next(watching, set())
        except (OSError, RuntimeError) as problem:
            # Watching is a comfort: a system without watches left must not end a session.
            self.problem = f"Changes on disk are not noticed: {problem}"
            return set()

    def _watch(self, *paths: Path, is_deep: bool) -> Watch:
        return watch(
            *paths,
            watch_filter=self._people,
            debounce=_DEBOUNCE_MS,
            step=_POLL_MS,
            rust_timeout=_POLL_MS,
            yield_on_timeout=True,
            stop_event=self._stop,
            raise_interrupt=False,
            recursive=is_deep,
            ignore_permission_denied=True,
        )


class _OnlyWhatPeopleWrite(DefaultFilter):
    def __call__(self, change: Change, path: str) -> bool:
        return not is_temporary(os.path.basename(path)) and super().__call__(change, path)  # noqa: PTH119
