"""Arguments for a call: from evidence, types, names, use, and what earlier calls gave."""

from __future__ import annotations

import inspect
import random
from typing import Any, Dict, List, Optional, Tuple

from itc_tui.engines.builtin.inside.kinds import (
    PYTHON,
    Arg,
    Param,
)
from itc_tui.engines.builtin.inside.options import Options
from itc_tui.engines.builtin.inside.parameters import Parameters, Whole
from itc_tui.engines.builtin.inside.pool import Pool
from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.inside.reshaping import Reshaper
from itc_tui.engines.builtin.inside.simple import (
    simple_code,
)
from itc_tui.engines.builtin.inside.spoken_of import data_for, said_in
from itc_tui.engines.builtin.inside.surface import Entry, Surface
from itc_tui.engines.builtin.inside.texts import Words, pick
from itc_tui.engines.builtin.inside.typed import typed_argument
from itc_tui.engines.builtin.inside.ways import Ways

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
        self._options = Options(surface, evidence, words, rng)
        self._ways = Ways(self, self._options)
        self._before: Tuple[Program, List[str]] = _NOTHING, []
        """What comes before the argument that is made, and the arguments beside it."""

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
        ways = self._ways.of(target, param)
        weights = []
        for way in ways:
            tries, wins = self.score.get((target.ident, param.name, way.tag), (0.0, 0.0))
            weights.append(way.weight * (wins + 1) / (tries + 2))
        for _ in range(3):
            way = ways[pick(self._rng, weights)]
            arg = way.make()
            if arg is not None:
                return arg._replace(tag=way.tag)
        return None

    def learn(self, target: Entry, used: List[Tuple[str, str]], won: bool) -> None:
        for name, tag in used:
            row = self.score.setdefault((target.ident, name, tag), [0.0, 0.0])
            row[0] += 1
            row[1] += won
            if row[0] > 40:  # forget slowly, so that a change of luck is seen
                row[0] *= 0.5
                row[1] *= 0.5

    def from_evidence(self, param: Param) -> Optional[Arg]:
        code, before = self._rng.choice(param.evidence)
        return Arg(before, code, "")

    def _as_shown(self, param: Param, whole: Whole) -> Optional[Arg]:
        shown = [one for one in param.evidence if one[0] == whole.get(param.name)]
        return self.from_evidence(param._replace(evidence=shown)) if shown else None

    def simple(self, tag: str, module: str = "", depth: int = 0) -> Optional[Arg]:
        kind = PYTHON.get(tag)
        if kind is not None and self._rng.random() < 0.15:
            held = self.pool.of_type(kind, exact=True)
            if held is not None:
                return Arg(held.program, held.name, tag)
        made = simple_code(tag, module, self._rng, self.words)
        return Arg(made[0], made[1], tag) if made else None

    def spoken_of(self) -> Optional[Arg]:
        data = data_for(said_in(*self._before), self._rng)
        return Arg(Program(), data, "") if data else None

    def of_type(self, kind: Any, module: str, depth: int = 0) -> Optional[Arg]:
        return typed_argument(self, kind, module, depth)

    @property
    def rng(self) -> random.Random:
        return self._rng

    @property
    def surface(self) -> Surface:
        return self._surface
