"""What a screen may do beside the loop: rerun tests, and watch the disk."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from itc_tui.adapters.running.pytest_runner import PytestRunner
from itc_tui.adapters.session.session_files import (
    LOG_FILE,
    TRACE_FOLDER,
    SessionFiles,
    open_session,
)
from itc_tui.adapters.session.session_lock import is_being_written
from itc_tui.adapters.session.state_file import STATE_FILE
from itc_tui.adapters.system_clock import SystemClock
from itc_tui.adapters.tree.owned.owned_tree import OwnedTree
from itc_tui.domain.events import Event
from itc_tui.domain.target import Target
from itc_tui.domain.trouble import SessionTrouble, TargetTrouble, Trouble
from itc_tui.ports import Runner, StopSwitch, World
from itc_tui.settings import load_settings
from itc_tui.wiring.target import prepared, root_of, sessions_root

if TYPE_CHECKING:
    from itc_tui.adapters.path_watcher import PathWatcher

ENDING_S = 5.0
"""How long a rerun that was stopped may take to be gone, before the next one is refused."""


@dataclass(frozen=True)
class RerunPlace:
    """All that one rerun needs."""

    runner: Runner
    record: Callable[[Event], Event]
    case_limit_s: float


class Beside:
    """Knows which session is open here, so that a rerun is put on its record."""

    def __init__(self, root: Path, flags: Mapping[str, Any]) -> None:
        self._root = root
        self._flags = flags
        self._open: dict[Path, World] = {}
        self._target: Target | None = None
        self._left_by_us: dict[Path, bytes] = {}
        """State and log as an undo left them, once the loop's own store was closed."""
        self._at_work = threading.Lock()

    @contextlib.contextmanager
    def hosts(self, world: World) -> Iterator[None]:
        """While the loop has this session open; it is closed after the last rerun's word."""
        folder = Path(world.store.folder).resolve()
        self._open[folder] = world
        try:
            yield
        finally:
            with self._at_work:
                del self._open[folder]
                self.wrote(world.store.folder)

    @contextlib.contextmanager
    def rerun_place(
        self, folder: str, names: tuple[str, ...], stop: StopSwitch, *, is_recorded: bool
    ) -> Iterator[RerunPlace]:
        """Raises Trouble where these tests cannot be run now. One rerun at a time."""
        if not self._at_work.acquire(timeout=ENDING_S):
            raise Trouble("Another rerun is not over yet; stop that one first.")
        try:
            with self._recorder(Path(folder).resolve(), is_recorded=is_recorded) as record:
                target = self._prepared(Path(folder).resolve())
                _must_be_there(Path(target.root), names)
                yield RerunPlace(
                    runner=PytestRunner(
                        target, _notes_dir(Path(folder), is_recorded), stop, SystemClock()
                    ),
                    record=record,
                    case_limit_s=load_settings(self._root, self._flags).case_limit_s,
                )
        finally:
            self._at_work.release()

    @contextlib.contextmanager
    def _recorder(self, folder: Path, *, is_recorded: bool) -> Iterator[Callable[[Event], Event]]:
        if world := self._open.get(folder):
            yield world.store.record
        elif is_recorded:
            with open_session(folder, SystemClock()) as store:
                yield store.record
        elif is_being_written(folder):
            raise SessionTrouble(
                f"Another itc is at work on {folder.name}; rerun its tests when that one is done."
            )
        else:
            yield lambda event: event

    def _prepared(self, folder: Path) -> Target:
        if world := self._open.get(folder):
            self._target = world.target
        if self._target is None:
            self._target = prepared(self._root, self._flags)[1]
        return self._target

    def watch(self, folder: str) -> DiskWatch:
        """What the person changes in the target, and in this session's two files."""
        # Only who watches pays for it.
        from itc_tui.adapters.path_watcher import PathWatcher

        session = Path(folder).resolve()
        top = root_of(self._root)
        shelf = sessions_root(top, load_settings(self._root, self._flags)).resolve()

        def is_ours(path: str) -> bool:
            return (top / path).resolve().is_relative_to(shelf) or _stands_as_written(
                top, session, path
            )

        def is_the_session_s(name: str) -> bool:
            return name not in (STATE_FILE, LOG_FILE) or self._is_as_written(session, name)

        return DiskWatch(top, PathWatcher(top, is_ours), PathWatcher(session, is_the_session_s))

    def wrote(self, folder: str) -> None:
        """Something other than the loop has just written there on the person's behalf."""
        for file in (Path(folder).resolve() / name for name in (STATE_FILE, LOG_FILE)):
            with contextlib.suppress(OSError):
                self._left_by_us[file] = file.read_bytes()

    def _is_as_written(self, session: Path, name: str) -> bool:
        world = self._open.get(session)
        if world is not None:
            store = world.store
            return isinstance(store, SessionFiles) and store.is_as_written(name)
        if is_being_written(session):
            return True  # by another itc, or by an undo that is under way
        with contextlib.suppress(OSError):
            return (session / name).read_bytes() == self._left_by_us.get(session / name)
        return False


class DiskWatch:
    """Two watchers, looked at from one thread."""

    def __init__(self, top: Path, tree: PathWatcher, session: PathWatcher) -> None:
        self._top = top
        self.tree, self.session = tree, session

    @property
    def problem(self) -> str:
        return self.tree.problem or self.session.problem

    def written_at(self, path: str) -> float:
        """By the system's own time, which no tool sets; of one that is gone, its folder's."""
        file = self._top / path
        for place in (file, *file.parents):
            with contextlib.suppress(OSError):
                return place.stat().st_ctime
        return 0.0

    def close(self) -> None:
        self.tree.close()
        self.session.close()


def _stands_as_written(top: Path, session: Path, path: str) -> bool:
    """By the ledger on disk, so that it holds for a loop here, an undo, and another process."""
    try:
        return OwnedTree(top, session / TRACE_FOLDER).is_as_written(path)
    except Trouble:
        return False


def _must_be_there(root: Path, names: tuple[str, ...]) -> None:
    files = tuple(dict.fromkeys(name.partition("::")[0] for name in names))
    if not any((root / file).is_file() for file in files):
        first = files[0] if files else "no file"
        raise TargetTrouble(
            f"None of these tests is on the disk ({first}); is another branch checked out?"
        )


def _notes_dir(folder: Path, is_recorded: bool) -> Path:
    """For what a copied command needs; a session that is only read stays as it is."""
    if is_recorded:
        return folder / TRACE_FOLDER / "rerun"
    cache = Path(platformdirs.user_cache_dir("itc-tui", appauthor=False))
    return cache / "reruns" / folder.resolve().name
