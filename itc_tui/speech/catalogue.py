"""The catalogue of a language: each form of a sentence in English, and how it is said there."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from itc_tui.speech.template import Template, parsed

_WORD = re.compile(r"\w+")


class Entry(NamedTuple):
    template: Template
    translation: str
    place: int
    """In the order in which forms are tried."""


class Catalogue:
    def __init__(self, words: Mapping[str, str]) -> None:
        ordered = sorted(words, key=_place)
        self._entries = {
            form: Entry(parsed(form), words[form], place) for place, form in enumerate(ordered)
        }
        self._by_word: dict[str, list[Entry]] = defaultdict(list)
        for entry in self._entries.values():
            self._by_word[_telling_word(entry.template)].append(entry)

    @property
    def forms(self) -> tuple[str, ...]:
        return tuple(self._entries)

    def get(self, form: str) -> Entry | None:
        return self._entries.get(form)

    def translation_of(self, form: str) -> str:
        return self._entries[form].translation

    def candidates(self, sentence: str) -> list[Entry]:
        """Those that the sentence may be: each of them has a word that stands in it."""
        words = {*_WORD.findall(sentence), ""}
        found = [entry for word in words for entry in self._by_word.get(word, ())]
        return sorted(found, key=lambda entry: entry.place)


@lru_cache(maxsize=8)
def catalogue(language: str) -> Catalogue:
    """English has none: there the forms are the sentences."""
    words: dict[str, str] = {}
    for file in sorted((Path(__file__).parent / language).glob("*.json")):
        words |= json.loads(file.read_text(encoding="utf-8"))
    return Catalogue(words)


def _place(form: str) -> tuple[bool, int]:
    """What begins with a word before what begins with a blank, which takes any beginning; then
    the more of a sentence it says literally, the earlier."""
    template = parsed(form)
    return not template.pieces[0], -template.weight


def _telling_word(template: Template) -> str:
    """The longest that no blank touches, for what fills it may run into the word."""
    words = [
        found.group()
        for place, piece in enumerate(template.pieces)
        for found in _WORD.finditer(piece)
        if (found.start() or not place)
        and (found.end() < len(piece) or place == len(template.pieces) - 1)
    ]
    return max(words, key=len, default="")
