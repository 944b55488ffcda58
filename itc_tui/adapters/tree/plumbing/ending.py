"""Wait for a git command, and end it with its hooks when the person says stop."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading

from itc_tui.domain.trouble import Stopped
from itc_tui.ports import StopSwitch

_GRACE_S = 0.3
"""git takes its lock files away when it is asked to end; a hook may not listen."""


def heard_out(process: subprocess.Popen[bytes], stop: StopSwitch) -> tuple[bytes, bytes]:
    """What a command that leads a process group of its own printed; Stopped when it was ended."""
    group = _Group(process.pid)
    forget = stop.on_pull(group.end)
    try:
        out, err = process.communicate()
    finally:
        forget()
        group.let_go()
    if group.was_ended:
        raise Stopped
    return out, err


class _Group:
    """Signalled only as long as its leader is not reaped: then its number is nobody else's."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._is_there = True
        self._lock = threading.Lock()
        self.was_ended = False

    def end(self) -> None:
        self.was_ended = True
        self._signal(signal.SIGTERM)
        hard = threading.Timer(_GRACE_S, self._signal, (signal.SIGKILL,))
        hard.daemon = True
        hard.start()

    def let_go(self) -> None:
        with self._lock:
            self._is_there = False

    def _signal(self, number: int) -> None:
        with self._lock, contextlib.suppress(ProcessLookupError, PermissionError):
            if self._is_there:
                os.killpg(self._pid, number)
