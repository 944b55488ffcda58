"""Takes away the calls at the end of a case that nothing looks at any more.

What such a call led to was not worth a word, or was not the same each time. It goes, unless no
other case crosses what it crosses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from itc_tui.engines.builtin.laboratory import Laboratory
from itc_tui.engines.builtin.steadiness import asks_of
from itc_tui.engines.builtin.witnesses import Witness, used_imports, witness_of
from itc_tui.ports import Steps

_CHUNK = 12
_LIMIT_S = 60.0


def without_dead_ends(
    laboratory: Laboratory, held: Mapping[str, Witness]
) -> Steps[dict[str, Witness]]:
    """`held`: cases with the claims that are the same each time; those before an end still are."""
    forms = {ident: form for ident, one in held.items() if (form := shortened(one)) is not None}
    rows = yield from laboratory.observe(
        {ident: form.program for ident, form in forms.items()},
        asks=asks_of(forms),
        seed=1,
        chunk=_CHUNK,
        limit_s=_LIMIT_S,
    )
    crossed = Counter(edge for witness in held.values() for edge in witness.edges)
    result = dict(held)
    for ident, row in rows.items():
        whole, form = held[ident], forms[ident]
        seen = witness_of(whole.ident, form.program, whole.focus, row)
        if seen is None or (whole.edges and not seen.edges):
            continue
        lost = whole.edges - seen.edges
        if all(crossed[edge] > 1 for edge in lost):
            crossed.subtract(lost)
            result[ident] = form.but(
                arcs=seen.arcs,
                edges=seen.edges,
                act_edges=seen.act_edges,
                act_lines=seen.act_lines,
            )
    return result


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
