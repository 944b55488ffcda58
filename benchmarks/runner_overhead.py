"""What watching a run costs: our runner against bare `pytest -q`, on 2,000 trivial tests.

Both run in turns on the same machine, and each pair gives one ratio, so that a busy neighbour
slows both sides of it. Run with `python -m benchmarks.runner_overhead [PAIRS] [TESTS]`.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from datetime import UTC, datetime
from pathlib import Path

from itc_tui.adapters.pytest_runner import PytestRunner
from itc_tui.domain.events import Event
from itc_tui.domain.questions import Reply
from itc_tui.domain.results import RunReport
from itc_tui.domain.target import Target
from itc_tui.ports import RunOrder, StopSwitch

LIMIT = 1.10
FILES = 20


class MachineClock:
    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


def main() -> int:
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 2_000
    with tempfile.TemporaryDirectory(prefix="itc-overhead-") as folder:
        root = Path(folder).resolve()
        node_ids = write_suite(root, count)
        bare_s(root), ours_s(root, node_ids)  # compile the files, warm the caches
        bare, ours = [], []
        for number in range(pairs):
            if number % 2:
                ours.append(ours_s(root, node_ids))
                bare.append(bare_s(root))
            else:
                bare.append(bare_s(root))
                ours.append(ours_s(root, node_ids))
    ratios = [mine / other for mine, other in zip(ours, bare)]
    ratio = statistics.median(ratios)
    print(f"{count} tests, {pairs} pairs")
    print(f"bare pytest -q   median {statistics.median(bare):.3f} s")
    print(f"itc's runner     median {statistics.median(ours):.3f} s")
    print(f"ratio            median {ratio:.3f}   ({min(ratios):.3f} to {max(ratios):.3f})")
    print(f"bar              {LIMIT:.2f}   {'held' if ratio <= LIMIT else 'NOT held'}")
    return 0 if ratio <= LIMIT else 1


def write_suite(root: Path, count: int) -> tuple[str, ...]:
    tests_dir = root / "tests"
    tests_dir.mkdir()
    (root / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    per_file = -(-count // FILES)
    node_ids = []
    for start in range(0, count, per_file):
        names = [f"test_{number}" for number in range(start, min(start + per_file, count))]
        file = tests_dir / f"test_part_{start}.py"
        body = "\n\n".join(f"def {name}():\n    assert 1 + 1 == 2" for name in names)
        file.write_text(f"{body}\n", encoding="utf-8")
        node_ids += [f"tests/{file.name}::{name}" for name in names]
    return tuple(node_ids)


def bare_s(root: Path) -> float:
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", str(root / "tests")],
        cwd=root,
        check=True,
        stdin=subprocess.DEVNULL,
        capture_output=True,
    )
    return time.perf_counter() - started


def ours_s(root: Path, node_ids: tuple[str, ...]) -> float:
    target = Target(root=str(root), python=sys.executable, tests_dir="tests")
    runner = PytestRunner(target, root / ".trace", StopSwitch(), MachineClock())
    started = time.perf_counter()
    report = drive(runner, RunOrder(node_ids=node_ids))
    seconds = time.perf_counter() - started
    passed = sum(result.is_passing for result in report.results)
    assert passed == len(node_ids), report.trouble
    assert not report.trouble, report.trouble
    return seconds


def drive(runner: PytestRunner, order: RunOrder) -> RunReport:
    reports: list[RunReport] = []

    def steps() -> Generator[Event, Reply | None, None]:
        reports.append((yield from runner.run(order)))

    for _ in steps():
        pass
    return reports[0]


if __name__ == "__main__":
    raise SystemExit(main())
