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
_MOST_TOGETHER = 4
"""Parts by a mark that are one sentence all the same: what it quotes has the mark in it."""
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
    said = (
        ("; " in head and _alone(head.rstrip(), language, depth, within="; "))
        or _in_a_row(head, language, depth)
        or _alone(head.rstrip(), language, depth)
        or _in_sequence(head, language, depth)
    )
    return sentence[: len(sentence) - len(head)] + said if said else None


def _alone(sentence: str, language: str, depth: int, within: str = "") -> str | None:
    """One form, and no more than that; one that has that mark itself, when it is given."""
    for form, end in _forms_of(sentence):
        for entry in catalogue(language).candidates(form):
            if not any(within in piece for piece in entry.template.pieces):
                continue
            if (said := _by(entry, form, language, depth)) is not None:
                return said + end
    return None


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
            if inner is None and blank.kind not in ("said", "names"):
                return None
            value = inner or value
        shown[blank.name] = value
    return filled(entry.translation, shown)


def _in_a_row(sentence: str, language: str, depth: int) -> str | None:
    """Several of them, each of which may hold the mark that stands between them."""
    parts = sentence.split("; ")
    if not 1 < len(parts) <= _MOST_PARTS:
        return None
    told, known, at = list[str](), 0, 0
    while at < len(parts):
        for until in range(at + 1, min(at + _MOST_TOGETHER, len(parts)) + 1):
            if said := _alone("; ".join(parts[at:until]), language, depth):
                break
        else:
            until, said = at + 1, None
        known += said is not None
        told.append(said or parts[at])
        at = until
    return "；".join(told) if known > 1 or (known and len(told) > 1) else None


def _in_sequence(sentence: str, language: str, depth: int) -> str | None:
    """Whole sentences one after the other, or words of ours by commas."""
    parts = _GAP.split(sentence)
    if 1 < len(parts) <= _MOST_PARTS:
        said = [_alone(part, language, depth) for part in parts]
        if any(said):
            return "".join(new or f"{old} " for new, old in zip(said, parts, strict=True)).rstrip()
    parts = sentence.split(", ")
    if 1 < len(parts) <= _MOST_PARTS:
        said = [_alone(part, language, depth) for part in parts]
        if all(said):
            return "，".join(filter(None, said))
    return None
