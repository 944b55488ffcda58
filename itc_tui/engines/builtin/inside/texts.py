"""Strings, numbers and small containers to try, drawn from the target's own words."""

from __future__ import annotations

import random
import re
from typing import Dict, List, Sequence

PLAIN = [
    *("", "a", "abc", "hello world", "x=1", "1", "42", "3.14", "true", "A B", "é"),
    *("2024-01-31", "12:30:45", "2024-01-31T12:30:45Z"),
]
NUMBERS = [0, 1, 2, 3, -1, 5, 7, 10, 12, 100, 255, 1000, 2024, -7, 65536]
FLOATS = [0.0, 0.5, 1.5, -2.25, 10.0, 3.75, 100.125]
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
        self._tokens = [word for word in self._every if len(word) <= 4] or _GLUE
        self.texts = texts
        """Longer samples from documents; what a file or a parser might be fed with."""
        self.commands: List[List[str]] = []
        """Command lines that the documents show, each as its words."""
        self._rng = rng

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
        chance = self._rng.random()
        near = self._words.get(module)
        if near and chance < 0.4:
            return self._rng.choice(near)
        if chance < 0.55:
            return self._rng.choice(self._every)
        if chance < 0.65 and self.texts:
            return self._rng.choice(self.texts)
        if chance < 0.75:
            return self.joined(module)
        if chance < 0.85:
            return self.soup()
        return self._rng.choice(PLAIN)

    def joined(self, module: str = "") -> str:
        near = self._words.get(module) or self._every
        parts = [self._rng.choice(near) for _ in range(self._rng.randint(2, 4))]
        return self._rng.choice(_GLUE).join(parts)[:200]

    def soup(self) -> str:
        """Tokens and words without order: now and then it is a sentence of the target's grammar."""
        rng = self._rng
        size = rng.randint(2, 7)
        parts = [rng.choice(self._tokens if rng.random() < 0.6 else PLAIN) for _ in range(size)]
        return rng.choice(("", "", " ")).join(parts)

    def mutated(self, text: str, module: str = "") -> str:
        """The same text with one or two small changes."""
        for _ in range(self._rng.choice((1, 1, 2))):
            text = self._mutated_once(text, module)
        return text[:400]

    def _mutated_once(self, text: str, module: str) -> str:
        rng = self._rng
        place = rng.randint(0, len(text))
        end = min(len(text), place + rng.randint(1, 4))
        choice = rng.randint(0, 9)
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
