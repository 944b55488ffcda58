"""A copy of the target's tree that code may spoil, brought back to its state after each use."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

#: Folders that are not source: history, environments, caches.
LEFT_BEHIND = frozenset(
    {".git", ".hg", ".svn", ".venv", "venv", ".tox", ".nox", ".eggs", "node_modules", "__pycache__"}
    | {".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis", ".workflow", ".idea"}
)
LARGEST_FILE = 20 * 1024 * 1024

Stamp = tuple[int, int]


class ScratchTree:
    """Mirrors `source` under `copy`; only the copy is ever written."""

    def __init__(self, source: Path, copy: Path) -> None:
        self.source = source
        self.copy = copy
        self._stamps: dict[str, Stamp] = {}
        """What the source looked like when it was copied."""
        self._written: dict[str, Stamp] = {}
        """What our copy looked like then; a difference means that code changed it."""

    def refresh(self) -> None:
        """Take up what is new, changed or gone in the source."""
        self.copy.mkdir(parents=True, exist_ok=True)
        seen = {}
        for relative, path in _files(self.source):
            stamp = _stamp(path)
            if stamp is None:
                continue
            seen[relative] = stamp
            if self._stamps.get(relative) != stamp:
                self._take(relative)
        self._stamps = seen
        self._written = {name: kept for name, kept in self._written.items() if name in seen}
        self.restore()

    def restore(self) -> None:
        """Undo whatever was written, changed or removed in the copy."""
        present = set()
        for relative, path in _files(self.copy, everything=True):
            present.add(relative)
            if relative not in self._stamps:
                _remove(path)
            elif _stamp(path) != self._written.get(relative):
                self._take(relative)
        for relative in self._stamps.keys() - present:
            self._take(relative)

    def overlay(self, texts: Mapping[str, str | None]) -> None:
        """Lay these texts over the copy until the next `restore`."""
        for relative, text in texts.items():
            path = self._inside(relative)
            if text is None:
                _remove(path)
                continue
            if path.is_symlink():
                path.unlink()
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")

    def _inside(self, relative: str) -> Path:
        path = Path(os.path.normpath(self.copy / relative))
        if not path.is_relative_to(self.copy) or path == self.copy:
            raise ValueError(f"{relative} lies outside the scratch copy")
        return path

    def _take(self, relative: str) -> None:
        source, target = self.source / relative, self.copy / relative
        _remove(target)
        for parent in reversed(target.relative_to(self.copy).parents[:-1]):
            place = self.copy / parent
            if place.is_symlink() or (place.exists() and not place.is_dir()):
                place.unlink()
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_symlink():
            target.symlink_to(self._link_for(source))
        else:
            shutil.copy2(source, target)
            target.chmod(stat.S_IMODE(target.stat().st_mode) | stat.S_IWUSR)
        stamp = _stamp(target)
        if stamp is not None:
            self._written[relative] = stamp

    def _link_for(self, link: Path) -> str:
        """An absolute link into the tree would lead out of the copy: make it relative."""
        wanted = link.readlink()
        if wanted.is_absolute() and wanted.is_relative_to(self.source):
            return os.path.relpath(wanted, link.parent)
        return str(wanted)


def _files(root: Path, *, everything: bool = False) -> Iterator[tuple[str, Path]]:
    """Regular files and links under `root`, by their path with forward slashes."""
    for folder, names, files in os.walk(root):
        here = Path(folder)
        links = [name for name in names if (here / name).is_symlink()]
        names[:] = [
            name
            for name in names
            if name not in links and (everything or not _is_left_behind(here / name))
        ]
        for name in (*files, *links):
            path = here / name
            if everything or _is_wanted(path):
                yield path.relative_to(root).as_posix(), path


def _is_left_behind(folder: Path) -> bool:
    return folder.name in LEFT_BEHIND or (folder / "pyvenv.cfg").exists()


def _is_wanted(path: Path) -> bool:
    try:
        status = path.lstat()
    except OSError:
        return False
    if stat.S_ISLNK(status.st_mode):
        return path.name not in LEFT_BEHIND
    return stat.S_ISREG(status.st_mode) and status.st_size <= LARGEST_FILE


def _stamp(path: Path) -> Stamp | None:
    try:
        status = path.lstat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
