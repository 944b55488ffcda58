"""What is undone comes back: `parse(render(x)) == x`, and what was written is what is read."""

from __future__ import annotations

import ast
import re

from itc_tui.engines.builtin.inside.inverse import is_inverse
from itc_tui.engines.builtin.oracles.promise import Facts
from itc_tui.engines.builtin.witnesses import Claim, Witness

SOURCE = "round trip "
"""How the source of such a claim begins."""


def judge(witness: Witness, _facts: Facts) -> Witness:
    claims = list(witness.claims)
    steps = witness.program.steps
    for later in range(1, min(len(steps), len(claims))):
        undone = _call(steps[later].code)
        if undone is None or not steps[later].var:
            continue
        for earlier in range(later):
            done = _call(steps[earlier].code)
            if done is None or not is_inverse(done[0], undone[0]):
                continue
            if not _feeds(steps[earlier].var, steps[later].code, done[1], undone[1]):
                continue
            claims[later] = _marked(witness, claims, later, done, undone)
    return witness.but(claims=tuple(claims))


def is_back(claim: Claim) -> bool:
    """It says that what went in came out."""
    return claim.source.startswith(SOURCE)


def trips_in(witness: Witness) -> list[tuple[str, str]]:
    """What was done, and what undid it."""
    sources = [claim.source for step in witness.claims for claim in step if is_back(claim)]
    told = (source.removeprefix(SOURCE).partition(" → ") for source in dict.fromkeys(sources))
    return [(done, undone) for done, _, undone in told]


def _marked(
    witness: Witness,
    claims: list[tuple[Claim, ...]],
    later: int,
    done: tuple[str, list[str]],
    undone: tuple[str, list[str]],
) -> tuple[Claim, ...]:
    var = witness.program.steps[later].var
    own = [claim for claim in claims[later] if claim.left == var]
    if not own:
        return claims[later]
    source = f"{SOURCE}{done[0]} → {undone[0]}"
    for argument in done[1]:
        original = _value_of(witness, claims, argument)
        is_same = original is not None and _are_equal(original, own[0].right)
        if original is not None and is_same and _has_substance(original):
            is_named = re.fullmatch(r"[A-Za-z_]\w*", argument) is not None
            kept = Claim(var, own[0].right, own[0].imports, True, source)
            if is_named:  # what went in stands above; said once more it tells nothing
                kept = Claim(var, argument, (), True, source)
            rest = [claim for claim in claims[later] if claim is not own[0]]
            return (kept, *rest)
    return claims[later]


def _value_of(witness: Witness, claims: list[tuple[Claim, ...]], argument: str) -> str | None:
    for step, own in zip(witness.program.steps, claims):
        if step.var == argument:
            told = next((claim.right for claim in own if claim.left == argument), None)
            return told or _literal(step.code)
    return _literal(argument)


def _literal(code: str) -> str | None:
    try:
        return repr(ast.literal_eval(code.strip()))
    except (ValueError, SyntaxError, TypeError, MemoryError):
        return None


def _are_equal(one: str, other: str) -> bool:
    """As values; `True` is no `1` here."""
    if one == other:
        return True
    try:
        values = ast.literal_eval(one), ast.literal_eval(other)
    except (ValueError, SyntaxError, TypeError, MemoryError):
        return False
    return bool(values[0] == values[1]) and sorted(one) == sorted(other)


def _has_substance(code: str) -> bool:
    return code not in ("None", "True", "False", "''", "[]", "{}", "()", "0")


def _feeds(var: str, code: str, written: list[str], read: list[str]) -> bool:
    """The second call is handed what the first gave, or works on the same file or object."""
    if var and re.search(rf"\b{re.escape(var)}\b", code):
        return True
    return bool(set(written) & set(read) - {"tmp_path"})


def _call(code: str) -> tuple[str, list[str]] | None:
    """Last name of what is called, and its arguments; the receiver counts as one."""
    try:
        node = ast.parse(code.strip(), mode="eval").body
    except SyntaxError:
        return None
    if not isinstance(node, ast.Call):
        return None
    arguments = [ast.unparse(one) for one in node.args]
    if isinstance(node.func, ast.Attribute):
        return node.func.attr, [*arguments, ast.unparse(node.func.value)]
    return (node.func.id, arguments) if isinstance(node.func, ast.Name) else None
