"""What a docstring says in words of a function's value, held against the values that were seen."""

from __future__ import annotations

import inspect
from typing import Any, Dict, List, NamedTuple, Tuple

from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.inside.promises.asking import Answers, Asked, place_of
from itc_tui.engines.builtin.inside.promises.said import Said, said_in
from itc_tui.engines.builtin.inside.promises.verdicts import Stated, Verdict, shortened

KIND = "docstring"


class Broken(NamedTuple):
    program: Program
    ident: str
    asked: Asked
    is_meant: bool
    """What the program gives is what the function asks for."""


class Wording:
    def __init__(self, relative: Any) -> None:
        self._relative = relative
        self._said: Dict[str, List[Said]] = {}
        self._kept: Dict[Tuple[str, str], int] = {}
        self._broken: Dict[Tuple[str, str], List[Broken]] = {}

    def see(self, ident: str, program: Program, answers: Answers, is_shown: bool) -> None:
        """`is_shown`: the program stands in a document of the target."""
        for asked in answers.asked:
            if not asked.is_result_seen:
                continue
            for said in self._said_of(asked):
                key, is_kept = (asked.known.ident, said.kind), said.is_kept_by(asked.result)
                if is_kept:
                    self._kept[key] = self._kept.get(key, 0) + 1
                elif is_kept is False:
                    is_meant = is_shown or not answers.trouble
                    self._broken.setdefault(key, []).append(Broken(program, ident, asked, is_meant))

    def _said_of(self, asked: Asked) -> List[Said]:
        ident = asked.known.ident
        if ident not in self._said:
            self._said[ident] = said_in(inspect.getdoc(asked.known.func) or "")
        return self._said[ident]

    def verdicts(self) -> List[Verdict]:
        found = []
        for (ident, kind), rows in self._broken.items():
            said = next(one for one in self._said[ident] if one.kind == kind)
            best = min(rows, key=_rank)
            # Words that nothing ever agrees with say something else than what was read in them.
            is_red = best.is_meant and (ident, kind) in self._kept
            program, holder = shortened(best.program, best.asked.step)
            place = place_of(best.asked.known.func, self._relative)
            if not holder or place is None:
                continue
            found.append(
                Verdict(
                    kind=KIND,
                    name="%s %s" % (ident.partition(":")[2], said.in_words),
                    text=said.text,
                    place=place,
                    holds=False,
                    is_red=is_red,
                    focus=ident,
                    program=program,
                    claims=(Stated(said.claim(holder), ""),),
                    held="it gives %s" % _shortly(best.asked.result),
                    # Nobody should find frozen what the words rule out.
                    taints=tuple(sorted({row.ident for row in rows})),
                )
            )
        return found


def _rank(row: Broken) -> Tuple[bool, int]:
    return (not row.is_meant, sum(len(step.text) for step in row.program.steps))


def _shortly(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
