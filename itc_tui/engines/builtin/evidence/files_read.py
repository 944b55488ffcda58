"""The sources and documents of a target, as far as anybody would read them."""

from __future__ import annotations

import tokenize
from collections.abc import Iterator
from pathlib import Path

from itc_tui.engines.builtin.inside.others import NOT_OURS

_DOCUMENTS = {".md", ".rst", ".txt"}
_SKIPPED = {".git", ".tox", ".venv", "venv", ".mypy_cache", ".ruff_cache", ".eggs"}
_BUILT = {"build", "dist"}
"""At the top of the repository; further down they may be anything, `doc/build` for one."""
_MAX_FILES = 400
_MAX_BYTES = 400_000


def files_below(root: Path) -> Iterator[Path]:
    count = 0
    stack = [root]
    while stack and count < _MAX_FILES:
        folder = stack.pop()
        skipped = _SKIPPED | NOT_OURS | (_BUILT if folder == root else set())
        for path in _entries(folder):
            if path.is_symlink() or path.name in skipped or path.suffix == ".egg-info":
                continue
            if path.is_dir():
                stack.append(path)
            elif path.is_file() and (path.suffix == ".py" or path.suffix in _DOCUMENTS):
                count += 1
                yield path


def text_of(path: Path) -> str | None:
    try:
        if path.stat().st_size > _MAX_BYTES:
            return None
        if path.suffix != ".py":
            return path.read_text(encoding="utf-8")
        with tokenize.open(path) as file:  # heeds a coding line, and a byte order mark
            return file.read()
    except (OSError, UnicodeDecodeError, SyntaxError, LookupError):
        return None


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []
