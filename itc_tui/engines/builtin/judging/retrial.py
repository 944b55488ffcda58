"""Runs one case again in the box, in several circumstances, to see what really happens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from itc_tui.domain.another_day import CLOCK_AHEAD_S
from itc_tui.engines.builtin.rehearsal import pytest_order, ran_by_pytest
from itc_tui.ports import Box

_LIMIT_S = 60.0


@dataclass(frozen=True)
class Retried:
    """How the case ended in one of the runs."""

    hash_seed: int
    outcome: str
    """`passed`, `failed`, `error`, `skipped`, or `absent` when it was not collected."""
    message: str = ""
    traceback: str = ""
    error: str = ""
    said: str = ""
    """`repr` of what the error said."""
    op: str = ""
    left: str = ""
    right: str = ""


def try_again(
    box: Box, node_id: str, overlays: Mapping[str, str], *, seeds: tuple[int, ...] = (0, 1, 2)
) -> tuple[Retried, ...]:
    """One run per hash seed, each on a day of its own; `overlays` as the files shall be."""
    return tuple(_once(box, node_id, overlays, seed, turn=turn) for turn, seed in enumerate(seeds))


def _once(box: Box, node_id: str, overlays: Mapping[str, str], seed: int, *, turn: int) -> Retried:
    order = pytest_order(
        [node_id.split("::", 1)[0]],
        only=[node_id],
        overlays=dict(overlays),
        hash_seed=seed,
        limit_s=_LIMIT_S,
        refresh=turn == 0,
        clock_ahead_s=turn * CLOCK_AHEAD_S,
    )
    found = Retried(seed, "absent")
    for row in ran_by_pytest(box, order)[0]:
        if "broken_file" in row:
            found = Retried(seed, "absent", message=row["why"])
        elif row.get("node") == node_id and found.outcome in ("absent", "passed"):
            sides = row["sides"]
            found = Retried(
                seed,
                row["outcome"],
                row["message"],
                row["traceback"],
                row.get("error", ""),
                row.get("said", ""),
                sides.get("op", ""),
                sides.get("left", ""),
                sides.get("right", ""),
            )
    return found
