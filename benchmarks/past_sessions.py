"""What two hundred past sessions cost beside two: listing them, and finding the one to go on with.

Run with `python -m benchmarks.past_sessions [PAIRS]`. Processor time, of copies of the recorded
session of this repository.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from itc_tui.adapters.session.session_shelf import glance_at_sessions, list_sessions
from itc_tui.wiring import session_to_continue

RECORDED = Path("sessions") / "ITG-shop-2026-11-22"
FEW, MANY = 2, 200
GO_ON_BAR, LIST_BAR = 3.0, 0.2
"""Going on with 200 against 2 (the folders are looked at, one state is read); listing as a screen
does against reading every state."""


def main() -> int:
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as scratch:
        few, many = (_shelf(Path(scratch) / str(count), count) for count in (FEW, MANY))
        go_on = _median_ratio(lambda: _go_on(many), lambda: _go_on(few), pairs)
        listed = _median_ratio(
            lambda: glance_at_sessions(many), lambda: list_sessions(many), min(pairs, 3)
        )
        took_ms = _cpu_s(lambda: glance_at_sessions(many)) * 1000
    print(f"go on, {MANY} against {FEW}         {go_on:6.2f}   bar {GO_ON_BAR}")
    print(f"list {MANY}, against reading all {listed:6.3f}   bar {LIST_BAR}   ({took_ms:.0f} ms)")
    return 0 if go_on <= GO_ON_BAR and listed <= LIST_BAR else 1


def _shelf(root: Path, count: int) -> Path:
    for number in range(count):
        folder = root / f"ITG-shop-{number:03d}-2026-11-21"
        folder.mkdir(parents=True)
        shutil.copy(RECORDED / "state.json", folder)
    newest = root / f"ITG-shop-{count - 1:03d}-2026-11-21" / "state.json"
    text = newest.read_text(encoding="utf-8")
    newest.write_text(text.replace('"phase": "completed"', '"phase": "iterating"'), "utf-8")
    return root


def _go_on(shelf: Path) -> str:
    return session_to_continue(shelf, None, {"sessions_dir": "."})


def _median_ratio(deed: Callable[[], object], floor: Callable[[], object], pairs: int) -> float:
    deed(), floor()
    return statistics.median(_cpu_s(deed) / _cpu_s(floor) for _ in range(pairs))


def _cpu_s(deed: Callable[[], object]) -> float:
    began = time.process_time()
    deed()
    return time.process_time() - began


if __name__ == "__main__":
    raise SystemExit(main())
