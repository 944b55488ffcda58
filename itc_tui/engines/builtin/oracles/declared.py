"""What a driver knows to be promised: it says so beside the statement that asks for it."""

from __future__ import annotations

from dataclasses import replace

from itc_tui.engines.builtin.oracles.promise import Facts
from itc_tui.engines.builtin.witnesses import Witness


def judge(witness: Witness, _facts: Facts) -> Witness:
    claims, raised = list(witness.claims), dict(witness.raised)
    for at, step in enumerate(witness.program.steps[: len(claims)]):
        if not step.source:
            continue
        if at in raised:
            raised[at] = replace(raised[at], source=step.source)
        # In company it may not hold any more; then there is nothing to say.
        claims[at] = tuple(
            replace(claim, source=step.source)
            for claim in claims[at]
            if claim.left == step.var and claim.right == "True"
        )
    return witness.but(claims=tuple(claims), raised=raised)
