"""Fields hold what they are annotated with, in objects that the target builds by itself."""

from __future__ import annotations

import sys
from typing import Any, Dict, List, NamedTuple, Set, Tuple

from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.inside.promises.asking import Answers, Asked, Asking
from itc_tui.engines.builtin.inside.promises.fitting import NO, YES, Wrong, clearly_wrong, fit
from itc_tui.engines.builtin.inside.promises.records import (
    default_of,
    fields_of,
    line_of,
    records_in,
)
from itc_tui.engines.builtin.inside.promises.verdicts import (
    Verdict,
    claim_of_kind,
    shortened,
    with_article,
)
from itc_tui.engines.builtin.inside.surface import Surface


class Broken(NamedTuple):
    program: Program
    ident: str
    asked: Asked
    path: str
    """From the call's result to the value: `[0].price.currency`."""
    wrong: Wrong


class Fields:
    def __init__(self, surface: Surface, asking: Asking, relative: Any) -> None:
        self._surface, self._asking, self._relative = surface, asking, relative
        self._kept: Set[Tuple[Any, str]] = set()
        self._broken: Dict[Tuple[Any, str], List[Broken]] = {}
        self._tops = {module.__name__.split(".")[0] for module in surface.modules}

    def see(self, ident: str, program: Program, answers: Answers, is_shown: bool) -> None:
        if not answers.trouble:
            # What documents or the target's own code put into a field tells what it is for.
            self._kept.update(key for key, own in answers.built.items() if own or is_shown)
        for asked in answers.asked:
            if asked.is_result_seen:
                for path, record in records_in(asked.result):
                    if not answers.is_ours(record) and self._is_own(type(record)):
                        self._judge(ident, program, asked, path, record, answers.trouble)

    def _is_own(self, kind: Any) -> bool:
        return kind.__module__.split(".")[0] in self._tops

    def _judge(
        self, ident: str, program: Program, asked: Asked, path: str, record: Any, trouble: str
    ) -> None:
        for name, field in fields_of(type(record)).items():
            value = getattr(record, name, None)
            if value is None:
                continue
            if fit(value, field.annotation) == YES:
                self._kept.add((type(record), name))
                continue
            wrong = clearly_wrong(value, field.annotation)
            if wrong is not None and not trouble:
                row = self._broken.setdefault((type(record), name), [])
                row.append(Broken(program, ident, asked, "%s.%s" % (path, name), wrong))

    def verdicts(self) -> List[Verdict]:
        found = []
        for (kind, name), rows in self._broken.items():
            field = fields_of(kind)[name]
            has_default, default = default_of(field)
            # An annotation that nothing ever agrees with is more likely wrong than the code.
            is_trusted = (kind, name) in self._kept
            if has_default and fit(default, field.annotation) == NO:
                is_trusted = False
            best = min(rows, key=lambda row: sum(len(step.text) for step in row.program.steps))
            verdict = self._verdict(kind, name, best, is_trusted)
            if verdict is not None:
                taints = tuple(sorted({row.ident for row in rows})) if is_trusted else ()
                found.append(verdict._replace(taints=taints))
        return found

    def _verdict(self, kind: Any, name: str, row: Broken, is_red: bool) -> "Verdict | None":
        declared = line_of(kind, name)
        program, holder = shortened(row.program, row.asked.step)
        if declared is None or not holder:
            return None
        line, text = declared
        file = self._relative(getattr(sys.modules.get(kind.__module__), "__file__", "") or "")
        claim = claim_of_kind(holder + row.path + row.wrong.path, row.wrong.kinds, self._surface)
        if claim is None or file is None:
            return None
        wanted = " or ".join(sorted(one.__name__ for one in row.wrong.kinds))
        maker = row.asked.known.ident.partition(":")[2].removesuffix(".__init__")
        return Verdict(
            kind="field type",
            name="%s from %s keeps %s %s" % (kind.__name__, maker, name, with_article(wanted)),
            text=text,
            place="%s:%d" % (file, line),
            holds=False,
            is_red=is_red,
            focus=row.asked.known.ident,
            program=program,
            claims=(claim,),
            held="%s is of type %s" % (name, row.wrong.held),
        )
