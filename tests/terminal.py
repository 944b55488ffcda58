"""A real terminal with a program in it: what it painted, and in which state it was left."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import termios
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

PATIENCE_S = 20


class Terminal:
    """A pty with a program in it; keeps all that was painted."""

    def __init__(self, command: Sequence[str], folder: Path, **environment: str) -> None:
        self.ours, theirs = pty.openpty()
        termios.tcsetwinsize(self.ours, (40, 120))
        self.before = termios.tcgetattr(theirs)
        self._theirs = theirs
        self.painted = ""
        self.process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=folder,
            start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", **environment},
        )

    def until(self, pattern: str) -> None:
        end = monotonic() + PATIENCE_S
        while not re.search(pattern, self.painted):
            assert monotonic() < end, self.painted[-2000:]
            self._read(0.1)

    def press(self, keys: bytes) -> None:
        os.write(self.ours, keys)

    def ended(self) -> int:
        """Its exit code, once it is gone and all that it said is read."""
        end = monotonic() + PATIENCE_S
        while self.process.poll() is None:
            assert monotonic() < end
            self._read(0.05)
        while self._read(0.05):
            pass
        return self.process.returncode

    def is_as_before(self) -> bool:
        last = {}
        for number, state in re.findall(r"\x1b\[\?(\d+)([hl])", self.painted):
            last[int(number)] = state
        is_sane = last.get(1049) == "l" and last.get(25) == "h"
        is_quiet = all(last.get(mode, "l") == "l" for mode in (1000, 1003, 1004, 1006, 2004))
        return is_sane and is_quiet and termios.tcgetattr(self._theirs) == self.before

    def hang_up(self) -> None:
        """As when the window is closed."""
        os.close(self.ours)
        self.ours = -1

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self.ours >= 0:
            os.close(self.ours)
        os.close(self._theirs)

    def _read(self, wait_s: float) -> bool:
        if not select.select([self.ours], [], [], wait_s)[0]:
            return False
        self.painted += os.read(self.ours, 65536).decode("utf-8", "replace")
        return True
