"""Functions return what their annotation says, where that is a simple kind."""

from __future__ import annotations

import re
import typing
from typing import Any, Dict, List, NamedTuple, Optional

from itc_tui.engines.builtin.inside.doc_types import doc_return
from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.inside.promises.asking import Answers, Asked, Asking, place_of
from itc_tui.engines.builtin.inside.promises.fitting import (
    YES,
    Wrong,
    clearly_wrong,
    fit,
)
from itc_tui.engines.builtin.inside.promises.verdicts import Verdict, claim_of_kind, shortened
from itc_tui.engines.builtin.inside.surface import Surface

_ENOUGH = 2


class Broken(NamedTuple):
    program: Program
    ident: str
    asked: Asked
    wrong: Wrong


class Returns:
    def __init__(self, surface: Surface, asking: Asking, relative: Any) -> None:
        self._surface, self._asking, self._relative = surface, asking, relative
        self._kept: Dict[str, int] = {}
        self._broken: Dict[str, List[Broken]] = {}

    def see(self, ident: str, program: Program, answers: Answers) -> None:
        for asked in answers.asked:
            func = asked.known.func
            annotation = self._asking.hints(func).get("return") or doc_return(func)
            if annotation is None or not asked.is_result_seen:
                continue
            if fit(asked.result, annotation) == YES:
                self._kept[asked.known.ident] = self._kept.get(asked.known.ident, 0) + 1
                continue
            wrong = clearly_wrong(asked.result, annotation)
            if asked.result is None and "return" not in self._asking.hints(func):
                wrong = _nothing_untold(func, annotation)
            if wrong is not None and not answers.trouble:
                row = self._broken.setdefault(asked.known.ident, [])
                row.append(Broken(program, ident, asked, wrong))

    def verdicts(self) -> List[Verdict]:
        found = []
        for ident, rows in self._broken.items():
            best = min(rows, key=lambda row: sum(len(step.text) for step in row.program.steps))
            verdict = self._verdict(ident, best, len(rows))
            if verdict is not None:
                found.append(verdict)
        return found

    def _verdict(self, ident: str, row: Broken, count: int) -> "Verdict | None":
        func = row.asked.known.func
        program, holder = shortened(row.program, row.asked.step)
        place = place_of(func, self._relative)
        claim = claim_of_kind(holder + row.wrong.path, row.wrong.kinds, self._surface)
        if not holder or place is None or claim is None:
            return None
        wanted = " or ".join(sorted(one.__name__ for one in row.wrong.kinds))
        annotation = getattr(func, "__annotations__", {}).get("return")
        # Wrong annotations are common: the docstring and other results must agree with this one.
        is_told = _doc_tells(func, row.wrong.kinds) and self._kept.get(ident, 0) >= _ENOUGH
        is_red = is_told and count >= _ENOUGH
        return Verdict(
            kind="return type",
            name="%s returns %s" % (ident.partition(":")[2], wanted),
            text=_text(annotation, wanted),
            place=place,
            holds=False,
            is_red=is_red,
            focus=ident,
            program=program,
            claims=(claim,),
            held="a result is of type %s" % row.wrong.held,
            taints=(row.ident,) if is_red else (),
        )


def _text(annotation: Any, wanted: str) -> str:
    if annotation is None:
        return ":rtype: %s" % wanted
    return "-> %s" % (annotation if isinstance(annotation, str) else wanted)


def _nothing_untold(func: Any, annotation: Any) -> Optional[Wrong]:
    """None, where the docstring names another type and never speaks of None."""
    kind = typing.get_origin(annotation) or annotation
    is_plain = isinstance(kind, type) and kind.__module__ == "builtins" and kind is not type(None)
    speaks_of_it = re.search(r"\bNone\b", getattr(func, "__doc__", None) or "")
    return Wrong("", "NoneType", (kind,)) if is_plain and not speaks_of_it else None


def _doc_tells(func: Any, kinds: Any) -> bool:
    doc = getattr(func, "__doc__", None) or ""
    said = re.search(r"(?is)(?::rtype:|:returns?:|\breturns?:)(.{0,120})", doc)
    words = {"str": "str|string|text", "int": "int|integer|number", "bytes": "bytes"}
    return said is not None and all(
        re.search(r"\b(%s)\b" % words.get(kind.__name__, kind.__name__), said[1]) for kind in kinds
    )
