"""What is undone comes back: `parse(render(x)) == x`, and what was written is what is read."""

from __future__ import annotations

import ast
import re

from itc_tui.engines.builtin.inside.inverse import is_inverse
from itc_tui.engines.builtin.oracles.promise import Facts
from itc_tui.engines.builtin.witnesses import Claim, Witness


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
    source = f"round trip {done[0]} → {undone[0]}"
    for argument in done[1]:
        original = _value_of(witness, claims, argument)
        if original is not None and original == own[0].right and _has_substance(original):
            right = argument if re.fullmatch(r"[A-Za-z_]\w*", argument) else own[0].right
            kept = Claim(var, own[0].right, own[0].imports, True, source)
            extra = [Claim(var, right, (), True, source)] if right != own[0].right else []
            rest = [claim for claim in claims[later] if claim is not own[0]]
            return (kept, *extra, *rest)
    return claims[later]


def _value_of(witness: Witness, claims: list[tuple[Claim, ...]], argument: str) -> str | None:
    for step, own in zip(witness.program.steps, claims):
        if step.var == argument:
            return next((claim.right for claim in own if claim.left == argument), None)
    try:
        return repr(ast.literal_eval(argument))
    except (ValueError, SyntaxError, TypeError):
        return None


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
