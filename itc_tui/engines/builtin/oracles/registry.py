"""The oracles, strongest first."""

from __future__ import annotations

from itc_tui.engines.builtin.oracles import (
    declared,
    documented_errors,
    documented_output,
    round_trip,
)
from itc_tui.engines.builtin.oracles.promise import Facts, Oracle
from itc_tui.engines.builtin.witnesses import Witness

ORACLES: tuple[Oracle, ...] = (
    documented_output.judge,
    declared.judge,
    round_trip.judge,
    documented_errors.judge,
)


def judged(witness: Witness, facts: Facts) -> Witness:
    for oracle in ORACLES:
        witness = oracle(witness, facts)
    return witness
