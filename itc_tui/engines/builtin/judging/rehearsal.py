"""Runs one case again in the box, in several circumstances, to see what really happens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from itc_tui.engines.builtin import judging
from itc_tui.ports import Box, BoxOrder

_SCRIPT = str(Path(judging.__file__).parent / "inside" / "rehearse.py")
_LIMIT_S = 60.0


@dataclass(frozen=True)
class Rehearsed:
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


def rehearse(
    box: Box, node_id: str, overlays: Mapping[str, str], *, seeds: tuple[int, ...] = (0, 1, 2)
) -> tuple[Rehearsed, ...]:
    """One run per hash seed; `overlays` are the files as they shall be in these runs."""
    return tuple(
        _once(box, node_id, overlays, seed, refresh=turn == 0) for turn, seed in enumerate(seeds)
    )


def _once(
    box: Box, node_id: str, overlays: Mapping[str, str], seed: int, *, refresh: bool
) -> Rehearsed:
    steps = box.run(
        BoxOrder(
            script=_SCRIPT,
            payload={"node_ids": [node_id]},
            overlays=dict(overlays),
            hash_seed=seed,
            limit_s=_LIMIT_S,
            refresh=refresh,
        )
    )
    found = Rehearsed(seed, "absent")
    for message in steps:
        if "collection" in message:
            found = Rehearsed(seed, "absent", message=str(message["collection"]))
        elif message.get("node_id") == node_id and found.outcome in ("absent", "passed"):
            sides = message["sides"]
            found = Rehearsed(
                seed,
                message["outcome"],
                message["message"],
                message["traceback"],
                message["error"],
                message["said"],
                sides.get("op", ""),
                sides.get("left", ""),
                sides.get("right", ""),
            )
    return found
