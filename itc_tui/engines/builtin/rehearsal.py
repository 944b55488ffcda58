"""Runs tests with the target's own pytest in the box, before anything counts on them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from itc_tui.domain.another_day import CLOCK_AHEAD_S, FAR_TIME_ZONE
from itc_tui.domain.events import Progressed
from itc_tui.domain.hash_seeds import spread
from itc_tui.domain.requests import DraftFile
from itc_tui.engines.builtin import inside
from itc_tui.ports import Box, BoxOrder, BoxReport, Steps, heard_out

_SCRIPT = str(Path(inside.__file__).parent / "rehearse.py")
_LIMIT_S = 90.0
_LONGEST_REASON = 300
RUNS = 2


def rehearse(box: Box, files: Sequence[DraftFile]) -> Steps[dict[str, tuple[str, ...]]]:
    """The last look before a plan is shown: do its tests hold?

    `path::function` → what went wrong, for each run in which the test did not pass.
    Empty when the target has no pytest: then nothing can be said yet.
    """
    wanted = {f"{file.path}::{case.function}" for file in files for case in file.cases}
    failures: dict[str, list[str]] = {node: [] for node in wanted}
    yield Progressed(what="rehearsing", done=0, total=RUNS)
    for rows, report in all_ran_by_pytest(box, [_order(files, seed) for seed in range(RUNS)]):
        passed: set[str] = set()
        why: dict[str, str] = {}
        for row in rows:
            if "no_pytest" in row:
                return {}
            if "broken_file" in row:
                why.update(_of_file(wanted, row["broken_file"], _error_in(row["why"])))
            elif row.get("outcome") == "passed":
                passed.add(row["node"])
            elif "node" in row:
                why[row["node"]] = row["message"][:_LONGEST_REASON]
        for node in wanted:
            if node not in passed or node in why:
                failures[node].append(why.get(node, _last_words(report)))
    return {node: tuple(found) for node, found in failures.items() if found}


def ran_by_pytest(box: Box, order: BoxOrder) -> tuple[list[dict[str, Any]], BoxReport]:
    """The rows that the tests of a `pytest_order` told, as `inside/rehearse.py` sends them."""
    return all_ran_by_pytest(box, [order])[0]


def all_ran_by_pytest(
    box: Box, orders: Sequence[BoxOrder]
) -> list[tuple[list[dict[str, Any]], BoxReport]]:
    """The same for several, side by side."""
    rows: list[list[dict[str, Any]]] = [[] for _ in orders]
    reports = heard_out(box.run_all(orders), lambda told: rows[told[0]].append(told[1]))
    return list(zip(rows, reports))


def pytest_order(
    paths: Sequence[str],
    *,
    only: Sequence[str] | None = None,
    is_backwards: bool = False,
    **order: Any,
) -> BoxOrder:
    """One run of the tests in `paths`, or of `only` some.

    Run backwards as well, each of them has come after each of the others; and it has another home.
    """
    payload = {
        "paths": list(paths),
        "only": only if only is None else list(only),
        "is_backwards": is_backwards,
    }
    return BoxOrder(script=_SCRIPT, payload=payload, **order)


def _of_file(wanted: set[str], file: str, why: str) -> dict[str, str]:
    """A file that could not be collected is the reason for each of its tests."""
    return {node: why for node in wanted if node.startswith(file) or not file.endswith(".py")}


def _error_in(why: str) -> str:
    """Of a traceback as pytest shows it, what was raised in the end."""
    errors = [line[1:].strip() for line in why.splitlines() if line.startswith("E ")]
    return (errors[-1] if errors else why[-_LONGEST_REASON:])[:_LONGEST_REASON]


def _last_words(report: BoxReport) -> str:
    """What pytest said when it never came to the tests: a broken conftest, an unknown option."""
    lines = [line.strip() for line in report.output.splitlines() if line.strip()]
    errors = [line for line in lines if "Error" in line or line.startswith("E ")]
    said = (errors or lines or [""])[-1]
    return f"pytest did not run it to its end{': ' if said else ''}{said}"


def _order(files: Sequence[DraftFile], seed: int) -> BoxOrder:
    """The first run keeps the order of the files; the other turns it round, on another day."""
    return pytest_order(
        [file.path for file in files if file.cases],
        is_backwards=bool(seed),
        overlays={file.path: file.text for file in files},
        hash_seed=spread(11 + seed),
        limit_s=_LIMIT_S,
        memory_mb=1800,
        clock_ahead_s=CLOCK_AHEAD_S if seed else 0,
        environment=(("TZ", FAR_TIME_ZONE),) if seed else (),
    )
