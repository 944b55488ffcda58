"""Strings, numbers and small containers to try, drawn from the target's own words."""

from __future__ import annotations

import random
import re
from typing import Any, Dict, List, Mapping, Sequence, Set, Tuple

PLAIN = [
    *("", "a", "abc", "hello world", "x=1", "1", "42", "3.14", "true", "A B", "é"),
    *("2024-01-31", "12:30:45", "2024-01-31T12:30:45Z"),
]
NUMBERS = [0, 1, 2, 3, -1, 5, 7, 10, 12, 100, 255, 1000, 2024, -7, 65536]
FLOATS = [0.0, 0.5, 1.5, -2.25, 10.0, 3.75, 100.125]
_WORD = re.compile(r"\w[\w-]*")
_BRACKETS = ("()", "[]", "{}", "<>")
_QUOTES = ("'", '"')
_MOST_TAKEN = 400
MOST_LETTERS = 400
_QUOTED = 0.12
"""Of the texts, so many are what a document quotes."""
_GLUE = ["", " ", ", ", ".", "=", ":", "\n", "/", "-", "(", ")", "|", "[0]"]


class Words:
    """The strings that the target's modules and its documents hold."""

    def __init__(
        self,
        words: Dict[str, List[str]],
        texts: List[str],
        fitting: Dict[str, List[str]],
        rng: random.Random,
    ) -> None:
        self._words = words
        self._fitting = fitting
        self._every_fitting = [text for module in sorted(fitting) for text in fitting[module]]
        self._every = [word for module in sorted(words) for word in words[module]] or PLAIN
        said = [word for word in self._every if not any(letter.isalnum() for letter in word)]
        self._marks = list(dict.fromkeys(word for word in said if len(word.strip()) == 1))
        self._pairs = [pair for pair in _BRACKETS if set(pair) <= set("".join(said + self._marks))]
        self._tokens = [word for word in self._every if len(word) <= 4] or _GLUE
        self.texts = texts
        """Longer samples from documents; what a file or a parser might be fed with."""
        self.phrases: List[str] = []
        """What documents quote: whole sentences, as the code would take them."""
        self.commands: List[List[str]] = []
        """Command lines that the documents show, each as its words."""
        self.quoted: Set[Tuple[str, ...]] = set()
        """Those that were taken as they stand there."""
        self.wanted: List[str] = []
        """Words that the code asks for, and that never were given where it does."""
        self.taken: List[str] = []
        """Texts that brought a program further."""
        self._rng = rng

    def take(self, texts: Sequence[str]) -> None:
        self.taken += [text for text in texts if text not in self.taken[-40:]]
        del self.taken[:-_MOST_TAKEN]

    def after(self, spoken: Sequence[str]) -> List[List[str]]:
        """What documents show behind a tool, of the lines that name these inner commands."""
        tool, inner = spoken[0].replace("_", "-"), list(spoken[1:])
        lines = [line[1:] for line in self.commands if line[0].replace("_", "-") == tool]
        return [line for line in lines if [word for word in line if word in inner] == inner]

    def options(self, module: str) -> List[str]:
        """Words of the module that look like options of a command."""
        return [word for word in self._words.get(module, []) if re.fullmatch(r"--?\w[\w-]*", word)]

    def near(self, module: str) -> List[str]:
        """What the module itself says."""
        return self._words.get(module, [])

    def one(self, module: str = "") -> str:
        chance = self._rng.random()
        fitting = self._fitting.get(module, self._every_fitting)
        if fitting and chance < 0.3:
            return self._rng.choice(fitting)
        if self.phrases and self._rng.random() < _QUOTED:
            return self._rng.choice(self.phrases)
        chance = self._rng.random()
        near = self._words.get(module)
        if near and chance < 0.36:
            return self._rng.choice(near)
        if chance < 0.48:
            return self._rng.choice(self._every)
        if chance < 0.56 and self.texts:
            return self._rng.choice(self.texts)
        if chance < 0.62:
            return self.lines(fitting) if self._rng.random() < 0.4 else self.joined(module)
        if chance < 0.69:
            return self.soup()
        if chance < 0.79:
            return self.phrase(module)
        if chance < 0.93 and self.taken:
            return self._lately_taken()
        return self._rng.choice(PLAIN)

    def joined(self, module: str = "") -> str:
        near = self._words.get(module) or self._every
        parts = [self._rng.choice(near) for _ in range(self._rng.randint(2, 4))]
        return self._rng.choice(_GLUE).join(parts)[:200]

    def lines(self, fitting: Sequence[str]) -> str:
        """Lines one below the other with an empty one behind, as parsers of messages take them."""
        end = "\r\n" if any("\r\n" in word for word in self._every) else "\n"
        rows = [self._rng.choice(fitting or self._every) for _ in range(self._rng.randint(1, 3))]
        return end.join([*rows, "", ""])

    def soup(self) -> str:
        """Tokens and words without order: now and then it is a sentence of the target's grammar."""
        rng = self._rng
        size = rng.randint(2, 7)
        parts = [rng.choice(self._tokens if rng.random() < 0.6 else PLAIN) for _ in range(size)]
        return rng.choice(("", "", " ")).join(parts)

    def phrase(self, module: str = "") -> str:
        """A word of the target with a mark before it, or with something in brackets behind."""
        rng = self._rng
        before = rng.choice(self._marks) if self._marks and rng.random() < 0.6 else ""
        phrase = before + self._word(module)
        return self._bracketed(phrase, module) if rng.random() < 0.5 else phrase

    def _word(self, module: str) -> str:
        rng = self._rng
        for _ in range(4):
            is_wanted = self.wanted and rng.random() < 0.5
            word = rng.choice(self.wanted if is_wanted else self._words.get(module) or self._every)
            if any(letter.isalnum() for letter in word):
                return word
        return rng.choice(PLAIN[1:])

    def _bracketed(self, text: str, module: str) -> str:
        rng = self._rng
        pair = rng.choice(self._pairs or ["()"])
        kind = rng.randint(0, 3)
        inside = str(rng.choice(NUMBERS)) if kind == 0 else self._word(module)
        if kind == 1:
            quote = rng.choice(_QUOTES)
            inside = quote + inside + quote
        elif kind == 2:
            inside = rng.choice(PLAIN)
        return text + pair[0] + inside + pair[1]

    def with_word(self, text: str, word: str) -> str:
        """The text with this word in it: rather in the place of another of its kind."""
        rng = self._rng
        chance = rng.random()
        places = [match.span() for match in _WORD.finditer(text)]
        if not any(letter.isalnum() for letter in word):
            places = [match.span() for match in re.finditer(r"[^\w\s]+", text)]
        if places and chance < 0.55:
            start, end = rng.choice(places)
            return text[:start] + word + text[end:]
        if chance < 0.7:
            return word
        if chance < 0.8:
            return rng.choice((word + text, text + word))
        if chance < 0.9:
            before = rng.choice(self._marks) if self._marks else " "
            return text + before + word
        place = rng.randint(0, len(text))
        return text[:place] + word + text[place:]

    def _lately_taken(self) -> str:
        """Of two, the later: what was found in the end went furthest."""
        places = range(len(self.taken))
        return self.taken[max(self._rng.choice(places), self._rng.choice(places))]

    def _spliced(self, text: str) -> str:
        """The beginning of one text that went far, and the end of another."""
        rng = self._rng
        other = self._lately_taken() if self.taken else ""
        if rng.random() < 0.4:
            return text + rng.choice(_GLUE) + other
        return text[: rng.randint(0, len(text))] + other[rng.randint(0, len(other)) :]

    def mutated(self, text: str, module: str = "") -> str:
        """The same text with one or two small changes."""
        for _ in range(self._rng.choice((1, 1, 2))):
            text = self._mutated_once(text, module)
        return text[:MOST_LETTERS]

    def _mutated_once(self, text: str, module: str) -> str:
        rng = self._rng
        place = rng.randint(0, len(text))
        end = min(len(text), place + rng.randint(1, 4))
        choice = rng.randint(0, 16)
        if choice > 14 and self.taken:  # what brought one call further may do so for another
            return self._lately_taken()
        if choice == 14:
            return self._spliced(text)
        if choice == 13:
            return self._bracketed(text, module)
        if choice >= 10:
            is_mark = self._marks and rng.random() < 0.4
            return self.with_word(text, rng.choice(self._marks) if is_mark else self._word(module))
        if choice == 0:
            return text[:place] + text[end:]
        if choice == 1:
            return text[:place] + text[place:end] * 2 + text[end:]
        if choice == 2:
            return text[:place] + rng.choice(_GLUE) + text[place:]
        if choice == 3:
            return text[:place] + str(rng.choice(NUMBERS)) + text[end:]
        if choice == 4:
            return text + rng.choice(_GLUE) + self.one(module)
        if choice == 5:
            return rng.choice((text.upper(), text.lower(), text.title(), " %s " % text))
        if choice == 6:
            return text[:place]
        if choice >= 8:
            return text[:place] + rng.choice(self._tokens) + text[place:]
        return text[:place] + self.one(module) + text[end:]


def words_of(order: Mapping[str, Any], fitting: Dict[str, List[str]], rng: random.Random) -> Words:
    """`order` says what the target's sources and documents hold."""
    words = Words(order.get("words", {}), order.get("texts", []), fitting, rng)
    words.commands, words.phrases = order.get("commands", []), order.get("phrases", [])
    return words


def is_text(code: str) -> bool:
    return code[:1] in "'\"" and code[-1:] in "'\""


def mutated_number(code: str, rng: random.Random) -> str:
    """A neighbour of a number; other texts come back as they are."""
    try:
        number = float(code) if "." in code else int(code)
    except ValueError:
        return code
    return repr(rng.choice((number + 1, number - 1, -number, number * 2, number * 10, 0)))


def pick(rng: random.Random, weights: Sequence[float]) -> int:
    """An index, as likely as its weight."""
    aim = rng.random() * sum(weights)
    for index, weight in enumerate(weights):
        aim -= weight
        if aim <= 0:
            return index
    return len(weights) - 1
