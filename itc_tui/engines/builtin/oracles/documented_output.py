"""A doctest's output is a promise, where it is kept; broken ones make cases of their own."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import Any

from itc_tui.engines.builtin.inside.programs import Step
from itc_tui.engines.builtin.oracles.promise import Facts
from itc_tui.engines.builtin.witnesses import Claim, RaisedError, Witness

_TELLING = 12
"""Letters of a message that is nobody else's."""


def judge(witness: Witness, facts: Facts) -> Witness:
    if not witness.is_given:
        return witness  # other calls came between: the document did not speak of that
    claims = list(witness.claims)
    for at, step in enumerate(witness.program.steps[: len(claims)]):
        if step.var in facts.wanted:
            text, origin = facts.wanted[step.var]
            claims[at] = _promised(claims[at], step, text, origin)
    raised = dict(witness.raised)
    for at, error in witness.raised.items():
        text, origin = facts.wanted.get(witness.program.steps[at].var, ("", ""))
        if text and tells(text, error):
            raised[at] = replace(error, source=f"example {origin}")
    return witness.but(claims=tuple(claims), raised=raised)


def _promised(claims: tuple[Claim, ...], step: Step, text: str, origin: str) -> tuple[Claim, ...]:
    var, source = step.var, f"example {origin}"
    promised, is_literal = _value(text)
    # Quotes are often left away, where nothing but a text can be meant.
    is_for_text = not is_literal or step.code.startswith("str(")
    for place, claim in enumerate(claims):
        observed, was_literal = _value(claim.right)
        if claim.left == f"repr({var})" and was_literal and observed == text:
            return _with(claims, place, Claim(claim.left, claim.right, claim.imports, True, source))
        if claim.left != var or not was_literal:
            continue
        is_same = (observed == promised and is_literal) or claim.right == text
        is_same_text = (
            is_for_text and isinstance(observed, str) and observed.strip() == text.strip()
        )
        if is_same or is_same_text:
            return _with(claims, place, Claim(claim.left, claim.right, claim.imports, True, source))
    return claims


def _with(claims: tuple[Claim, ...], place: int, claim: Claim) -> tuple[Claim, ...]:
    return (*claims[:place], claim, *claims[place + 1 :])


def _value(text: str) -> tuple[Any, bool]:
    try:
        return ast.literal_eval(text), True
    except (ValueError, SyntaxError, TypeError, MemoryError):
        return None, False


def tells(shown: str, error: RaisedError) -> bool:
    """The last line of the traceback that the document shows: `shop.errors.BadOrder: …`; or the
    message alone; or that there is an error."""
    name, _, message = shown.partition(":")
    said = error.message.strip()
    if name.strip().rpartition(".")[2] == error.name.rpartition(".")[2]:
        return not message.strip() or said.startswith(message.strip())
    if len(said) > _TELLING and (shown.strip().startswith(said) or said.startswith(shown.strip())):
        return bool(shown.strip())
    return shown.startswith("raises ")
