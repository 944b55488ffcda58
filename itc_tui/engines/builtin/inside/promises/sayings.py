"""Where a docstring says that what went in comes out again."""

from __future__ import annotations

import inspect
import re
from typing import Any, Iterator, List, Tuple

from itc_tui.engines.builtin.inside.promises.asking import place_of

_SAID = re.compile(
    r"(?i)\bread back\b|\bgives? back\b|\bround[- ]?trip|\binverse\b|\blossless|\breverses?\b"
    r"|\bas it was (?:added|saved|stored|written|put)\b|\bthat `?\w+`? wrote\b"
    r"|\bwhat was (?:written|saved|stored|put)\b|\bits equal\b|\bopposite of\b|\bundoes\b"
)
_HEDGED = re.compile(
    r"(?i)\blossy|\bapproximat|\bround(?:ed|s)\b|\bexcept\b|\bunless\b|\bnot (?:always|guaranteed)"
    r"|\bbest[- ]effort|\bnormali[sz]|\btruncat|\bprecision\b|\bmay differ|\bmight\b|\bnot preserve"
)


def told_by(things: List[Any], relative: Any) -> Tuple[str, str]:
    """The sentence that promises it, and its place; nothing where any of them hedges."""
    told: List[Tuple[str, str]] = []
    for thing in things:
        prose = (getattr(thing, "__doc__", None) or "").partition(">>>")[0]
        if thing is None:
            continue
        if _HEDGED.search(prose):
            return ("", "")
        told += [(text, _place(thing, relative)) for text in _sentences(prose)]
    return told[0] if told else ("", "")


def _sentences(prose: str) -> Iterator[str]:
    for sentence in re.split(r"(?<=[.;!?])\s+|\n\s*\n", prose):
        if _SAID.search(sentence):
            yield " ".join(sentence.split())


def _place(thing: Any, relative: Any) -> str:
    if not inspect.isclass(thing):
        return place_of(thing, relative) or ""
    try:
        file = relative(inspect.getsourcefile(thing) or "")
        return "%s:%d" % (file, inspect.getsourcelines(thing)[1]) if file else ""
    except (OSError, TypeError):
        return ""
