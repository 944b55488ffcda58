"""A declared type is a promise; only where it is plainly broken does it become an expectation."""

from __future__ import annotations

import ast

from itc_tui.engines.builtin.oracles.promise import Facts
from itc_tui.engines.builtin.witnesses import Claim, Mismatch, Witness


def judge(witness: Witness, _facts: Facts) -> Witness:
    claims = list(witness.claims)
    for mismatch in witness.mismatches:
        if not is_certain(witness, mismatch) or mismatch.at >= len(claims):
            continue
        source = f"declared type of {mismatch.where}"
        left = f"isinstance({mismatch.expression}, {mismatch.declared})"
        wrong = mismatch.expression
        kept = [claim for claim in claims[mismatch.at] if claim.left != wrong]
        claims[mismatch.at] = (Claim(left, "", (), True, source), *kept)
    return witness.but(claims=tuple(claims))


def is_certain(witness: Witness, mismatch: Mismatch) -> bool:
    """The target made the value itself, out of text or of what it had written before.

    With arguments of other kinds in the call, the wrong type may have been handed in by us.
    """
    if mismatch.found in ("NoneType", "NotImplementedType") or witness.is_error:
        return False
    if (mismatch.declared, mismatch.found) in (("float", "int"), ("int", "bool")):
        return False
    try:
        tree = ast.parse(witness.program.steps[mismatch.at].code, mode="eval").body
        constants = [
            node
            for step in witness.program.steps
            for node in ast.walk(ast.parse(step.code.strip()))
            if isinstance(node, ast.Constant)
        ]
    except SyntaxError:
        return False
    return isinstance(tree, ast.Call) and all(
        isinstance(node.value, str | bytes) for node in constants
    )
