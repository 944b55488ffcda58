"""The dump that a hanging interpreter writes of its stacks, reduced to what a person looks for."""

from __future__ import annotations

import time
from pathlib import Path

from itc_tui.domain.plain_text import bounded_text, clean_text

WAIT_S = 0.5
STEP_S = 0.02
MACHINERY = (
    "/_pytest/",
    "/pluggy/",
    "/site-packages/pytest/",
    "runpy.py",
    "<frozen runpy>",
    "itc_reporter.py",
)


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
    """Of each thread the frames of the test and of what it called, not those of pytest below."""
    kept: list[str] = []
    has_own_frames = is_below = False
    for line in text.splitlines():
        if not line.startswith("  "):
            has_own_frames = is_below = False
            kept.append(line)
            continue
        is_machinery = any(part in line for part in MACHINERY)
        is_below = is_below or (is_machinery and has_own_frames)
        if not is_machinery and not is_below:
            has_own_frames = True
            kept.append(line)
    return "\n".join(kept).strip()
