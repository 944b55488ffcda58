"""Changes one constant of a program that brought news, or the shape of the data in it."""

from __future__ import annotations

import random
import re
from typing import Any, List, NamedTuple, Optional

from itc_tui.engines.builtin.inside.handing import fixed_part
from itc_tui.engines.builtin.inside.more_options import MoreOptions
from itc_tui.engines.builtin.inside.pool import Kept
from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.inside.reshaping import Reshaper, says_a_key_twice
from itc_tui.engines.builtin.inside.shapes import with_step
from itc_tui.engines.builtin.inside.texts import MOST_LETTERS, Words, is_text, mutated_number

_CONSTANT = re.compile(r"'(?:[^'\\]|\\.)*'|\b\d+(?:\.\d+)?\b")


class Place(NamedTuple):
    """Where a constant stands in a program."""

    step: int
    start: int
    end: int
    code: str


def places_in(program: Program) -> List[Place]:
    return [
        Place(index, *match.span(), match.group())
        for index, step in enumerate(program.steps)
        if step.kind != "raw"
        for match in _CONSTANT.finditer(step.code)
        if match.start() >= fixed_part(step)
    ]


def with_constant(program: Program, place: Place, code: str) -> Program:
    old = program.steps[place.step].code
    before = old[: place.start]
    if before.endswith("-") and (code.startswith("-") or code == "0"):
        before, code = before[:-1], code.lstrip("-")  # `--7` is 7, and `-0` is 0
    text = before + code + old[place.end :]
    return program._replace(steps=with_step(program.steps, place.step, text))


def text_at(place: Place) -> Optional[str]:
    """The text that stands there; None where it is a number, or written in no common way."""
    if not is_text(place.code):
        return None
    try:
        return str(eval(place.code))  # a literal, by the pattern
    except (SyntaxError, ValueError):
        return None


_WITH_MORE = 0.25
"""Of the changes, so many give a call one more of its options."""
_RESHAPED = 0.4
"""Of the changes to programs that hold data, so many change its shape."""


class Changes:
    def __init__(
        self,
        words: Words,
        reshaper: Reshaper,
        rng: random.Random,
        more: Optional[MoreOptions] = None,
    ) -> None:
        self._words, self._reshaper, self._rng, self._more = words, reshaper, rng, more

    def changed(self, kept: Kept) -> Optional[Program]:
        if self._more is not None and self._rng.random() < _WITH_MORE:
            more = self._more.added(kept)
            if more is not None:
                return more
        reshaped = self._reshaped(kept) if self._rng.random() < _RESHAPED else None
        if reshaped is not None:
            return reshaped
        places = places_in(kept.program)
        if not places:
            return None
        place = self._rng.choice(places)
        return _unless_twice(self._changed_at(kept, place), place)

    def saying(self, word: Any, kept: Kept) -> Optional[Program]:
        """With the word in one of its texts or as a key, or with the number in place of one."""
        is_number = not isinstance(word, str)
        is_key = not is_number and word.strip() and self._rng.random() < _RESHAPED
        keyed = self._reshaped(kept, word) if is_key else None
        if keyed is not None:
            return keyed
        places = [place for place in places_in(kept.program) if is_number != is_text(place.code)]
        if not places:
            return None
        place = self._rng.choice(places)
        if is_number:
            return with_constant(kept.program, place, repr(word))
        text = text_at(place)
        if text is None:
            return None
        said = repr(self._words.with_word(text, word)[:MOST_LETTERS])
        return _unless_twice(with_constant(kept.program, place, said), place)

    def _reshaped(self, kept: Kept, word: str = "") -> Optional[Program]:
        module = kept.focus.partition(":")[0]
        steps = [place for place, step in enumerate(kept.program.steps) if step.kind != "raw"]
        self._rng.shuffle(steps)
        for place in steps:
            step = kept.program.steps[place]
            code = self._reshaper.reshaped(step.code, module, fixed_part(step), word)
            if code is not None:
                return kept.program._replace(steps=with_step(kept.program.steps, place, code))
        return None

    def _changed_at(self, kept: Kept, place: Place) -> Optional[Program]:
        if not is_text(place.code):
            return with_constant(kept.program, place, mutated_number(place.code, self._rng))
        text = text_at(place)
        if text is None:
            return None
        new = self._words.mutated(text, kept.focus.partition(":")[0])
        return with_constant(kept.program, place, repr(new))


def _unless_twice(program: Optional[Program], place: Place) -> Optional[Program]:
    """None where a key has become the same as another of its record."""
    if program is None or says_a_key_twice(program.steps[place.step].code):
        return None
    return program


def data_in(program: Program) -> List[str]:
    """The steps that may hold data of any shape."""
    return [step.code for step in program.steps if step.kind != "raw"]


def texts_of(program: Program) -> List[str]:
    """What the last step says in so many words."""
    last = len(program.steps) - 1
    found = (text_at(place) for place in places_in(program) if place.step == last)
    return [text for text in found if text]
