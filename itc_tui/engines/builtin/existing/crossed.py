"""Which calls between modules the target's own tests make, seen while they run in the box."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from itc_tui.domain.events import Progressed
from itc_tui.engines.builtin import inside
from itc_tui.engines.builtin.witnesses import Edge
from itc_tui.ports import Box, BoxOrder, Steps

_SCRIPT = str(Path(inside.__file__).parent / "existing_look.py")
_LIMIT_S = 20.0
_SLACK_S = 10.0
_MOST_FILES = 300


def edges_of_tests(box: Box, test_files: Sequence[str]) -> Steps[dict[Edge, str]]:
    """Each edge with the first test that makes it; those not reached in time are not known."""
    if not test_files:
        return {}
    yield Progressed(what="watching the existing tests run")
    order = BoxOrder(
        script=_SCRIPT,
        payload={"paths": list(test_files)[:_MOST_FILES], "limit_s": _LIMIT_S},
        limit_s=_LIMIT_S + _SLACK_S,
        memory_mb=1800,
    )
    found: dict[Edge, str] = {}
    run = box.run(order)
    while True:
        try:
            row = next(run)
        except StopIteration:
            return found
        for edge in row.get("edges", ()):
            found.setdefault((edge[0], edge[1], edge[2], edge[3]), str(row["test"]))
