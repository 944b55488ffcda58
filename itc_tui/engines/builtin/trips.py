"""There and back: what one call gave is handed to the call that says it undoes it.

`node.deserialize(node.serialize(x)) == x` is a promise that two names make. A search seldom meets
the two of them with the same object and the same other arguments, so they are put together here.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from itc_tui.engines.builtin.inside.drivers.door import label_in
from itc_tui.engines.builtin.inside.inverse import is_inverse
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.inside.receivers import focus_as_seen
from itc_tui.engines.builtin.laboratory import Laboratory
from itc_tui.engines.builtin.oracles.promise import Facts
from itc_tui.engines.builtin.oracles.round_trip import is_back, judge
from itc_tui.engines.builtin.witnesses import Witness, used_imports, witness_of
from itc_tui.ports import Steps

_MOST_TRIED = 90
_MOST_TRIED_EACH = 8
_LONGEST = 500
_LIMIT_S = 30.0
_CHUNK = 12
_BACK = "v_back_0"


def there_and_back(
    laboratory: Laboratory, looked: Sequence[Witness], most: int
) -> Steps[list[Witness]]:
    """Witnesses of round trips in which what went in came out; of each pair what tells most."""
    tried = dict(enumerate(_trips_of(looked, _by_last_name(looked))))
    rows = yield from laboratory.observe(
        {str(number): program for number, (_, _, program) in tried.items()},
        seed=1,
        chunk=_CHUNK,
        limit_s=_LIMIT_S,
    )
    held: list[tuple[str, Witness]] = []
    for number, (pair, focus, program) in tried.items():
        row = rows.get(str(number))
        if row is None:
            continue
        focus = focus_as_seen(focus, row.get("asked", {}))
        seen = witness_of(f"trip {number}", program, focus, row)
        if seen is not None and _is_back(seen):
            held.append((pair, seen.but(act_edges=None, act_lines=None)))
    # A rich value notices more than a plain one; what is written shortest around it reads best.
    held.sort(key=lambda one: (-len(one[1].last_claims[0].right), one[1].size))
    best: dict[str, Witness] = {}
    for pair, witness in held:
        best.setdefault(pair, witness)
    return list(best.values())[:most]


def _is_back(witness: Witness) -> bool:
    marked = judge(witness, Facts()).last_claims
    return any(map(is_back, marked))


def _by_last_name(looked: Sequence[Witness]) -> dict[str, str]:
    """What the target was seen to offer: `deserialize` → `shop.carts:Cart.deserialize`."""
    focuses = sorted({one.focus for one in looked if not (one.is_given or label_in(one.focus))})
    return {focus.rpartition(":")[2].rpartition(".")[2]: focus for focus in focuses}


def _trips_of(
    looked: Sequence[Witness], offered: Mapping[str, str]
) -> Iterator[tuple[str, str, Program]]:
    """The pair, whose call it is about, and the program that goes there and back."""
    each: Counter[str] = Counter()
    seen: set[tuple[Step, ...]] = set()
    count = 0
    for witness in sorted(looked, key=lambda one: (not one.is_given, one.size)):
        if witness.is_error or witness.size > _LONGEST:
            continue
        for at, step in enumerate(witness.program.steps):
            call = _called(step)
            if call is None:
                continue
            func, name, arguments = call
            for undoing in (one for one in offered if is_inverse(name, one)):
                pair = f"{_receiver_kind(witness, func)}.{name} {undoing}"
                for program in _ways_back(witness, at, func, arguments, offered[undoing]):
                    if program.steps in seen or each[pair] >= _MOST_TRIED_EACH:
                        continue
                    seen.add(program.steps)
                    each[pair] += 1
                    count += 1
                    if count <= _MOST_TRIED:
                        yield pair, offered[undoing], program


def _called(step: Step) -> tuple[ast.expr, str, list[str]] | None:
    """Of a plain call by position whose value has a name."""
    if step.kind != "do" or not step.var:
        return None
    try:
        node = ast.parse(step.code.strip(), mode="eval").body
    except SyntaxError:
        return None
    if not isinstance(node, ast.Call) or node.keywords:
        return None
    if any(isinstance(one, ast.Starred) for one in node.args):
        return None
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    return (node.func, name, [ast.unparse(one) for one in node.args]) if name else None


def _receiver_kind(witness: Witness, func: ast.expr) -> str:
    if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name):
        for step, kind in zip(witness.program.steps, witness.kinds):
            if step.var == func.value.id:
                return kind
    return ""


def _ways_back(
    witness: Witness,
    at: int,
    func: ast.expr,
    arguments: Sequence[str],
    undoing: str,
) -> Iterator[Program]:
    """On the same object, with the same other arguments, and what was given in place of one."""
    program = witness.program
    steps = program.steps[: at + 1]
    imports = program.imports
    module, _, qualname = undoing.partition(":")
    owner, _, name = qualname.rpartition(".")
    if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name):
        head = f"{func.value.id}.{name}"
    elif isinstance(func, ast.Name) and not owner:
        head = name
        wanted = f" import {func.id}"
        home = next((one for one in imports if one.endswith(wanted)), f"from {module}{wanted}")
        imports = (*imports, home.replace(wanted, f" import {name}"))
    else:
        return
    given = steps[-1].var
    ways = [[*arguments[:n], given, *arguments[n + 1 :]] for n in reversed(range(len(arguments)))]
    for way in [*ways, [given]] if len(arguments) != 1 else ways:
        back = Step(_BACK, f"{head}({', '.join(way)})")
        texts = [step.code for step in (*steps, back)]
        yield program._replace(imports=used_imports(imports, texts), steps=(*steps, back))
