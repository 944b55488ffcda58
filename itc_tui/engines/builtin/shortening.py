"""Each witness in the shortest form that shows the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.laboratory import Laboratory
from itc_tui.engines.builtin.slicing import slices
from itc_tui.engines.builtin.witnesses import Witness, used_imports, witness_of
from itc_tui.ports import Steps

_SAME = 0.92
_CHUNK = 12


def shortened(laboratory: Laboratory, witnesses: list[Witness]) -> Steps[list[Witness]]:
    """Each in the shortest form that shows the same; no line is lost to all of them."""
    forms: dict[str, Program] = {}
    wholes: dict[str, Witness] = {}
    for number, witness in enumerate(witnesses):
        if witness.is_given:
            continue  # what a document promises, it promises of the example as it stands
        for place, form in enumerate(slices(witness.program, witness.ends_in_error)):
            if form != witness.program:
                forms[f"{number}/{place}"] = _with_used_imports(form)
                wholes[f"{number}/{place}"] = witness
    seen = yield from laboratory.observe(forms, seed=1, chunk=_CHUNK, limit_s=120)
    candidates: dict[str, list[Witness]] = defaultdict(list)
    for ident, form in forms.items():
        whole = wholes[ident]
        found = witness_of(whole.ident, form, whole.focus, seen[ident]) if ident in seen else None
        if found is not None and _ends_alike(found, whole):
            candidates[whole.ident].append(found)
    return as_short_as_they_may_be(witnesses, candidates)


def as_short_as_they_may_be(
    witnesses: Sequence[Witness], candidates: Mapping[str, Sequence[Witness]]
) -> list[Witness]:
    """Of each the first form that reaches nearly as much, or all but what another reaches too."""
    reached = Counter(thing for witness in witnesses for thing in _reach(witness))
    result = []
    for witness in witnesses:
        best = witness
        for form in candidates.get(witness.ident, ()):
            if witness.edges and not form.edges:
                continue  # it would cross nothing any more
            lost = _reach(witness) - _reach(form)
            common = len(witness.lines & form.lines)
            if common >= _SAME * len(witness.lines) or all(reached[thing] > 1 for thing in lost):
                reached.subtract(lost)
                best = form
                break
        result.append(best)
    return result


def _reach(witness: Witness) -> frozenset[Any]:
    return witness.arcs | witness.edges


def _with_used_imports(form: Program) -> Program:
    texts = [step.code for step in form.steps]
    return form._replace(imports=used_imports(form.imports, texts))


def _ends_alike(shorter: Witness, whole: Witness) -> bool:
    def ending(witness: Witness) -> Any:
        return (
            [claim.text for claim in witness.last_claims],
            [(error.name, error.message) for error in witness.raised.values()],
            witness.files,
        )

    # What an example printed on its way here says nothing of the call that is looked at.
    prints_as_much = whole.out.endswith(shorter.out) and bool(
        shorter.out or whole.last_claims or whole.is_error or not whole.out
    )
    return ending(shorter) == ending(whole) and prints_as_much
