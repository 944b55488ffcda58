"""Sentences in the chosen language: our own as they are made, the core's as they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from itc_tui.speech.catalogue import Entry, catalogue
from itc_tui.speech.language import spoken
from itc_tui.speech.template import filled

_LONGEST = 4_000
"""Nothing that we say is longer; what is, comes from outside and is not searched."""
_DEEPEST = 4
_MOST_PARTS = 20
_GAP = re.compile(r"(?<=[.!?]) (?=[A-Z`“])")
"""Between two sentences."""
_ENDS = {".": "。", "?": "？", ":": "："}


def tell(sentence: str, **values: object) -> str:
    """A sentence of the edge, English in the source, filled in and in the chosen language."""
    entry = catalogue(spoken()).get(sentence)
    if entry is None:
        return filled(sentence, values)
    said = {blank.name for blank in entry.template.blanks if blank.is_said}
    shown = {name: told(str(one)) if name in said else one for name, one in values.items()}
    return filled(entry.translation, shown)


def told(sentence: str) -> str:
    """A sentence of the core in the chosen language; whatever is not one of ours stays."""
    if spoken() == "en" or not sentence:
        return sentence
    return "\n".join(_translated(line, spoken()) or line for line in _lines(sentence))


def _lines(sentence: str) -> list[str]:
    whole = _translated(sentence, spoken()) if "\n" in sentence else None
    return [whole] if whole else sentence.split("\n")


@lru_cache(maxsize=8192)
def _translated(sentence: str, language: str, depth: int = 0) -> str | None:
    """None where no form fits."""
    if not sentence or len(sentence) > _LONGEST or depth > _DEEPEST:
        return None
    head = sentence.lstrip()
    indent = sentence[: len(sentence) - len(head)]
    for form, end in _forms_of(head.rstrip()):
        for entry in catalogue(language).candidates(form):
            if (said := _by(entry, form, language, depth)) is not None:
                return indent + said + end
    return _listed(head, language, depth)


def _forms_of(sentence: str) -> Iterator[tuple[str, str]]:
    """As it stands; then as it is when it begins or ends another sentence."""
    yield sentence, ""
    stem, mark = sentence[:-1], sentence[-1:]
    if mark in _ENDS:
        yield stem, _ENDS[mark]
    lower = sentence[:1].lower() + sentence[1:]
    if lower != sentence:
        yield lower, ""
        if mark in _ENDS:
            yield lower[:-1], _ENDS[mark]


def _by(entry: Entry, sentence: str, language: str, depth: int) -> str | None:
    values = entry.template.values(sentence)
    if values is None:
        return None
    shown: dict[str, object] = {}
    for blank in entry.template.blanks:
        value = values[blank.name]
        if blank.forms:
            value = value.partition(" ")[0]
        elif blank.is_said:
            inner = _translated(value, language, depth + 1)
            if inner is None and blank.kind != "said":
                return None
            value = inner or value
        shown[blank.name] = value
    return filled(entry.translation, shown)


def _listed(sentence: str, language: str, depth: int) -> str | None:
    """Several of them in a row, of which at least one is ours."""
    parts = _GAP.split(sentence)
    if 1 < len(parts) <= _MOST_PARTS:
        said = [_translated(part, language, depth + 1) for part in parts]
        if any(said):
            return "".join(new or f"{old} " for new, old in zip(said, parts, strict=True)).rstrip()
    for mark, joint in (("; ", "；"), (", ", "，")):
        parts = sentence.split(mark)
        if 1 < len(parts) <= _MOST_PARTS:
            said = [_translated(part, language, depth + 1) for part in parts]
            if any(said) if mark == "; " else all(said):
                return joint.join(new or old for new, old in zip(said, parts, strict=True))
    return None
