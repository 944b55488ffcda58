"""One writer per session: a lock that the system frees when its process dies, and who holds it."""

from __future__ import annotations

import contextlib
import json
import os
import socket
from pathlib import Path

from filelock import FileLock, Timeout

from itc_tui.adapters.durable_files import why
from itc_tui.domain.trouble import SessionTrouble

WAIT_S = 0.5
"""Longer than a reader's look, which holds the lock for an instant."""

_LOCK = "writer.lock"
_WRITER = "writer.json"


class SessionLock:
    def __init__(self, trace_dir: Path) -> None:
        """Raises SessionTrouble, with the other process's number, when the session is in use."""
        self._writer = trace_dir / _WRITER
        self._lock = FileLock(trace_dir / _LOCK, timeout=WAIT_S, thread_local=False)
        try:
            self._lock.acquire()
        except Timeout as problem:
            raise SessionTrouble(
                f"The session {trace_dir.parent.name} is being written by another itc "
                f"({_told_by(self._writer)}); stop that one first, or follow it as a reader."
            ) from problem
        except OSError as problem:
            raise SessionTrouble(f"{trace_dir}: cannot be locked ({why(problem)}).") from problem
        with contextlib.suppress(OSError):  # only words for others; the lock itself holds
            self._writer.write_text(json.dumps({"pid": os.getpid(), "host": socket.gethostname()}))

    def close(self) -> None:
        if self._lock.is_locked:
            with contextlib.suppress(OSError):
                self._writer.unlink()
            self._lock.release()


def is_being_written(folder: str | Path) -> bool:
    """Whether a process holds the session's lock now, this one included."""
    lock = Path(folder) / ".trace" / _LOCK
    if not lock.exists():
        return False
    looking = FileLock(lock, timeout=0, thread_local=False)
    try:
        with looking:
            return False
    except Timeout:
        return True
    except OSError:
        return False  # a folder that we may only read: nobody here can be writing it for us


def _told_by(writer: Path) -> str:
    try:
        told = json.loads(writer.read_text())
        return f"process {int(told['pid'])} on {told['host']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "its process is not known"
