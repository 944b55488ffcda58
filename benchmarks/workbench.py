"""How quick the workbench feels: start, leaving, and keys while output floods, beside a hello.

Everything runs in a real pty and in turns with the floor, a Textual application of one field and
one line. A key counts as painted when its letter comes back; nothing else on the screen has it.

Run with `python -m benchmarks.workbench [ROUNDS]`. Linux and macOS.
"""

from __future__ import annotations

import os
import pty
import re
import select
import statistics
import subprocess
import sys
import termios
import time
from dataclasses import dataclass, field

KEYS = b"qwxzv" * 12
KEY_EVERY_S = 0.09
PATIENCE_S = 30.0
BARS = {"paint / H": 1.5, "leave / H": 1.2, "leave in flood / H": 1.2}
KEY_P95_MS, KEY_P99_MS, FLOOD_RATIO = 35.0, 60.0, 1.5

_ESCAPES = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b.")


class Terminal:
    """One application in a pty of 120×40; answers the questions that terminals are asked."""

    def __init__(self, app: str) -> None:
        self.ours, theirs = pty.openpty()
        termios.tcsetwinsize(self.ours, (40, 120))
        self.began = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.workbench_apps", app],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"},
        )
        os.close(theirs)
        self.told = b""

    def until(self, wanted: bytes) -> float:
        """Seconds from the start until that is painted."""
        while wanted not in self.told:
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

    def idle(self, seconds: float) -> None:
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.read(left)


@dataclass
class Figures:
    paint: list[float] = field(default_factory=list)
    leave: list[float] = field(default_factory=list)
    leave_in_flood: list[float] = field(default_factory=list)
    keys: dict[int, list[float]] = field(default_factory=dict)


def key_latencies(term: Terminal) -> list[float]:
    """Seconds from each key to its letter."""
    found = []
    for key in KEYS:
        letter = bytes([key])
        pressed = time.perf_counter()
        term.press(letter)
        painted = b""
        while letter not in _ESCAPES.sub(b"", painted):
            assert time.perf_counter() - pressed < PATIENCE_S, f"{letter!r} was lost"
            painted += term.read(0.05)
        found.append(time.perf_counter() - pressed)
        term.idle(max(0.0, KEY_EVERY_S - found[-1]))
        term.press(b"\x7f")
        term.idle(KEY_EVERY_S / 2)
    return found


def measure(rounds: int) -> Figures:
    figures = Figures()
    for _ in range(rounds):
        floor = Terminal("hello")
        floor_paint_s = floor.until(b"READY")
        floor.idle(0.5)
        floor_leave_s = floor.leave()
        ours = Terminal("start")
        figures.paint.append(ours.until(b"hich module") / floor_paint_s)
        ours.idle(0.5)
        figures.leave.append(ours.leave() / floor_leave_s)
        for rate in (1_000, 10_000, 50_000):
            flooded = Terminal(f"flood-{rate}")
            flooded.until(b"10000/10000")
            flooded.press(b"3")
            flooded.idle(0.5)
            flooded.press(b"o")
            flooded.idle(0.5)
            flooded.press(b"/")
            flooded.idle(0.5)
            figures.keys.setdefault(rate, []).extend(key_latencies(flooded))
            leave_s = flooded.leave()
            if rate == 10_000:
                figures.leave_in_flood.append(leave_s / floor_leave_s)
    return figures


def main() -> int:
    figures = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
    ratios = {
        "paint / H": statistics.median(figures.paint),
        "leave / H": statistics.median(figures.leave),
        "leave in flood / H": statistics.median(figures.leave_in_flood),
    }
    held = True
    for name, ratio in ratios.items():
        held &= ratio <= BARS[name]
        print(f"{name:<22} {ratio:5.2f}   bar {BARS[name]}")
    p95 = {}
    for rate, latencies in figures.keys.items():
        cuts = statistics.quantiles(latencies, n=100)
        p95[rate] = cuts[94] * 1000
        print(f"key at {rate:>6} lines/s   p50 {cuts[49] * 1000:5.1f}   p95 {p95[rate]:5.1f}"
              f"   p99 {cuts[98] * 1000:5.1f} ms")  # fmt: skip
        if rate == 10_000:
            held &= p95[rate] <= KEY_P95_MS and cuts[98] * 1000 <= KEY_P99_MS
    print(f"50,000 against 1,000   {p95[50_000] / p95[1_000]:5.2f}   bar {FLOOD_RATIO}")
    held &= p95[50_000] / p95[1_000] <= FLOOD_RATIO
    return 0 if held else 1


if __name__ == "__main__":
    raise SystemExit(main())
