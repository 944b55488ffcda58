"""The dump that a hanging interpreter writes of its stacks, reduced to what a person looks for."""

from __future__ import annotations

import time
from pathlib import Path

from itc_tui.domain.plain_text import bounded_text, clean_text

WAIT_S = 0.5
STEP_S = 0.02
MACHINERY = ("/_pytest/", "/pluggy/", "/site-packages/pytest/", "<frozen runpy>", "itc_reporter.py")


def told_stacks(stacks_file: Path) -> str:
    """What was dumped, once it stops growing; empty when the interpreter cannot answer."""
    size, until = -1, time.monotonic() + WAIT_S
    while time.monotonic() < until:
        time.sleep(STEP_S)
        grown = stacks_file.stat().st_size
        if grown and grown == size:
            break
        size = grown
    text = stacks_file.read_text(encoding="utf-8", errors="replace")
    return bounded_text(clean_text(text), 20_000, 10_000)


def without_machinery(text: str) -> str:
    """The frames of the test and of what it called, without those of pytest below them."""
    return "\n".join(
        line
        for line in text.splitlines()
        if not (line.startswith("  File ") and any(part in line for part in MACHINERY))
    ).strip()
