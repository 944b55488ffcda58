"""Witnesses: programs that were run, with what can be asserted about them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from itc_tui.engines.builtin.inside.drivers.door import label_in
from itc_tui.engines.builtin.inside.programs import Program, Step, from_json
from itc_tui.engines.builtin.one_line import is_literal
from itc_tui.engines.builtin.surroundings import NOTHING, Surroundings, surroundings_in

Line = tuple[str, int]
Arc = tuple[str, int, int]
Edge = tuple[str, str, str, str]


_REFUSAL = re.compile(r"\w+\.(?:exit_code == [1-9]\d*|status_code == [45]\d\d|status == 'FAILURE')")


@dataclass(frozen=True)
class Claim:
    """`left == right`, or a bare truth when there is no right side."""

    left: str
    right: str
    imports: tuple[str, ...] = ()
    is_whole: bool = True
    source: str = ""
    """Where a promised value comes from; empty for one that was only observed."""
    told: str = ""
    """Words of a document about an observed value, which promise less than all of it."""

    @property
    def is_weak(self) -> bool:
        """Says of what kind a value is, and nothing about the value."""
        return self.left.startswith(("type(", "isinstance(")) and not self.source

    @property
    def text(self) -> str:
        return f"{self.left} == {self.right}" if self.right else self.left


@dataclass(frozen=True)
class RaisedError:
    module: str
    name: str
    message: str
    by_target: bool
    own: bool
    source: str = ""
    imported_by: str = ""
    """Where its name alone would mean something else."""


@dataclass(frozen=True)
class Witness:
    """One program as it was observed."""

    ident: str
    program: Program
    focus: str
    claims: tuple[tuple[Claim, ...], ...] = ()
    """Per step."""
    kinds: tuple[str, ...] = ()
    raised: dict[int, RaisedError] = field(default_factory=dict)
    out: str = ""
    files: dict[str, str] = field(default_factory=dict)
    leaves: bool = False
    """Something is left in the working folder when it ends, or was looked for there."""
    arcs: frozenset[Arc] = frozenset()
    edges: frozenset[Edge] = frozenset()
    misfits: int = 0
    """Arguments that contradict their annotations, and were taken all the same."""
    act_edges: frozenset[Edge] | None = None
    """What the last step alone calls; None where every step is there for its own sake."""
    act_lines: frozenset[Line] | None = None
    surroundings: Surroundings = NOTHING

    @property
    def crossing(self) -> frozenset[Edge]:
        """Calls between modules that it is about, and not only set up with."""
        return self.edges if self.act_edges is None else self.act_edges

    def passes(self, sites: frozenset[Line]) -> bool:
        """It executes one of these lines, and that not only while the stage is set."""
        return bool((self.lines if self.act_lines is None else self.act_lines) & sites)

    @cached_property
    def lines(self) -> frozenset[Line]:
        return frozenset((file, line) for file, _, line in self.arcs)

    @property
    def is_error(self) -> bool:
        return bool(self.raised)

    @property
    def ends_in_error(self) -> bool:
        return len(self.program.steps) - 1 in self.raised

    @property
    def is_refusal(self) -> bool:
        """A command or an application said no."""
        ends = [error.message for error in self.raised.values() if error.name == "SystemExit"]
        if set(ends) - {"0", "", "None"}:
            return True
        return any(_REFUSAL.fullmatch(claim.text) for step in self.claims for claim in step)

    @property
    def is_given(self) -> bool:
        return self.focus.startswith("given:")

    @property
    def last_claims(self) -> tuple[Claim, ...]:
        return self.claims[-1] if self.claims else ()

    @property
    def is_telling(self) -> bool:
        """Its end shows something: a value, a refusal, a file, a line printed."""
        strong = any(
            not claim.is_weak and (claim.right != "None" or claim.source)
            for claim in self.last_claims
        )
        return strong or self.is_error or bool(self.files) or bool(self.out)

    @property
    def size(self) -> int:
        return sum(len(step.text) for step in self.program.steps)

    def but(self, **changes: Any) -> Witness:
        return replace(self, **changes)


def witness_of(ident: str, program: Program, focus: str, row: dict[str, Any]) -> Witness | None:
    """None when the program did not run to its end in good order."""
    if row["trouble"] or row["failed_at"] >= 0:
        return None
    raised = {
        int(at): RaisedError(e["module"], e["name"], e["message"], e["by_target"], e["own"])
        for at, e in row["raised"].items()
    }
    expected = {at for at, step in enumerate(program.steps) if step.kind == "raises"}
    if set(raised) != expected:
        return None
    return Witness(
        ident,
        program,
        focus,
        tuple(
            tuple(Claim(left, right, tuple(imports), *more) for left, right, imports, *more in step)
            for step in row["steps"]
        ),
        tuple(row["kinds"]),
        raised,
        row["out"],
        row["files"],
        row["leaves"],
        frozenset((file, one, two) for file, one, two in row["arcs"]),
        frozenset((a, b, c, d) for a, b, c, d in row["edges"]),
        misfits=row.get("misfits", 0),
        surroundings=surroundings_in(row),
        **_act_of(program, focus, row),
    )


def _act_of(program: Program, focus: str, row: dict[str, Any]) -> dict[str, Any]:
    is_whole = focus.startswith("given:") or label_in(focus)
    if is_whole or "act" not in row or any(step.source for step in program.steps):
        return {}
    edges, lines = row["act"]
    return {
        "act_edges": frozenset((a, b, c, d) for a, b, c, d in edges),
        "act_lines": frozenset((file, line) for file, line in lines),
    }


def without_dead_values(program: Program) -> Program:
    """An example without the literals that it names and never looks at."""
    steps = list(program.steps)
    kept = []
    for at, step in enumerate(steps):
        later = next((s for s in steps[at + 1 :] if _mentions(s, step.var)), None)
        is_dead = later is None or (later.var == step.var and step.var not in names_of(later.code))
        if not (step.kind == "do" and step.var and is_dead and is_literal(step.code)):
            kept.append(step)
    return program._replace(steps=tuple(kept)) if kept else program


def _mentions(step: Step, var: str) -> bool:
    return step.var == var or step.kind == "raw" or var in names_of(step.code)


def names_of(code: str) -> set[str]:
    try:
        tree = ast.parse(code.strip())
    except SyntaxError:
        return set()
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def used_imports(imports: Iterable[str], texts: Iterable[str]) -> tuple[str, ...]:
    """Of these import lines, those that the texts need."""
    names: set[str] = set()
    for text in texts:
        names |= names_of(text)
    kept = []
    for line in dict.fromkeys(imports):
        node = ast.parse(line).body[0]
        if isinstance(node, ast.Import | ast.ImportFrom):
            given = {(alias.asname or alias.name).split(".")[0] for alias in node.names}
            if given & names or given == {"*"}:
                kept.append(line)
    return tuple(kept)


def as_json(witness: Witness) -> dict[str, Any]:
    return {
        "ident": witness.ident,
        "program": witness.program.as_json(),
        "focus": witness.focus,
        "claims": [[vars(claim) for claim in step] for step in witness.claims],
        "kinds": list(witness.kinds),
        "raised": {str(at): vars(error) for at, error in witness.raised.items()},
        "out": witness.out,
        "files": witness.files,
        "leaves": witness.leaves,
        "arcs": sorted(witness.arcs),
        "edges": sorted(witness.edges),
    }


def from_cache(row: dict[str, Any]) -> Witness:
    return Witness(
        row["ident"],
        from_json(row["program"]),
        row["focus"],
        tuple(
            tuple(Claim(**{**claim, "imports": tuple(claim["imports"])}) for claim in step)
            for step in row["claims"]
        ),
        tuple(row["kinds"]),
        {int(at): RaisedError(**error) for at, error in row["raised"].items()},
        row["out"],
        row["files"],
        row["leaves"],
        frozenset((file, one, two) for file, one, two in row["arcs"]),
        frozenset((a, b, c, d) for a, b, c, d in row["edges"]),
    )
