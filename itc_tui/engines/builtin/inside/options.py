"""Keyword options: which there are, learnt from documents and from what functions ask for."""

from __future__ import annotations

import ast
import random
from typing import Dict, List, Set

from itc_tui.engines.builtin.inside.hints import hints_of
from itc_tui.engines.builtin.inside.kinds import Param
from itc_tui.engines.builtin.inside.simple import simple_code
from itc_tui.engines.builtin.inside.surface import Entry, Surface
from itc_tui.engines.builtin.inside.texts import Words

_KINDS = ("bool", "bool", "int", "str", "str")


class Options:
    def __init__(
        self,
        surface: Surface,
        evidence: Dict[str, Dict[str, List[str]]],
        words: Words,
        rng: random.Random,
    ) -> None:
        self._evidence, self._words, self._rng = evidence, words, rng
        self._asked: Dict[str, Dict[str, str]] = {}
        for target in surface.callables:
            module = getattr(target.func, "__module__", "") or ""
            for name, hint in hints_of(target.func).items() if target.func is not None else ():
                for key in hint.keys:
                    self._asked.setdefault(name, {})[key] = module

    def asked_of(self, name: str) -> Dict[str, str]:
        """Keys that functions take out of a parameter of that name → module."""
        return self._asked.get(name, {})

    def keywords(self, target: Entry, param: Param, named: Set[str]) -> List[str]:
        """Some `key=value` for a parameter that takes any keyword; `named` have their own."""
        short = target.func.__name__ if target.kind == "class" else target.ident
        shown = self._evidence.get(short.rpartition(".")[2].rpartition(":")[2], {})
        keys = [key for key in shown if key.isidentifier() and key not in named]
        asked = self.asked_of(param.name)
        free = [key for key in asked if key.isidentifier() and key not in named]
        found: Dict[str, str] = {}
        for _ in range(self._rng.choice((0, 1, 1, 2))):
            if keys and self._rng.random() < 0.6:
                key = self._rng.choice(keys)
                code = self._rng.choice(shown[key])
                if _is_plain(code):
                    found[key] = code
            elif free:
                key = self._rng.choice(free)
                made = simple_code(self._rng.choice(_KINDS), asked[key], self._rng, self._words)
                if made is not None:
                    found[key] = made[1]
        return ["%s=%s" % pair for pair in found.items()]


def _is_plain(code: str) -> bool:
    try:
        ast.literal_eval(code)
    except (ValueError, SyntaxError, TypeError):
        return False
    return True
