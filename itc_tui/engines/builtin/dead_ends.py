"""Takes away the calls of a case that nothing looks at any more.

What such a call led to was not worth a word, or was not the same each time. It goes, unless no
other case crosses what it crosses, or what comes later is something else without it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from itc_tui.engines.builtin.claims import is_used_later
from itc_tui.engines.builtin.inside.drivers.door import label_in
from itc_tui.engines.builtin.laboratory import Laboratory
from itc_tui.engines.builtin.steadiness import asks_of
from itc_tui.engines.builtin.witnesses import Witness, used_imports, witness_of
from itc_tui.ports import Steps

_CHUNK = 12
_LIMIT_S = 60.0
_ROUNDS = 3
_IDLE_EACH = 4


def without_dead_ends(
    laboratory: Laboratory, held: Mapping[str, Witness]
) -> Steps[dict[str, Witness]]:
    """`held`: cases with the claims that are the same each time."""
    result, waiting = dict(held), dict(held)
    for _ in range(_ROUNDS):
        forms = {
            f"{ident}/{place}": form
            for ident, one in waiting.items()
            for place, form in enumerate(_forms_of(one))
        }
        if not forms:
            break
        rows = yield from laboratory.observe(
            {ident: form.program for ident, form in forms.items()},
            asks=asks_of(forms),
            seed=1,
            chunk=_CHUNK,
            limit_s=_LIMIT_S,
        )
        seen = {
            ident: witness_of(form.ident, form.program, form.focus, rows[ident])
            for ident, form in forms.items()
            if ident in rows
        }
        crossed = Counter(edge for witness in result.values() for edge in witness.edges)
        shorter: dict[str, Witness] = {}
        for ident, form in forms.items():
            name, whole = ident.rpartition("/")[0], result[ident.rpartition("/")[0]]
            again = seen.get(ident)
            if name in shorter or again is None or not _says_the_same(form, again):
                continue
            lost = whole.edges - again.edges
            if (whole.edges and not again.edges) or any(crossed[edge] < 2 for edge in lost):
                continue
            crossed.subtract(lost)
            shorter[name] = form.but(
                arcs=again.arcs,
                edges=again.edges,
                act_edges=again.act_edges,
                act_lines=again.act_lines,
            )
        result |= shorter
        waiting = shorter
    return result


def _forms_of(witness: Witness) -> Iterator[Witness]:
    """The shortest first."""
    idle = _idle_in(witness)
    ended = shortened(witness)
    if idle:
        bare = _without(witness, idle)
        yield shortened(bare) or bare
    if ended is not None:
        yield ended
    if len(idle) > 1:
        for at in idle[:_IDLE_EACH]:
            yield _without(witness, [at])


def _idle_in(witness: Witness) -> list[int]:
    """Calls on the way of which nothing is said or used."""
    steps = witness.program.steps
    if witness.is_given or label_in(witness.focus):
        return []
    return [
        at
        for at, step in enumerate(steps[:-1])
        if step.kind == "do"
        and not (step.source or step.is_effect or "tmp_path" in step.code)
        and not (witness.claims[at] or at in witness.raised or is_used_later(witness, at))
    ]


def _without(witness: Witness, idle: list[int]) -> Witness:
    """And without what was made for nothing but these."""
    steps = witness.program.steps
    needed = {at for at in range(len(steps)) if is_used_later(witness, at)}
    gone = set(idle)
    while True:
        kept = [at for at in range(len(steps)) if at not in gone]
        short = witness.but(
            program=witness.program._replace(steps=tuple(steps[at] for at in kept)),
            claims=tuple(witness.claims[at] for at in kept),
            kinds=tuple(witness.kinds[at] for at in kept),
            raised={kept.index(at): error for at, error in witness.raised.items()},
        )
        unused = {
            at
            for place, at in enumerate(kept[:-1])
            if at in needed
            and steps[at].kind == "do"
            and not (witness.claims[at] or is_used_later(short, place))
        }
        if not unused:
            break
        gone |= unused
    texts = [step.code for step in short.program.steps]
    return short.but(
        program=short.program._replace(imports=used_imports(short.program.imports, texts))
    )


def _says_the_same(form: Witness, again: Witness) -> bool:
    def said(witness: Witness) -> list[list[tuple[str, str]]]:
        return [[(claim.left, claim.right) for claim in step] for step in witness.claims]

    return (
        said(form) == said(again)
        and {at: error.name for at, error in form.raised.items()}
        == {at: error.name for at, error in again.raised.items()}
        and (form.out, form.files) == (again.out, again.files)
    )


def shortened(witness: Witness) -> Witness | None:
    """Up to what is looked at last; None where that is the end, or is nothing."""
    if witness.out or witness.files or witness.is_given:
        return None
    steps = witness.program.steps
    looked_at = [at for at in range(len(steps)) if _is_looked_at(witness, at)]
    if not looked_at or looked_at[-1] == len(steps) - 1:
        return None
    count = looked_at[-1] + 1
    program = witness.program._replace(steps=steps[:count])
    texts = [step.code for step in program.steps]
    return witness.but(
        program=program._replace(imports=used_imports(program.imports, texts)),
        claims=witness.claims[:count],
        kinds=witness.kinds[:count],
    )


def _is_looked_at(witness: Witness, at: int) -> bool:
    """An example's own statement may look by itself."""
    step = witness.program.steps[at]
    is_look = step.kind == "raw" and "assert" in step.code
    return bool(witness.claims[at]) or at in witness.raised or is_look
