"""Arguments for a call: from evidence, types, names, use, and what earlier calls gave."""

from __future__ import annotations

import ast
import builtins
import inspect
import random
import re
import sys
import typing
from functools import partial
from typing import Any, Callable, Dict, List, Optional, Tuple

from itc_tui.engines.builtin.inside.ducks import can_be_shaped, owned_names, shaped
from itc_tui.engines.builtin.inside.hints import Hint
from itc_tui.engines.builtin.inside.kinds import (
    BY_NAME,
    DEFAULTS,
    EMPTY,
    PYTHON,
    SIMPLE,
    TAGS,
    Arg,
    Param,
)
from itc_tui.engines.builtin.inside.named_values import of_its_module, one_of_the_named
from itc_tui.engines.builtin.inside.options import Options
from itc_tui.engines.builtin.inside.parameters import Parameters, Whole
from itc_tui.engines.builtin.inside.pool import Pool
from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.inside.python_samples import reads_python
from itc_tui.engines.builtin.inside.reshaping import Reshaper
from itc_tui.engines.builtin.inside.simple import (
    command_line,
    simple_code,
    speaks_command_line,
)
from itc_tui.engines.builtin.inside.spoken_of import data_for, likeness_to_data, said_in
from itc_tui.engines.builtin.inside.surface import Entry, Surface
from itc_tui.engines.builtin.inside.texts import Words, pick
from itc_tui.engines.builtin.inside.typed import is_callable, python_tree, typed_argument

_NOTHING = Program()
_SHOWN_WHOLE = 0.35
"""Of the calls of what documents show calls of, so many take all arguments from one of those."""
_OF_FILES = ("str", "bytes", "none")
_WRITTEN = (str, bytes)
"""What one object writes and another reads."""


