"""A real terminal with a program in it: what it painted, and in which state it was left."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import termios
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic

PATIENCE_S = 20
_SEQUENCE = re.compile(r"\x1b(\[[0-9;?<>=]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[()][A-Z0-9]|.)")

#: A size that is told by the environment stays, whatever becomes of the window; readline leaves
#: such a one where it is loaded.
_INHERITED = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")}

_SPOT = re.compile(r"\x1b\[(\d+);(\d+)H")


class Terminal:
    """A pty with a program in it; keeps all that was painted."""

    patience_s: float = PATIENCE_S

    def __init__(self, command: Sequence[str], folder: Path, **environment: str) -> None:
        self.ours, theirs = pty.openpty()
        termios.tcsetwinsize(self.ours, (40, 120))
        self.before = termios.tcgetattr(theirs)
        self._theirs = theirs
        self._seen = 0
        self.painted = ""
        self.process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=folder,
            start_new_session=True,
            env={**_INHERITED, "TERM": "xterm-256color", "LANG": "C.UTF-8", **environment},
        )

    def until(self, pattern: str) -> None:
        """That was painted at any time, escape sequences and all."""
        self._until(lambda: re.search(pattern, self.painted), pattern)

    def until_new(self, pattern: str) -> None:
        """These words were painted since the last key."""
        self._until(lambda: self._shows(pattern), pattern)

    def press(self, keys: bytes) -> None:
        self._seen = len(self.painted)
        os.write(self.ours, keys)

    def press_until(self, keys: bytes, pattern: str) -> None:
        """As a person does who is too quick: again, when nothing came of it."""
        end = monotonic() + self.patience_s
        while not self._shows(pattern):
            assert monotonic() < end, f"still waiting for {pattern}: {self.new_text[-3000:]}"
            self.press(keys)
            again = monotonic() + 2
            while not self._shows(pattern) and monotonic() < again:
                self.listen(0.1)

    def resize(self, columns: int, rows: int) -> None:
        self._seen = len(self.painted)
        termios.tcsetwinsize(self.ours, (rows, columns))
        self.process.send_signal(signal.SIGWINCH)

    def until_painted_for(self, columns: int, rows: int) -> None:
        """Until the last line is painted, and nothing is any more beyond the borders."""

        def is_painted() -> bool:
            told = _SPOT.findall(self.painted, self._seen)
            spots = [(int(row), int(column)) for row, column in told]
            beyond = [
                at for at, (row, column) in enumerate(spots) if row > rows or column > columns + 1
            ]
            since = spots[beyond[-1] + 1 if beyond else 0 :]
            return any(row == rows for row, _ in since)

        self._until(is_painted, f"a screen of {columns} × {rows}")

    @property
    def new_text(self) -> str:
        """What was painted since the last key, without what is no text."""
        return _SEQUENCE.sub("", self.painted[self._seen :])

    @property
    def all_text(self) -> str:
        return _SEQUENCE.sub("", self.painted)

    def ended(self) -> int:
        """Its exit code, once it is gone and all that it said is read."""
        end = monotonic() + self.patience_s
        while self.process.poll() is None:
            assert monotonic() < end
            self.listen(0.05)
        while self.listen(0.05):
            pass
        return self.process.returncode

    def is_as_before(self) -> bool:
        last = {}
        for number, state in re.findall(r"\x1b\[\?(\d+)([hl])", self.painted):
            last[int(number)] = state
        is_sane = last.get(1049) == "l" and last.get(25) == "h"
        is_quiet = all(last.get(mode, "l") == "l" for mode in (1000, 1003, 1004, 1006, 2004))
        return is_sane and is_quiet and termios.tcgetattr(self._theirs) == self.before

    def listen(self, wait_s: float) -> bool:
        """Whether something was painted meanwhile."""
        if not select.select([self.ours], [], [], wait_s)[0]:
            return False
        self.painted += os.read(self.ours, 65536).decode("utf-8", "replace")
        return True

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

    def _shows(self, pattern: str) -> bool:
        return re.search(pattern, self.new_text) is not None

    def _until(self, holds: Callable[[], object], what: str) -> None:
        end = monotonic() + self.patience_s
        while not holds():
            assert monotonic() < end, f"still waiting for {what}: {self.new_text[-3000:]}"
            self.listen(0.1)
