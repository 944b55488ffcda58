"""A doctest's output is a promise: kept, it is a contract; broken, the test says so by failing."""

from __future__ import annotations

import ast
import math
import re
from typing import Any

from itc_tui.engines.builtin.oracles.promise import Facts
from itc_tui.engines.builtin.witnesses import Claim, Witness

_BY_CHANCE = re.compile(
    r"\b(now|today|utcnow|time|random|shuffle|uuid\w*|environ|getcwd|platform|version|locale|id"
    r"|hash|tempfile|gethostname)\b"
)


def judge(witness: Witness, facts: Facts) -> Witness:
    claims = list(witness.claims)
    for at, step in enumerate(witness.program.steps[: len(claims)]):
        if step.var in facts.wanted:
            text, origin = facts.wanted[step.var]
            claims[at] = _promised(claims[at], step.var, text, origin, witness)
    return witness.but(claims=tuple(claims))


def _promised(
    claims: tuple[Claim, ...], var: str, text: str, origin: str, witness: Witness
) -> tuple[Claim, ...]:
    source = f"example {origin}"
    promised, is_literal = _value(text)
    for place, claim in enumerate(claims):
        observed, was_literal = _value(claim.right)
        if claim.left == f"repr({var})" and was_literal and observed == text:
            return _with(claims, place, Claim(claim.left, claim.right, claim.imports, True, source))
        if claim.left != var or not was_literal:
            continue
        if (observed == promised and is_literal) or claim.right == text:
            return _with(claims, place, Claim(claim.left, claim.right, claim.imports, True, source))
        if is_literal and _is_broken(promised, observed, witness):
            broken = Claim(claim.left, repr(promised), (), True, source)
            return _with(claims, place, broken)
    return claims


def _with(claims: tuple[Claim, ...], place: int, claim: Claim) -> tuple[Claim, ...]:
    return (*claims[:place], claim, *claims[place + 1 :])


def _value(text: str) -> tuple[Any, bool]:
    try:
        return ast.literal_eval(text), True
    except (ValueError, SyntaxError, TypeError, MemoryError):
        return None, False


def _is_broken(promised: Any, observed: Any, witness: Witness) -> bool:
    """Another value of the same kind, from a program that nothing outside has a say in."""
    if type(promised) is not type(observed):
        return False
    if isinstance(promised, float) and math.isclose(promised, observed, rel_tol=1e-6):
        return False
    if isinstance(promised, str) and " ".join(promised.split()) == " ".join(observed.split()):
        return False
    code = "\n".join(step.code for step in witness.program.steps)
    return not _BY_CHANCE.search(code)
