"""Puts shorter texts in place of long ones, as long as the code goes the same way for them.

A search leaves inputs behind that no person would write. What a reader is to understand should
hold nothing that does not matter.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.laboratory import Laboratory
from itc_tui.engines.builtin.witnesses import Witness, witness_of
from itc_tui.ports import Steps

_ROUNDS = 2
_LONG = 12
_TEXTS_EACH = 2
_MOST_FORMS = 400
_CHUNK = 12


def simplified(laboratory: Laboratory, witnesses: Sequence[Witness]) -> Steps[list[Witness]]:
    """Each with the shortest texts that were found to do."""
    best = list(witnesses)
    for _ in range(_ROUNDS):
        forms: dict[str, Program] = {}
        whose: dict[str, int] = {}
        for place, witness in enumerate(best):
            if witness.is_given or len(forms) >= _MOST_FORMS:
                continue
            for number, form in enumerate(shorter_forms(witness.program)):
                forms[f"{place}/{number}"] = form
                whose[f"{place}/{number}"] = place
        rows = yield from laboratory.observe(forms, seed=1, chunk=_CHUNK, limit_s=60)
        for ident, row in rows.items():
            place = whose[ident]
            found = witness_of(best[place].ident, forms[ident], best[place].focus, row)
            if found is not None and goes_the_same_way(found, witnesses[place]):
                best[place] = min(best[place], found, key=lambda one: one.size)
    return best


def shorter_forms(program: Program) -> Iterator[Program]:
    """The program with one of its longest texts cut to its first word, or to half."""
    for at, step in enumerate(program.steps):
        if step.kind == "raw":
            continue
        for start, end, value in _texts_in(step.code)[:_TEXTS_EACH]:
            for shorter in dict.fromkeys((_first_word(value), value[: len(value) // 2])):
                raw = step.code.encode("utf-8")
                code = raw[:start] + repr(shorter).encode("utf-8") + raw[end:]
                steps = list(program.steps)
                steps[at] = step._replace(code=code.decode("utf-8"))
                yield program._replace(steps=tuple(steps))


def goes_the_same_way(form: Witness, whole: Witness) -> bool:
    """All lines and calls of the whole, the same refusals, and an end that tells as much."""
    return (
        form.lines >= whole.lines
        and form.edges >= whole.edges
        and [(at, error.name) for at, error in form.raised.items()]
        == [(at, error.name) for at, error in whole.raised.items()]
        and (form.is_telling or not whole.is_telling)
        and len(form.last_claims) >= len(whole.last_claims)
    )


def _texts_in(code: str) -> list[tuple[int, int, str]]:
    """Long literals of one line, the longest first, with their places in bytes."""
    try:
        tree = ast.parse(code.strip())
    except SyntaxError:
        return []
    if code != code.strip() or "\n" in code:
        return []
    joined = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    inside = {id(part) for node in joined for part in node.values}
    found = [
        (node.col_offset, node.end_col_offset or 0, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and len(node.value) > _LONG
        and id(node) not in inside
    ]
    return sorted(found, key=lambda one: -len(one[2]))


def _first_word(value: str) -> str:
    word = re.search(r"[^\W\d_]{2,10}", value)
    return word[0].lower() if word else value[:4]
