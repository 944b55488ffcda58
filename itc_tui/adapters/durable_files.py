"""Write files so that a kill, a full disk or a power cut leaves the old text or the new one."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path


def write_durably(file: Path, content: bytes, mode: int | None = None) -> None:
    """Replace `file` at once; on the disk when this returns.

    `mode` is for a new file; one that is there keeps its own. An OSError leaves the old text.
    """
    beside = _temporary_name(file)
    with contextlib.suppress(FileNotFoundError):
        beside.unlink()  # left behind by a process that was killed
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(beside, flags, 0o666 if mode is None else mode)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            if file.exists():
                with contextlib.suppress(OSError):
                    beside.chmod(file.stat().st_mode & 0o7777)
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(file)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
    flush_folder(file.parent)


def flush_folder(folder: Path) -> None:
    """Put a folder's entries on the disk, where the system can do that."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with contextlib.suppress(OSError):  # some network file systems refuse
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def why(problem: OSError) -> str:
    """The system's own words, without numbers and paths."""
    return problem.strerror or type(problem).__name__


def is_temporary(name: str) -> bool:
    return name.startswith(_PREFIX) and name.endswith(_SUFFIX)


_PREFIX = ".itc-"
_SUFFIX = ".tmp"


def _temporary_name(file: Path) -> Path:
    # The same name each time: what a killed process left is replaced, not piled up.
    # Not made of the file's own name, which may be as long as the system allows.
    mark = hashlib.sha256(file.name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return file.with_name(f"{_PREFIX}{mark}{_SUFFIX}")
