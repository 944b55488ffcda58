"""What the prover's script in the box is asked: to look at cases, or to catch faults with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from itc_tui.adapters import proving
from itc_tui.adapters.proving.inside.itc_budget import PATIENCE
from itc_tui.adapters.proving.rounds import Round
from itc_tui.domain.another_day import ANOTHERS_VALUE, FAR_TIME_ZONE
from itc_tui.domain.hash_seeds import spread
from itc_tui.ports import BoxOrder

CASE_LIMIT_S = 30.0
_START_S = 30.0
_MOST_TRIES = 12
_SCRIPT = Path(proving.__file__).parent / "inside" / "itc_prove.py"


@dataclass
class Orders:
    """For one draft, whose files are laid over the tree."""

    names: Sequence[str]
    """Top names of the target."""
    overlays: Mapping[str, str]
    line_files: Collection[str]
    """Files whose lines are counted, for they tell what was crossed."""
    variables: set[str] = field(default_factory=set)
    """Environment variables that cases asked for, and that are not set here."""
    preload: list[str] = field(default_factory=list)
    """Modules that all cases need."""

    def look(
        self, turn: Round, most_s: float, *, watch: bool = False, apart_s: float = 0.0
    ) -> BoxOrder:
        limit_s = min(most_s, _START_S + CASE_LIMIT_S * len(turn.node_ids))
        set_there = self.variables if turn.is_in_another_shell else ()
        payload = {
            "ask": "look",
            "node_ids": turn.node_ids,
            "names": self.names,
            "watch": watch,
            "line_files": self.line_files,
            "variables": dict.fromkeys(set_there, ANOTHERS_VALUE),
            "limit_s": limit_s,
            "apart_s": apart_s,
        }
        return self._order(payload, limit_s + _START_S, turn)

    def catch(
        self, cases: Sequence[dict[str, Any]], limit_s: float, faults_per_case: int
    ) -> BoxOrder:
        payload = {
            "ask": "catch",
            "cases": cases,
            "names": self.names,
            "preload": self.preload,
            "faults_per_case": faults_per_case,
            "most_tries": _MOST_TRIES,
            "budget_s": limit_s,
            "limit_s": CASE_LIMIT_S,
        }
        # The script counts processor time; it ends by itself when too much passes on the wall.
        return self._order(payload, PATIENCE * limit_s + _START_S, Round())

    def _order(self, payload: dict[str, Any], limit_s: float, turn: Round) -> BoxOrder:
        return BoxOrder(
            script=str(_SCRIPT),
            payload=payload,
            limit_s=limit_s,
            memory_mb=2048,
            overlays=self.overlays,
            hash_seed=spread(turn.seed),
            cwd=turn.cwd,
            clock_ahead_s=turn.clock_ahead_s,
            environment=(("TZ", FAR_TIME_ZONE),) if turn.clock_ahead_s else (),
            refresh=True,  # a person may have edited the code since the plan was proved
        )
