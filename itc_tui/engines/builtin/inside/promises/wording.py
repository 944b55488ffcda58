"""What a docstring says in words of a function's value, held against the values that were seen."""

from __future__ import annotations

import inspect
from typing import Any, Dict, Iterator, List, NamedTuple, Tuple

from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.inside.promises.asking import Answers, Known, place_of
from itc_tui.engines.builtin.inside.promises.kin import Family, Kin
from itc_tui.engines.builtin.inside.promises.said import NOTHING, Said, said_in
from itc_tui.engines.builtin.inside.promises.verdicts import Stated, Verdict, shortened
from itc_tui.engines.builtin.inside.trials import Trials

KIND = "docstring"
_MOST_QUESTIONS = 200
_ENOUGH = 3
"""Breaches of one promise among kin: more tell nothing more."""


class Broken(NamedTuple):
    program: Program
    ident: str
    step: int
    value: Any
    is_meant: bool
    """What the program gives is what the function asks for."""


class _Promised:
    """What is known of one promise of one function."""

    def __init__(self, known: Known, said: Said, family: Family) -> None:
        self.known, self.said = known, said
        self.kept = 0
        self.broken: List[Broken] = []
        self.kin = Kin(family)

    def take(self, value: Any, broken: Broken) -> None:
        is_kept = self.said.is_kept_by(value)
        self.kept += is_kept is True
        if is_kept is False:
            self.broken.append(broken)

    @property
    def is_well_known(self) -> bool:
        return sum(one.is_meant for one in self.broken) >= _ENOUGH


class Wording:
    def __init__(self, relative: Any) -> None:
        self._relative = relative
        self._promised: Dict[str, List[_Promised]] = {}
        self._families: Dict[Any, Family] = {}

    def see(self, ident: str, program: Program, answers: Answers, is_shown: bool) -> None:
        """`is_shown`: the program stands in a document of the target."""
        is_meant = is_shown or not answers.trouble
        for asked in answers.asked:
            if not asked.is_result_seen:
                continue
            for promised in self._promised_by(asked.known):
                broken = Broken(program, ident, asked.step, asked.result, is_meant)
                promised.take(asked.result, broken)
                if is_meant:
                    promised.kin.take(program, asked.step, is_shown)

    def ask_kin(self, trials: Trials) -> Iterator[str]:
        """Yields before each trial, which may be the last."""
        for rows in self._promised.values():
            for promised in rows:
                left = _MOST_QUESTIONS
                method = promised.known.ident.rpartition(".")[2]
                for program, at in promised.kin.questions(method):
                    if not left or promised.is_well_known:
                        break
                    left -= 1
                    yield "a docstring's word"
                    trial = trials.run(program)
                    if not trial.trouble and trial.outcome.failure is None:
                        value = trial.outcome.values[at]
                        promised.take(value, Broken(program, "", at, value, True))

    def _promised_by(self, known: Known) -> List[_Promised]:
        if known.ident not in self._promised:
            said = said_in(inspect.getdoc(known.func) or "")
            family = self._families.setdefault(known.owner, {})
            rows = [_Promised(known, one, family) for one in said if one.kind != NOTHING]
            self._promised[known.ident] = rows
        return self._promised[known.ident]

    def verdicts(self) -> Iterator[Verdict]:
        for rows in self._promised.values():
            for promised in rows:
                if promised.broken:
                    yield from self._verdict(promised)

    def _verdict(self, promised: _Promised) -> Iterator[Verdict]:
        known, said = promised.known, promised.said
        best = min(promised.broken, key=_rank)
        program, holder = shortened(best.program, best.step)
        place = place_of(known.func, self._relative)
        if not holder or place is None:
            return
        yield Verdict(
            kind=KIND,
            name="%s %s" % (known.ident.partition(":")[2], said.in_words),
            text=said.text,
            place=place,
            holds=False,
            # Words that nothing ever agrees with say something else than what was read in them.
            is_red=best.is_meant and promised.kept > 0,
            focus=known.ident,
            program=program,
            claims=(Stated(said.claim(holder), ""),),
            held="it gives %s" % _shortly(best.value),
            # Nobody should find frozen what the words rule out.
            taints=tuple(sorted({row.ident for row in promised.broken if row.ident})),
        )


def _rank(row: Broken) -> Tuple[bool, int]:
    return (not row.is_meant, sum(len(step.text) for step in row.program.steps))


def _shortly(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
