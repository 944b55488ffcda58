"""Values that earlier trials produced, each with the program that makes it again."""

from __future__ import annotations

import random
import re
from typing import Any, Dict, List, NamedTuple, Optional, Set, Tuple

from itc_tui.engines.builtin.inside.programs import Program

_OURS = re.compile(r"\bv_\w+_\d+\b")
_PER_TYPE = 30
_GIVEN_SHARE = 0.6
_SHOWN_SHARE = 0.35
"""Of the objects that are asked for, so many are made as a document shows it, where one does."""
_EXACT_SHARE = 0.6
"""A method is best shown by an object of the class that has it, and not by a remote heir."""


def plain(code: str) -> str:
    """The same for all variables of ours."""
    return _OURS.sub("v", code)


class Held(NamedTuple):
    program: Program
    name: str
    """The variable, or an expression over one."""


class Kept(NamedTuple):
    """A program that brought news."""

    program: Program
    focus: str
    is_error: bool


class Pool:
    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._of: Dict[Any, List[Held]] = {}
        self._given: Dict[Any, List[Held]] = {}
        self._shown: Dict[Any, List[Held]] = {}
        self._by_class: Dict[Tuple[str, Any], List[Held]] = {}
        self.named: Dict[str, Held] = {}
        """By the name of a fixture: parameters of that name take it."""

    @property
    def types(self) -> List[Any]:
        return list(self._of)

    def add(self, kind: Any, held: Held) -> None:
        row = self._of.setdefault(kind, [])
        if any(other.program == held.program and other.name == held.name for other in row):
            return
        if len(row) >= _PER_TYPE:
            # Short ones stay; long ones give way to new ones.
            place = max(range(len(row)), key=lambda i: (len(row[i].program.steps), i))
            if len(row[place].program.steps) < len(held.program.steps) and self._rng.random() < 0.7:
                return
            row[place] = held
        else:
            row.append(held)

    def give(self, kind: Any, held: Held) -> None:
        """A fixture of the target: what its own tests build such objects with."""
        self._given.setdefault(kind, []).append(held)
        self.named[held.name] = held
        self.add(kind, held)

    def keep(self, kind: Any, held: Held, focus: str, *, is_literal: bool) -> None:
        """What came of a program with that focus."""
        is_shown = focus.startswith("given:")
        (self.show if is_shown and not is_literal else self.add)(kind, held)
        if kind in (str, bytes) and not is_shown:
            self._take_from(focus, kind, held)

    def show(self, kind: Any, held: Held) -> None:
        """What a document's example makes: a search makes many that are good for little."""
        row = self._shown.setdefault(kind, [])
        if held not in row and len(row) < _PER_TYPE:
            row.append(held)
        self.add(kind, held)

    def _take_from(self, ident: str, kind: Any, held: Held) -> None:
        """What a method gave: another object of its class may be the one that reads it."""
        row = self._by_class.setdefault((ident.rpartition(".")[0], kind), [])
        if held not in row:
            row.append(held)
            del row[:-_PER_TYPE]

    def from_class_of(self, ident: str, kind: Any) -> Optional[Held]:
        """What methods of the same class gave of that kind."""
        row = self._by_class.get((ident.rpartition(".")[0], kind), [])
        return self._rng.choice(row) if row else None

    def ways_of(self, kind: Any) -> Set[str]:
        """The calls that made those that there are, whatever their variables are called."""
        return {
            plain(step.code)
            for held in self._of.get(kind, ())
            for step in held.program.steps
            if step.var == held.name
        }

    def of_type(self, kind: Any, exact: bool = False) -> Optional[Held]:
        given = [k for k in self._given if k is kind or (not exact and _is_sub(k, kind))]
        if given and self._rng.random() < _GIVEN_SHARE:
            return self._rng.choice(self._given[self._rng.choice(given)])
        shown = self._shown.get(kind)
        if shown and self._rng.random() < _SHOWN_SHARE:
            return self._rng.choice(shown)
        is_exact = exact or (kind in self._of and self._rng.random() < _EXACT_SHARE)
        kinds = [k for k in self._of if k is kind or (not is_exact and _is_sub(k, kind))]
        return self._any_of(kinds)

    def with_attributes(self, attributes: Set[str]) -> Optional[Held]:
        kinds = [k for k in self._of if all(hasattr(k, name) for name in attributes)]
        return self._any_of(kinds)

    def _any_of(self, kinds: List[Any]) -> Optional[Held]:
        if not kinds:
            return None
        row = self._of[self._rng.choice(kinds)]
        # The shorter of two: sequences would only grow otherwise.
        one, other = self._rng.choice(row), self._rng.choice(row)
        return min(one, other, key=lambda held: len(held.program.steps))


def _is_sub(kind: Any, wanted: Any) -> bool:
    try:
        return bool(issubclass(kind, wanted))
    except TypeError:
        return False
