"""Chooses, of everything that could be asserted, what a reader wants to see asserted."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from itc_tui.engines.builtin.witnesses import Claim, Witness, names_of

_MOST_PER_STEP = 5
_MOST_IN_ALL = 24


def curated(witness: Witness) -> Witness:
    witness = _of_the_acts(witness)
    left = _MOST_IN_ALL
    claims: list[tuple[Claim, ...]] = []
    # From the end: what the last steps led to matters more than how the stage was set.
    for at in range(len(witness.claims) - 1, -1, -1):
        chosen = _of_step(witness, at)[: min(_MOST_PER_STEP, left)]
        left -= len(chosen)
        claims.append(chosen)
    return witness.but(claims=tuple(_said_once(witness, tuple(reversed(claims)))))


def _said_once(
    witness: Witness, claims: tuple[tuple[Claim, ...], ...]
) -> Iterator[tuple[Claim, ...]]:
    """What a call does to others beside what it gives, or as one of several that prepare, is said
    where it is so for the last time; what somebody promises is said wherever it holds."""
    for at, own in enumerate(claims):
        var = witness.program.steps[at].var
        later = [step for step in range(at + 1, len(claims)) if claims[step]]
        if not any(claim.left == var and claim.right != "None" for claim in own):
            later = [step for step in later[:1] if not _gives(witness, step, claims[step])]
        again = {claim.left for step in later for claim in claims[step]}
        yield tuple(c for c in own if c.source or c.left == var or c.left not in again)


def _gives(witness: Witness, at: int, claims: tuple[Claim, ...]) -> bool:
    """Something is said of what comes of the step, and not only of what it did to others."""
    return any(speaks_of(claim, witness.program.steps[at].var) for claim in claims)


def _of_the_acts(witness: Witness) -> Witness:
    """Without what is asserted of values that only set the stage, where the acts show enough."""
    claims = []
    for at, (step, own) in enumerate(zip(witness.program.steps, witness.claims)):
        is_stage = step.kind == "do" and _feeds_another(witness, at)
        claims.append(
            tuple(c for c in own if c.source or not (is_stage and speaks_of(c, step.var)))
        )
    bare = witness.but(claims=tuple(claims))
    ends = [claim for at in range(len(claims)) for claim in _of_step(bare, at)]
    shows = any(not claim.is_weak for claim in ends)
    if shows or witness.raised or witness.files or witness.out:
        return bare
    return witness


def _feeds_another(witness: Witness, at: int) -> bool:
    var = witness.program.steps[at].var
    return bool(var) and any(var in names_of(s.code) for s in witness.program.steps[at + 1 :])


def _of_step(witness: Witness, at: int) -> tuple[Claim, ...]:
    step, claims = witness.program.steps[at], witness.claims[at]
    if _compares_with_itself(step.code):
        return ()
    own = [claim for claim in claims if speaks_of(claim, step.var)]
    is_beside_others = len(claims) > 1
    if len(own) == 1 and own[0].right == "None" and not own[0].source and is_beside_others:
        # What it changed says more than that it gave nothing.
        claims = tuple(claim for claim in claims if claim is not own[0])
    # `x = 3` needs no `assert x == 3` behind it.
    claims = tuple(c for c in claims if c.source or not _says_again(step.code, c.right))
    if any(not claim.is_weak for claim in claims):
        claims = tuple(claim for claim in claims if not claim.is_weak)
    # What `Order()` gives is an Order.
    claims = tuple(c for c in claims if not (c.is_weak and _makes(step.code, c)))
    texts = {claim.left for claim in claims}
    if f"str({step.var})" in texts:
        claims = tuple(claim for claim in claims if claim.left != f"repr({step.var})")
    whole = [claim for claim in claims if claim.is_whole or claim.source]
    return (*whole, *(claim for claim in claims if claim not in whole))


def _makes(code: str, claim: Claim) -> bool:
    """The statement calls the very class of which the claim says that its value is."""
    try:
        node = ast.parse(code.strip(), mode="eval").body
    except SyntaxError:
        return False
    name = ast.unparse(node.func).rpartition(".")[2] if isinstance(node, ast.Call) else ""
    said = claim.right.strip("'") if claim.left.startswith("type(") else claim.left
    return bool(name) and re.search(rf"\b{re.escape(name)}\b\)?$", said) is not None


def _compares_with_itself(code: str) -> bool:
    try:
        node = ast.parse(code.strip(), mode="eval").body
    except SyntaxError:
        return False
    sides = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
    return len({ast.dump(side) for side in sides}) == 1


def _says_again(code: str, right: str) -> bool:
    try:
        return bool(ast.literal_eval(code) == ast.literal_eval(right))
    except (ValueError, SyntaxError, TypeError, MemoryError):
        return False


def is_used_later(witness: Witness, at: int) -> bool:
    var = witness.program.steps[at].var
    later = [step.code for step in witness.program.steps[at + 1 :]]
    later += [claim.text for claims in witness.claims[at + 1 :] for claim in claims]
    return bool(var) and any(re.search(rf"\b{re.escape(var)}\b", code) for code in later)


def speaks_of(claim: Claim, var: str) -> bool:
    return bool(var) and var in names_of(claim.left)
