"""A pty with a program in it; keeps all that was painted, and tells how the terminal was left."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic

PROJECT = Path(__file__).parents[1]
PATIENCE_S = 20
_SEQUENCE = re.compile(r"\x1b(\[[0-9;?<>=]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[()][A-Z0-9]|.)")


class Terminal:
    def __init__(
        self,
        command: Sequence[str],
        *,
        size: tuple[int, int] = (120, 40),
        environment: Mapping[str, str] | None = None,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self.ours, theirs = pty.openpty()
        termios.tcsetwinsize(self.ours, (size[1], size[0]))
        self.before = termios.tcgetattr(theirs)
        self._theirs = theirs
        self._patience_s = patience_s
        self._seen = 0
        self.painted = ""
        self.process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=PROJECT,
            start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", **(environment or {})},
        )

    def until(self, pattern: str) -> None:
        """That is painted, now or since the last key."""
        end = monotonic() + self._patience_s
        while not self.shows(pattern):
            assert monotonic() < end, f"still waiting for {pattern}: {self.new_text[-3000:]}"
            self.listen(0.1)

    def press_until(self, key: str, pattern: str) -> None:
        """As a person does who is too quick: press it again when nothing came of it."""
        end = monotonic() + self._patience_s
        while not self.shows(pattern):
            assert monotonic() < end, f"still waiting for {pattern}: {self.new_text[-3000:]}"
            self.press(key)
            again = monotonic() + 2
            while not self.shows(pattern) and monotonic() < again:
                self.listen(0.1)

    def shows(self, pattern: str) -> bool:
        return re.search(pattern, self.new_text) is not None

    @property
    def new_text(self) -> str:
        """What was painted since the last key, without what is no text."""
        return _SEQUENCE.sub("", self.painted[self._seen :])

    def press(self, keys: str) -> None:
        self._seen = len(self.painted)
        os.write(self.ours, keys.encode())

    def ended(self) -> int:
        """Its exit code, once it is gone and all that it said is read."""
        end = monotonic() + self._patience_s
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

    def listen(self, wait_s: float) -> bool:
        """Whether something was painted meanwhile."""
        if not select.select([self.ours], [], [], wait_s)[0]:
            return False
        self.painted += os.read(self.ours, 65536).decode("utf-8", "replace")
        return True
