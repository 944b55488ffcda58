"""Who shows that a drafted case can fail, and that it holds."""

from __future__ import annotations

from typing import Protocol

from itc_tui.domain.exploration import Exploration
from itc_tui.domain.inventory import Proof
from itc_tui.domain.record import Record
from itc_tui.domain.requests import Draft
from itc_tui.ports.steps import Steps

PROOF_STEPS = ("repetition", "faults")
"""The steps of a proof, for whoever outlines the work that it is part of."""


class ProofOrder(Record):
    draft: Draft
    exploration: Exploration
    repeats: int = 10
    budget_s: float = 0
    faults_per_case: int = 1
    """After that many caught faults a case is not tried further."""


class Prover(Protocol):
    """Shows for each drafted case that it can fail, and that it holds."""

    def prove(self, order: ProofOrder) -> Steps[tuple[Proof, ...]]: ...
