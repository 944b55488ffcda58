"""The catalogue of a language: each form of a sentence in English, and how it is said there."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from itc_tui.speech.template import Template, parsed


class Entry(NamedTuple):
    template: Template
    translation: str


class Catalogue:
    def __init__(self, words: Mapping[str, str]) -> None:
        self._entries = {form: Entry(parsed(form), said) for form, said in words.items()}
        self._by_first_word: dict[str, list[Entry]] = defaultdict(list)
        for entry in sorted(self._entries.values(), key=lambda entry: -entry.template.weight):
            self._by_first_word[_first_word(entry.template)].append(entry)

    def get(self, form: str) -> Entry | None:
        return self._entries.get(form)

    @property
    def forms(self) -> tuple[str, ...]:
        return tuple(self._entries)

    def translation_of(self, form: str) -> str:
        return self._entries[form].translation

    def candidates(self, sentence: str) -> Iterator[Entry]:
        """Those that the sentence may be, the most literal first among those alike."""
        yield from self._by_first_word.get(sentence.partition(" ")[0], ())
        yield from self._by_first_word.get("", ())


@lru_cache(maxsize=8)
def catalogue(language: str) -> Catalogue:
    """English has none: there the forms are the sentences."""
    words: dict[str, str] = {}
    for file in sorted((Path(__file__).parent / language).glob("*.json")):
        words |= json.loads(file.read_text(encoding="utf-8"))
    return Catalogue(words)


def _first_word(template: Template) -> str:
    """Empty where it begins with a blank, or a blank stands in the first word."""
    word, space, _ = template.pieces[0].partition(" ")
    return word if space or not template.blanks else ""