class Arguments:
    def __init__(
        self,
        surface: Surface,
        pool: Pool,
        words: Words,
        evidence: Dict[str, Dict[str, List[str]]],
        rng: random.Random,
    ) -> None:
        self._surface, self.pool, self.words, self._rng = surface, pool, words, rng
        self.reshaper = Reshaper(words, evidence, rng)
        self.parameters = Parameters(surface, evidence)
        self.score: Dict[Tuple[str, str, str], List[float]] = {}
        self._owned = owned_names(kind for kind, _ in surface.classes)
        self._options = Options(surface, evidence, words, rng)
        self._before: Tuple[Program, List[str]] = _NOTHING, []
        """What comes before the argument that is made, and the arguments beside it."""

    # -- a whole call -------------------------------------------------------
    def call(
        self, target: Entry, before: Program = _NOTHING
    ) -> Optional[Tuple[Program, str, List[Tuple[str, str]]]]:
        """Setup, argument text, and which kind of value each parameter got.

        `before` is the program that the call goes on with: on what it made, or with it.
        """
        program, used = Program(), []
        parts: List[str] = []
        self._before = before, parts
        skipped = False
        wholes = self.parameters.wholes(target)
        whole = self._rng.choice(wholes) if wholes and self._rng.random() < _SHOWN_WHOLE else {}
        for param in self.parameters.of(target):
            if param.kind is inspect.Parameter.VAR_KEYWORD:
                named = {other.name for other in self.parameters.of(target)}
                parts.extend(self._options.keywords(target, param, named))
                continue
            if param.kind is inspect.Parameter.VAR_POSITIONAL:
                for _ in range(self._rng.choice((0, 1, 1, 2, 3))):
                    arg = self.argument(target, param)
                    both = program.beside(arg.program) if arg is not None else None
                    if arg is not None and both is not None:
                        program = both
                        parts.append(arg.code)
                continue
            is_left_out = self._rng.random() < (0.4 if param.evidence else 0.6)
            if param.has_default and (param.name not in whole if whole else is_left_out):
                skipped = True
                continue
            arg = self._as_shown(param, whole) or self.argument(target, param)
            if arg is None:
                if param.has_default:
                    skipped = True
                    continue
                return None
            joined = program.beside(arg.program)
            if joined is None:
                return None
            program = joined
            by_name = skipped or param.kind is inspect.Parameter.KEYWORD_ONLY
            if by_name and param.kind is inspect.Parameter.POSITIONAL_ONLY:
                return None
            parts.append("%s=%s" % (param.name, arg.code) if by_name else arg.code)
            used.append((param.name, arg.tag))
        return program, ", ".join(parts), used

    def argument(self, target: Entry, param: Param) -> Optional[Arg]:
        makers = self._makers(target, param)
        weights = []
        for weight, tag, _ in makers:
            tries, wins = self.score.get((target.ident, param.name, tag), (0.0, 0.0))
            weights.append(weight * (wins + 1) / (tries + 2))
        for _ in range(3):
            place = pick(self._rng, weights)
            arg = makers[place][2]()
            if arg is not None:
                return arg._replace(tag=makers[place][1])
        return None

    def learn(self, target: Entry, used: List[Tuple[str, str]], won: bool) -> None:
        for name, tag in used:
            row = self.score.setdefault((target.ident, name, tag), [0.0, 0.0])
            row[0] += 1
            row[1] += won
            if row[0] > 40:  # forget slowly, so that a change of luck is seen
                row[0] *= 0.5
                row[1] *= 0.5

    def _makers(
        self, target: Entry, param: Param
    ) -> List[Tuple[float, str, Callable[[], Optional[Arg]]]]:
        module = getattr(target.func, "__module__", "") or ""
        hint, untyped = param.hint, param.annotation in (EMPTY, typing.Any)
        rows: List[Tuple[float, str, Callable[[], Optional[Arg]]]] = []

        def add(weight: float, tag: str, make: Callable[[], Optional[Arg]]) -> None:
            rows.append((weight, tag, make))

        def simple(weight: float, tag: str) -> None:
            add(weight, tag, lambda: self.simple(tag, module))

        if param.name in self.pool.named:
            add(8, "fixture", lambda: Arg(*self.pool.named[param.name], ""))
        if param.evidence:
            add(8, "evidence", lambda: self._from_evidence(param))
            add(4, "near evidence", lambda: self._near_evidence(param, module))
        if param.annotation not in (EMPTY, typing.Any) and not isinstance(param.annotation, str):
            add(8, "type", lambda: self.of_type(param.annotation, module))
        if target.kind == "method" and param.annotation in (*_WRITTEN, EMPTY):
            add(3, "fellow", lambda: self._from_fellow(target, param.annotation))
        weight = likeness_to_data(param)
        if weight:
            add(weight, "spoken of", lambda: self._spoken_of())
        if hint.literals:
            add(3, "literal", lambda: Arg(Program(), self._rng.choice(hint.literals), ""))
        named = of_its_module(target.func, hint.names)
        if named:
            make = partial(one_of_the_named, target.func, named, self._surface, self._rng)
            add(4, "named", make)
        for name in hint.checked_types[:6]:
            kind = self._class_named(name, target)
            if kind is not None:
                add(3, "check " + name, self._typed(kind, module))
        if hint.attributes:
            fits = [k for k in (str, dict, list, int, bytes, set, tuple) if _fits(k, hint)]
            for kind in fits:
                simple(4.0 / len(fits), SIMPLE[kind])
            add(4, "duck", lambda: self._duck(hint))
        fits_nothing = hint.attributes and not any(_fits(k, hint) for k in (str, dict, list, int))
        if untyped and (fits_nothing or hint.may_have) and can_be_shaped(hint, self._owned):
            make = partial(shaped, hint, self._owned, module, self.words, self._rng)
            add(3 if fits_nothing else 1, "shape", make)
        if hint.keys or (self._options.asked_of(param.name) and param.annotation is EMPTY):
            add(3, "keys", lambda: self._keyed(param, module))
        for flag, tag in (
            (hint.is_called, "func"),
            (hint.is_iterated, "list"),
            (hint.is_number, "int"),
        ):
            if flag:
                simple(3, tag)
        if target.is_async and (hint.is_called or is_callable(param.annotation)):
            simple(6, "afunc")
        if param.name in ("args", "argv", "arguments") and speaks_command_line(module):
            add(8, "argv", lambda: self._command_line(module))
        if param.name in ("tree", "node") and param.annotation is EMPTY and _reads(module):
            add(6, "tree", lambda: python_tree(self._rng))
        named_kinds = [tag for pattern, tag in BY_NAME if re.search(pattern, param.name.lower())]
        for tag in named_kinds:
            simple(2 if param.annotation is EMPTY else 0.5, tag)
        meant = SIMPLE[type(param.default)] if type(param.default) in DEFAULTS else ""
        if untyped and meant:
            simple(6, meant)
        add(1.0 if untyped and not meant else 0.1, "pool", lambda: self._anything())
        if untyped:
            # `open(False)` is the standard input: where a file is asked for, that is no guess.
            for tag in _OF_FILES if {"path", "dir"} & set(named_kinds) else TAGS:
                simple(0.05 if meant else 0.3, tag)
        return rows

    def _typed(self, kind: Any, module: str) -> Callable[[], Optional[Arg]]:
        return lambda: self.of_type(kind, module)

    # -- kinds of values ----------------------------------------------------
    def _from_evidence(self, param: Param) -> Optional[Arg]:
        code, before = self._rng.choice(param.evidence)
        return Arg(before, code, "")

    def _as_shown(self, param: Param, whole: Whole) -> Optional[Arg]:
        shown = [one for one in param.evidence if one[0] == whole.get(param.name)]
        return self._from_evidence(param._replace(evidence=shown)) if shown else None

    def _near_evidence(self, param: Param, module: str) -> Optional[Arg]:
        code, before = self._rng.choice(param.evidence)
        try:
            value = ast.literal_eval(code)
        except (ValueError, SyntaxError):
            return Arg(before, code, "")
        if isinstance(value, str):
            return Arg(Program(), repr(self.words.mutated(value, module)), "")
        if isinstance(value, bool) or value is None:
            return Arg(Program(), repr(self._rng.choice((True, False, None))), "")
        if isinstance(value, (int, float)):
            return Arg(Program(), repr(value + self._rng.choice((-1, 1, 10, 0.5))), "")
        return Arg(Program(), self.reshaper.reshaped(code, module) or code, "")

    def simple(self, tag: str, module: str = "", depth: int = 0) -> Optional[Arg]:
        kind = PYTHON.get(tag)
        if kind is not None and self._rng.random() < 0.15:
            held = self.pool.of_type(kind, exact=True)
            if held is not None:
                return Arg(held.program, held.name, tag)
        made = simple_code(tag, module, self._rng, self.words)
        return Arg(made[0], made[1], tag) if made else None

    def _duck(self, hint: Hint) -> Optional[Arg]:
        held = self.pool.with_attributes(hint.attributes)
        return Arg(held.program, held.name, "") if held else None

    def _from_fellow(self, target: Entry, kind: Any) -> Optional[Arg]:
        kinds = _WRITTEN if kind is EMPTY else (kind,)
        held = self.pool.from_class_of(target.ident, self._rng.choice(kinds))
        return Arg(held.program, held.name, "") if held else None

    def _anything(self) -> Optional[Arg]:
        held = self.pool.with_attributes(set())
        return Arg(held.program, held.name, "") if held else None

    def _keyed(self, param: Param, module: str) -> Optional[Arg]:
        program, parts = Program(), []
        asked = self._options.asked_of(param.name)
        keys = list(dict.fromkeys([*param.hint.keys, *asked]))
        share = min(0.9, 3.0 / max(1, len(keys)))
        for key in keys:
            if self._rng.random() > share:
                continue
            kind = self._rng.choice(("str", "str", "int", "list", "bool"))
            arg = self.simple(kind, asked.get(key, module))
            if arg is not None:
                program = program.beside(arg.program) or program
                parts.append("%r: %s" % (key, arg.code))
        return Arg(program, "{%s}" % ", ".join(parts), "")

    def _spoken_of(self) -> Optional[Arg]:
        data = data_for(said_in(*self._before), self._rng)
        return Arg(Program(), data, "") if data else None

    def _command_line(self, module: str) -> Optional[Arg]:
        made = command_line(module, self._rng, self.words)
        return Arg(made[0], made[1], "")

    def _class_named(self, name: str, target: Entry) -> Any:
        module = sys.modules.get(getattr(target.func, "__module__", "") or "")
        found = getattr(module, name, None) or getattr(builtins, name, None)
        return found if isinstance(found, type) else None

    def of_type(self, kind: Any, module: str, depth: int = 0) -> Optional[Arg]:
        return typed_argument(self, kind, module, depth)

    @property
    def rng(self) -> random.Random:
        return self._rng

    @property
    def surface(self) -> Surface:
        return self._surface


def _reads(module: str) -> bool:
    return module in sys.modules and reads_python(sys.modules[module])


def _fits(kind: Any, hint: Hint) -> bool:
    return all(hasattr(kind, name) for name in hint.attributes)
