"""Puts back what a prepared case leaves in modules, when it is seen that others stumble over it."""

from __future__ import annotations

from dataclasses import replace

from itc_tui.engines.builtin.cache import Prepared
from itc_tui.engines.builtin.inside.given import STAND_IN
from itc_tui.engines.builtin.inside.programs import Step
from itc_tui.engines.builtin.scenarios import input_text
from itc_tui.engines.builtin.stand_ins.stand_in import StandIn


def with_state_kept(prepared: Prepared, keeper: StandIn | None) -> Prepared | None:
    """None where nothing of that kind is left, or where it is put back already."""
    witness = prepared.witness
    if keeper is None or not witness.lines & set(keeper.sites):
        return None
    step = Step(keeper.name, keeper.name, STAND_IN)
    if step in witness.program.steps:
        return None
    kept = witness.but(
        program=witness.program._replace(steps=(step, *witness.program.steps)),
        claims=((), *witness.claims),
        kinds=("", *witness.kinds),
        raised={at + 1: error for at, error in witness.raised.items()},
    )
    return replace(prepared, input=input_text(kept), witness=kept)
