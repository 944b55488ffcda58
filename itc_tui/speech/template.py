"""A sentence with blanks: filled with values, and recognised again once it is filled.

`{name}` is a name, a path, a quotation: it stays as it is. What stands after a colon says more:
`{count:case|cases}` is a number with its noun, `{rate:number}` a number alone, `{name:word}` is a
name or a path, `{why:said}` is another sentence of ours, where it is one, `{why:known}` has to
be, `{called:names}` are dotted names one after another, and `{level:high/low}` is one of these
words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

_BLANK = re.compile(r"\{(\w+)(?::([^{}]*))?\}")
_WORD = re.compile(r"[\w.:/\\-]+")
_NAMES = re.compile(r"[\w.]+(?:, [\w.]+)*(?: and \d+ more)?")
_NUMBER = re.compile(r"-?\d[\d.,]*%?")


class Blank(NamedTuple):
    name: str
    kind: str = ""

    @property
    def forms(self) -> tuple[str, str] | None:
        """The noun for one and for any other number; Chinese needs none."""
        one, bar, other = self.kind.partition("|")
        return (one, other) if bar else None

    @property
    def is_said(self) -> bool:
        """Whether a sentence of ours stands there, or one of the words that are named."""
        return self.kind in ("said", "known", "names") or "/" in self.kind

    def takes(self, value: str) -> bool:
        if self.kind == "number":
            return bool(_NUMBER.fullmatch(value))
        if self.kind == "names":
            return bool(_NAMES.fullmatch(value))
        if "/" in self.kind:
            return value in self.kind.split("/")
        if self.kind == "word":
            return bool(_WORD.fullmatch(value))
        if self.forms:
            number, _, noun = value.partition(" ")
            return number.isdecimal() and noun == self.forms[number != "1"]
        return bool(value)


class Template(NamedTuple):
    """What stands between the blanks, with one piece more than there are blanks."""

    pieces: tuple[str, ...]
    blanks: tuple[Blank, ...]

    @property
    def weight(self) -> int:
        """The more of a sentence is said literally, the surer it is recognised."""
        return sum(map(len, self.pieces))

    def values(self, sentence: str) -> dict[str, str] | None:
        """What fills the blanks of that sentence; None when it is another one.

        Each piece is looked for once, from left to right, so that hostile text costs no time.
        """
        first, last = self.pieces[0], self.pieces[-1]
        if not self.blanks:
            return {} if sentence == first else None
        end = len(sentence) - len(last)
        if end < len(first) or not (sentence.startswith(first) and sentence.endswith(last)):
            return None
        found, at = {}, len(first)
        for blank, piece in zip(self.blanks, (*self.pieces[1:-1], None), strict=True):
            until = end if piece is None else sentence.find(piece, at, end)
            if until < 0 or not blank.takes(sentence[at:until]):
                return None
            found[blank.name] = sentence[at:until]
            at = until + len(piece or "")
        return found


@lru_cache(maxsize=4096)
def parsed(text: str) -> Template:
    parts = _BLANK.split(text)
    blanks = zip(parts[1::3], parts[2::3], strict=True)
    return Template(tuple(parts[::3]), tuple(Blank(name, kind or "") for name, kind in blanks))


def filled(text: str, values: Mapping[str, object]) -> str:
    """The sentence with its values."""
    if "{" not in text:
        return text
    template = parsed(text)
    said = [template.pieces[0]]
    for blank, piece in zip(template.blanks, template.pieces[1:], strict=True):
        said += (_shown(blank, values[blank.name]), piece)
    return "".join(said)


def _shown(blank: Blank, value: object) -> str:
    is_many = str(value) != "1"
    return f"{value} {blank.forms[is_many]}" if blank.forms else str(value)
