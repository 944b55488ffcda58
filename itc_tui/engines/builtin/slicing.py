"""A program cut to what its end needs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.witnesses import names_of


def slices(program: Program, is_error: bool) -> Iterator[Program]:
    """The program itself last, shorter ones that may do the same before it."""
    steps = list(program.steps)
    if is_error:
        steps[-1] = steps[-1]._replace(kind="raises")
    whole = program._replace(steps=tuple(steps))
    seen = set()
    for with_changes in (False, True):
        kept = _slice(steps, with_changes)
        if len(kept) < len(steps) and tuple(kept) not in seen:
            seen.add(tuple(kept))
            yield whole._replace(steps=tuple(kept))
    yield whole


def without_lost_definitions(program: Program) -> Program:
    """Without what a name stands for until it is given anew, and nobody asks in between."""
    steps = program.steps
    kept = [step for at, step in enumerate(steps) if not _is_lost(step, steps[at + 1 :])]
    return program._replace(steps=tuple(kept)) if len(kept) < len(steps) else program


def _is_lost(step: Step, later: Sequence[Step]) -> bool:
    given = _named_anew(step)
    for other in later if len(given) == 1 else ():
        if given <= _named_anew(other):
            return True
        if given & names_of(other.text):
            return False
    return False


def _slice(steps: list[Step], with_changes: bool) -> list[Step]:
    wanted = names_of(steps[-1].code) | ({"monkeypatch"} if with_changes else set())
    kept = [steps[-1]]
    for step in reversed(steps[:-1]):
        used = names_of(step.code)
        is_change = with_changes and step.kind == "do" and _receiver(step.code) in wanted
        is_write = "write_text" in step.code and used & wanted
        is_loose = step.kind == "raw" and not step.var and _touches(step.code, wanted, with_changes)
        if step.var in wanted or is_change or is_write or is_loose:
            # What the name meant before, nobody asks.
            wanted -= _named_anew(step) - {"monkeypatch"}
            wanted |= used - _named_anew(step)
            kept.append(step)
    return kept[::-1]


def _named_anew(step: Step) -> set[str]:
    """Names that it gives whatever they meant before, and does not read."""
    if step.kind not in ("do", "raw"):
        return set()
    statement = ast.parse(step.text.strip()).body[0]
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    targets = [statement.target] if isinstance(statement, ast.AnnAssign) else targets
    given = {target.id for target in targets if isinstance(target, ast.Name)}
    value = getattr(statement, "value", None)
    read = {node.id for node in ast.walk(value) if isinstance(node, ast.Name)} if value else given
    return given - read


def _touches(code: str, wanted: set[str], with_changes: bool) -> bool:
    """The statement binds one of the names, or, asked for changes, does something with it."""
    nodes = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name)]
    if isinstance(ast.parse(code).body[0], ast.Assert):
        return False
    names = {node.id for node in nodes if with_changes or not isinstance(node.ctx, ast.Load)}
    return bool(names & wanted)


def _receiver(code: str) -> str:
    found = re.match(r"(?:del )?(v_\w+_\d+|\w+)[.\[]", code)
    return found[1] if found else ""
