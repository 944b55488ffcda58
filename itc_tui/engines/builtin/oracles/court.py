"""From what was seen to cases that say what is promised: kept ones green, broken ones red."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from itc_tui.engines.builtin.evidence.gather import Shown
from itc_tui.engines.builtin.grouping import Group
from itc_tui.engines.builtin.inside.programs import Program, from_json
from itc_tui.engines.builtin.laboratory import Laboratory
from itc_tui.engines.builtin.oracles.broken_examples import BrokenExamples
from itc_tui.engines.builtin.oracles.promised import Promise
from itc_tui.engines.builtin.settling import settled
from itc_tui.engines.builtin.witnesses import Claim, RaisedError, Witness, witness_of
from itc_tui.engines.builtin.writing.inputs import called_in
from itc_tui.ports import Steps

_MOST_BROKEN = 12
_MOST_PER_FOCUS = 3
_MOST_OF_KIND = {"field type": 1}
"""A reader of settings that leaves one field as text leaves them all so: it is one fault."""


@dataclass(frozen=True)
class Judged:
    """What was found out about the target's promises."""

    cases: tuple[tuple[Witness, Group], ...] = ()
    """Broken promises first."""
    tainted: frozenset[str] = frozenset()
    """Witnesses that show the effect of a broken promise: no value of theirs may be frozen."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Finding:
    promise: Promise
    program: Program
    claims: tuple[Claim, ...]
    raises: RaisedError | None = None


def put_to_the_test(
    laboratory: Laboratory, looked: Sequence[Witness], shown: Shown, most_kept: int
) -> Steps[Judged]:
    documented = {example.program.steps for example in shown.examples}
    given = [one.ident for one in looked if one.program.steps in documented]
    rows = yield from laboratory.judge({one.ident: one.program for one in looked}, given)
    findings, notes, tainted = _findings(rows)
    examples = BrokenExamples(shown.examples)
    for witness in looked:
        for broken in examples.of(witness):
            tainted.add(witness.ident)
            if not broken.is_sure:
                notes.append(_note(broken.promise))
                continue
            findings.append(_Finding(broken.promise, broken.program, (broken.claim,)))
            tainted |= _alike(looked, broken.program.steps[-1].code, broken.promise.held)
    kept = [one for one in findings if one.promise.holds][:most_kept]
    broken_ones = _few([one for one in findings if not one.promise.holds], notes)
    cases = yield from _shown_again(laboratory, [*broken_ones, *kept])
    return Judged(tuple(cases), frozenset(tainted), tuple(notes))


def _alike(looked: Sequence[Witness], code: str, held: str) -> set[str]:
    """Witnesses that saw the same function give what it should not."""
    name = called_in(code)
    return {
        witness.ident
        for witness in looked
        for step, claims in zip(witness.program.steps, witness.claims)
        if name and called_in(step.code) == name and any(c.right == held for c in claims)
    }


def is_promised(witness: Witness) -> bool:
    """Its main assertions, the last ones and at least half of all, come from promises."""
    strong = [
        (at, bool(claim.source))
        for at, row in enumerate(witness.claims)
        for claim in row
        if not claim.is_weak and (claim.right != "None" or claim.source)
    ]
    strong += [(at, bool(error.source)) for at, error in witness.raised.items()]
    if not strong:
        return False
    last = max(at for at, _ in strong)
    ending = any(promised for at, promised in strong if at == last)
    effects = len(witness.files) + bool(witness.out.strip())
    return ending and 2 * sum(promised for _, promised in strong) >= len(strong) + effects


def _findings(rows: list[dict[str, Any]]) -> tuple[list[_Finding], list[str], set[str]]:
    findings: list[_Finding] = []
    notes: list[str] = []
    tainted: set[str] = set()
    for row in rows:
        promise = Promise(
            row["kind"], row["name"], row["text"], row["place"], row["holds"], row["focus"],
            row["held"],
        )  # fmt: skip
        tainted.update(row["taints"])
        if not (promise.holds or row["is_red"]):
            notes.append(_note(promise))
            continue
        claims = tuple(
            Claim(left, right, tuple(imports), True, promise.evidence)
            for left, right, imports in row["claims"]
        )
        raises = None
        if row["raises"]:
            module, _, name = row["raises"].partition(":")
            raises = RaisedError(module, name, "", True, True, promise.evidence)
        findings.append(_Finding(promise, from_json(row["program"]), claims, raises))
    return findings, notes, tainted


def _note(promise: Promise) -> str:
    return (
        f"{promise.place} says `{promise.text}`, but {promise.held}; "
        "this is not sure enough to be a red test"
    )


def _few(broken: list[_Finding], notes: list[str]) -> list[_Finding]:
    """One fault often breaks many promises of one function: a few show it."""
    counts: dict[tuple[str, str], int] = {}
    few: list[_Finding] = []
    for one in sorted(broken, key=lambda one: sum(len(step.text) for step in one.program.steps)):
        key = (one.promise.kind, one.promise.focus)
        counts[key] = counts.get(key, 0) + 1
        most = _MOST_OF_KIND.get(one.promise.kind, _MOST_PER_FOCUS)
        if counts[key] <= most and len(few) < _MOST_BROKEN:
            few.append(one)
        else:
            notes.append(f"{one.promise.name} is broken as well ({one.promise.place})")
    return few


def _shown_again(
    laboratory: Laboratory, findings: list[_Finding]
) -> Steps[list[tuple[Witness, Group]]]:
    """Each as a witness of its own: where it goes, and that it ends alike with another seed."""
    programs = {f"promise {place}": one.program for place, one in enumerate(findings)}
    first = yield from laboratory.observe(programs, seed=1, limit_s=60)
    other = yield from laboratory.observe(programs, seed=3, limit_s=60)
    cases = []
    for place, one in enumerate(findings):
        ident = f"promise {place}"
        row, again = first.get(ident), other.get(ident)
        if row is None or again is None or row["kinds"] != again["kinds"]:
            continue
        witness = witness_of(ident, one.program, one.promise.focus, row)
        if witness is None:
            continue
        witness = settled(_stating(witness, one))
        key = f"{one.promise.focus}#{one.promise.kind} {place}"
        cases.append((witness, Group(key, (witness,), witness.program, one.promise)))
    return cases


def _stating(witness: Witness, finding: _Finding) -> Witness:
    """It asserts the promise, and nothing that was only observed."""
    steps = len(witness.program.steps)
    claims: list[tuple[Claim, ...]] = [()] * steps
    raised = dict(witness.raised)
    if finding.raises is not None:
        seen = raised.get(steps - 1)
        message = seen.message if seen is not None and finding.promise.holds else ""
        raised[steps - 1] = RaisedError(
            finding.raises.module, finding.raises.name, message, True, True, finding.raises.source
        )
    else:
        claims[-1] = finding.claims
    return witness.but(claims=tuple(claims), raised=raised, out="", files={})
