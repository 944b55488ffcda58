"""A program in a pty of 120×40: what it paints, how long that takes, and what it costs."""

from __future__ import annotations

import atexit
import os
import pty
import re
import select
import subprocess
import sys
import termios
import time
from contextlib import suppress
from pathlib import Path

import psutil

PATIENCE_S = 30.0
ESCAPES = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b.")


class Terminal:
    """One application in a pty of 120×40; answers the questions that terminals are asked."""

    def __init__(self, *command: str) -> None:
        self.ours, theirs = pty.openpty()
        termios.tcsetwinsize(self.ours, (40, 120))
        self.began = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-m", *command],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"},
        )
        # The floor goes on without its terminal, at full speed.
        atexit.register(self.process.kill)
        os.close(theirs)
        self._go_first()
        self.told = b""

    def until(self, wanted: bytes) -> float:
        """Seconds from the start until that is painted."""
        while wanted not in self.shown:
            assert time.perf_counter() - self.began < PATIENCE_S, self.told[-500:]
            self.read(0.05)
        return time.perf_counter() - self.began

    def read(self, wait_s: float) -> bytes:
        if not select.select([self.ours], [], [], wait_s)[0]:
            return b""
        try:
            fresh = os.read(self.ours, 1 << 16)
        except OSError:
            return b""
        if b"\x1b[?2026$p" in fresh:
            os.write(self.ours, b"\x1b[?2026;2$y")
        self.told += fresh
        return fresh

    def press(self, keys: bytes) -> None:
        os.write(self.ours, keys)

    def leave(self) -> float:
        """Seconds from ctrl+q until the process is gone."""
        self.press(b"\x11")
        began = time.perf_counter()
        while self.process.poll() is None:
            assert time.perf_counter() - began < PATIENCE_S
            self.read(0.002)
        took_s = time.perf_counter() - began
        os.close(self.ours)
        return took_s

    @property
    def shown(self) -> bytes:
        return ESCAPES.sub(b"", self.told)

    @property
    def memory(self) -> int:
        return int(psutil.Process(self.process.pid).memory_info().rss)

    @property
    def cpu_s(self) -> float:
        times = psutil.Process(self.process.pid).cpu_times()
        return float(times.user + times.system)

    def _go_first(self) -> None:
        """Before what else runs on this machine, where we may say so; the floor goes first too."""
        with suppress(OSError):
            Path(f"/proc/{self.process.pid}/autogroup").write_text("-20", encoding="ascii")

    def idle(self, seconds: float) -> None:
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.read(left)
