"""Looks at programs until it is known what they show every time, exactly as a test will ask."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from itc_tui.engines.builtin.claims import curated
from itc_tui.engines.builtin.inside.given import STAND_IN
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.laboratory import Day, Laboratory
from itc_tui.engines.builtin.witnesses import Claim, Witness, used_imports, witness_of
from itc_tui.ports import Steps

_MOST_SOUGHT = 3
"""Victims of which it is asked who upset them; each question runs every program once."""
_QUESTION_S = 15.0
"""Where each program takes long, those that come first are asked about."""
_OTHER_DAYS = (Day(3), Day(4, is_another=True))


def observe_steadily(
    laboratory: Laboratory,
    programs: Mapping[str, Program],
    focus: Mapping[str, str] | None = None,
    looked_at: Mapping[str, Witness] | None = None,
    keeps_state: bool = False,
) -> Steps[dict[str, Witness]]:
    """What the programs show alone, in company, in another order, with other hash seeds, on
    another day, and where another has set the variables that they ask for, and has the files.

    Looking can change what is looked at (a length fills a cache). So the first look only says
    what may be asked; the answers are taken when exactly that is asked, as the test will do it.
    `looked_at`: those that had their first look before. `keeps_state`: there are others, which
    would find what these leave behind.
    """
    bench = _Bench(laboratory, programs, focus or {})
    seen = yield from bench.first_look(looked_at or {})
    asked = {ident: curated(witness) for ident, witness in seen.items()}
    alone = yield from bench.ask(asked, seed=1)
    held = _answered(asked, alone)
    company = yield from bench.ask(held, seed=2, together=True)
    victims = [ident for ident in held if not _is_same(held[ident], company.get(ident))]
    kept = _with_state_kept(programs, held, laboratory, is_upset=bool(victims) or keeps_state)
    if kept != programs:
        as_before = {i: one for i, one in seen.items() if kept[i] == programs[i]}
        return (yield from observe_steadily(laboratory, kept, focus, as_before))
    held, company = yield from _in_peace(bench, held, company, victims)
    held = _agreed_of(held, company)
    around = [one.surroundings for one in seen.values()]
    names = frozenset(name for one in around for name in one.missing | one.there)
    files = frozenset(name for one in around for name in one.files)
    days = [_OTHER_DAYS[0], _OTHER_DAYS[1]._replace(strange=names, around=files)]
    looks = yield from bench.ask_in_all(held, days)
    for day, again in zip(days, looks):
        if not all(_is_same(one, again.get(ident)) for ident, one in held.items()):
            # It may be for the company of another run; so it is not held against anybody.
            again = yield from bench.ask(held, together=True, day=day)
        held = _agreed_of(held, again)
    return held


def asks_of(asked: Mapping[str, Witness]) -> dict[str, list[list[str]]]:
    """Exactly what is claimed, step by step."""
    return {
        ident: [[claim.left for claim in step] for step in witness.claims]
        for ident, witness in asked.items()
    }


def _in_peace(
    bench: _Bench, held: dict[str, Witness], company: dict[str, Witness], victims: Sequence[str]
) -> Steps[tuple[dict[str, Witness], dict[str, Witness]]]:
    """What they show alone and among others, without the few after which several others show
    something else."""
    # What shows something else by itself as well is nobody's victim.
    alone = yield from bench.ask({ident: held[ident] for ident in victims}, seed=2)
    victims = [ident for ident in victims if _is_same(held[ident], alone.get(ident))]
    for _ in range(_MOST_SOUGHT):
        if not victims:
            break
        upsetting = yield from bench.upsetting(held, victims[0])
        if not upsetting or len(upsetting) > len(victims):
            victims = victims[1:]
            continue
        held = {ident: witness for ident, witness in held.items() if ident not in upsetting}
        company = yield from bench.ask(held, seed=2, together=True)
        left = [ident for ident in victims if ident in held]
        victims = [ident for ident in left if not _is_same(held[ident], company.get(ident))]
    return held, company


def _with_state_kept(
    programs: Mapping[str, Program],
    held: Mapping[str, Witness],
    laboratory: Laboratory,
    is_upset: bool,
) -> Mapping[str, Program]:
    """What one program leaves behind in a module, another would find there.

    `is_upset`: it was seen that one does. What a program does to an object that all share is put
    back in any case: another's files may bring more into it than was seen here.
    """
    keeper = laboratory.keeper
    if keeper is None:
        return programs
    step = Step(keeper.name, keeper.name, STAND_IN)
    changing = {
        ident
        for ident, one in held.items()
        if (is_upset and one.lines & set(keeper.sites))
        or any(_speaks_of(programs[ident], name) for name in keeper.objects)
    }
    return {
        ident: program._replace(steps=(step, *program.steps)).in_order()
        if ident in changing and step not in program.steps
        else program
        for ident, program in programs.items()
    }


def _speaks_of(program: Program, name: str) -> bool:
    """It has the object by that name, imported or by its module."""
    imported = any(re.search(rf"\bimport\b.*\b{name}\b", line) for line in program.imports)
    return imported or any(re.search(rf"\b\w+\.{name}\b", step.code) for step in program.steps)


class _Bench:
    """The programs under observation."""

    def __init__(
        self, laboratory: Laboratory, programs: Mapping[str, Program], focus: Mapping[str, str]
    ) -> None:
        self._laboratory, self._programs, self._focus = laboratory, programs, focus

    def first_look(self, looked_at: Mapping[str, Witness]) -> Steps[dict[str, Witness]]:
        fresh = {ident: one for ident, one in self._programs.items() if ident not in looked_at}
        rows = yield from self._laboratory.observe(fresh, seed=1, limit_s=120)
        seen = {**looked_at, **self._witnesses(rows)}
        # Company depends on the order.
        return {ident: seen[ident] for ident in self._programs if ident in seen}

    def ask(
        self,
        asked: Mapping[str, Witness],
        *,
        seed: int = 1,
        together: bool = False,
        day: Day | None = None,
    ) -> Steps[dict[str, Witness]]:
        rows = yield from self._laboratory.observe(
            {ident: self._programs[ident] for ident in asked},
            asks=asks_of(asked),
            seed=seed,
            together=together,
            limit_s=120,
            day=day,
        )
        return self._witnesses(rows)

    def ask_in_all(
        self, asked: Mapping[str, Witness], days: Sequence[Day]
    ) -> Steps[list[dict[str, Witness]]]:
        programs = {ident: self._programs[ident] for ident in asked}
        rows = yield from self._laboratory.observe_in_all(
            days, programs, asks_of(asked), limit_s=120
        )
        return [self._witnesses(own) for own in rows]

    def upsetting(self, held: Mapping[str, Witness], victim: str) -> Steps[set[str]]:
        """Programs after which the victim no longer shows what it shows alone."""
        rows = yield from self._laboratory.observe(
            {ident: self._programs[ident] for ident in held},
            asks=asks_of(held),
            seed=2,
            before=victim,
            limit_s=_QUESTION_S,
        )
        return {
            ident
            for ident, row in rows.items()
            if ident != victim and not _is_same(held[victim], self._witness(victim, row))
        }

    def _witnesses(self, rows: Mapping[str, dict[str, Any]]) -> dict[str, Witness]:
        seen = {ident: self._witness(ident, row) for ident, row in rows.items()}
        return {ident: witness for ident, witness in seen.items() if witness is not None}

    def _witness(self, ident: str, row: dict[str, Any]) -> Witness | None:
        return witness_of(ident, self._programs[ident], self._focus.get(ident, ident), row)


def _answered(asked: Mapping[str, Witness], seen: Mapping[str, Witness]) -> dict[str, Witness]:
    """The witnesses with the answers in place of what the first look showed."""
    held = {}
    for ident, witness in asked.items():
        if ident not in seen or seen[ident].raised.keys() != witness.raised.keys():
            continue
        again = seen[ident]
        claims = []
        for step, answers in zip(witness.claims, again.claims):
            given = {answer.left: answer for answer in answers}
            claims.append(
                tuple(
                    _as_answered(claim, given[claim.left]) for claim in step if claim.left in given
                )
            )
        held[ident] = witness.but(
            claims=tuple(claims),
            raised=again.raised,
            out=again.out,
            files=again.files,
            leaves=again.leaves,
            arcs=again.arcs,
            edges=again.edges,
            act_edges=again.act_edges,
            act_lines=again.act_lines,
        )
    return held


def _as_answered(claim: Claim, answer: Claim) -> Claim:
    asked = used_imports(claim.imports, [claim.left])
    return replace(claim, right=answer.right, imports=(*asked, *answer.imports))


def _agreed_of(held: Mapping[str, Witness], again: Mapping[str, Witness]) -> dict[str, Witness]:
    both = {ident: agreed(held[ident], again[ident]) for ident in held if ident in again}
    return {ident: witness for ident, witness in both.items() if witness is not None}


def agreed(first: Witness, other: Witness) -> Witness | None:
    """What both observations of one program agree on; None when they do not end alike."""
    if first.raised.keys() != other.raised.keys():
        return None
    raised = {}
    for at, error in first.raised.items():
        again = other.raised[at]
        if (error.module, error.name) != (again.module, again.name):
            return None
        if error.name == "SystemExit" and error.message != again.message:
            return None  # nothing is left to say: no message would mean that all went well
        raised[at] = error if error.message == again.message else replace(error, message="")
    claims = []
    for step, answers in zip(first.claims, other.claims):
        given = {(answer.left, answer.right) for answer in answers}
        claims.append(tuple(claim for claim in step if (claim.left, claim.right) in given))
    return first.but(
        claims=tuple(claims),
        raised=raised,
        out=first.out if first.out == other.out else "",
        files={name: text for name, text in first.files.items() if other.files.get(name) == text},
    )


def _is_same(one: Witness, other: Witness | None) -> bool:
    both = agreed(one, other) if other is not None else None
    return both is not None and both.claims == one.claims and both.raised == one.raised
