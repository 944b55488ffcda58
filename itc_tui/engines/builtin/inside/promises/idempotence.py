"""A function that calls itself idempotent changes nothing the second time."""

from __future__ import annotations

import inspect
import re
from typing import Any, Dict, Iterator, List, NamedTuple

from itc_tui.engines.builtin.inside.programs import Program, Step, fresh
from itc_tui.engines.builtin.inside.promises.asking import Answers, place_of
from itc_tui.engines.builtin.inside.promises.verdicts import Stated, Verdict, shortened
from itc_tui.engines.builtin.inside.surface import Surface

_SAID = re.compile(r"(?i)[^.\n]*\b(?:is|are) idempotent\b[^.\n]*")
_NOT = re.compile(r"(?i)\b(?:not|isn't|never) idempotent\b")
_MOST_EACH = 6


class Again(NamedTuple):
    ident: str
    text: str
    place: str
    program: Program
    claim: Stated


class Idempotence:
    """Functions with one argument that give a value of the same type."""

    def __init__(self, surface: Surface, relative: Any) -> None:
        self._surface, self._relative = surface, relative
        self._again: Dict[str, List[Again]] = {}

    def see(self, program: Program, answers: Answers) -> None:
        for asked in answers.asked:
            func, ident = asked.known.func, asked.known.ident
            doc = inspect.getdoc(func) or ""
            said, path = _SAID.search(doc), self._surface.path_of(func)
            row = self._again.setdefault(ident, [])
            if said is None or _NOT.search(doc) or path is None or len(row) >= _MOST_EACH:
                continue
            place, holder = place_of(func, self._relative), ""
            short, holder = shortened(program, asked.step)
            is_plain = holder and asked.is_result_seen and asked.result is not None
            if not is_plain or place is None or len(inspect.signature(func).parameters) != 1:
                continue
            step = Step(fresh("again"), "%s(%s)" % (path[1], holder))
            longer = short.then(step, ("from %s import %s" % path,))
            text = " ".join(said[0].split())
            row.append(Again(ident, text, place, longer, Stated(step.var, holder)))

    def repetitions(self) -> Iterator[List[Again]]:
        yield from (row for row in self._again.values() if row)


def verdicts_of(tried: List[Any]) -> List[Verdict]:
    """`tried`: pairs of what was done again, and whether that changed nothing."""
    found = []
    for holds in (True, False):
        row = [again for again, answer in tried if answer is holds]
        if not row:
            continue
        best = max(row, key=lambda again: min(len(again.program.steps[0].code), 120))
        found.append(
            Verdict(
                kind="idempotence",
                name="%s changes nothing the second time" % best.ident.partition(":")[2],
                text=best.text,
                place=best.place,
                holds=holds,
                # What "the same" means is seldom said, so this is never more than a note.
                is_red=False,
                focus=best.ident,
                program=best.program,
                claims=(best.claim,),
                held="" if holds else "the second time gives something else",
            )
        )
    return found
