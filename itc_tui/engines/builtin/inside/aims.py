"""Calls between modules that nothing made yet, and the programs that came near to them.

Whoever enters the function that a call stands in stands before it; with other words, or in
another state, the next one makes it.
"""

from __future__ import annotations

import ast
import os
import random
import types
from typing import Any, Callable, Collection, Dict, Iterator, List, Optional, Sequence, Set, Tuple

from itc_tui.engines.builtin.inside.gates import first_line
from itc_tui.engines.builtin.inside.parsing import parsed_source
from itc_tui.engines.builtin.inside.pool import Kept
from itc_tui.engines.builtin.inside.texts import pick

Line = Tuple[str, int]
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

_PER_HOME = 12
_MOST_COUNTED = 3
"""Of one callable; it is tried one time in as many."""
_MOST_TRIES = 150.0


class Aims:
    def __init__(
        self,
        sites: Collection[Line],
        modules: Sequence[types.ModuleType],
        relative: Callable[[str], Optional[str]],
        rng: random.Random,
    ) -> None:
        self._rng = rng
        self._open: Set[Line] = set(sites)
        self._home: Dict[Line, Line] = dict(_homes_of(self._open, modules, relative))
        """Site → where the function begins that it stands in."""
        self._near: Dict[Line, List[Kept]] = {}
        self._tries: Dict[Line, float] = {}

    def look(self, lines: Collection[Line]) -> None:
        """See anew which were not made."""
        self._open = {site for site in self._open if site not in lines}

    def among(self, lines: Collection[Line]) -> int:
        """How many of these lines make such a call."""
        return min(_MOST_COUNTED, sum(site in lines for site in self._open))

    def reached_by(self, lines: Set[Line]) -> List[Line]:
        """Where those functions begin that were entered, and still have such a call."""
        homes = {self._home[site] for site in self._open if site in self._home}
        return sorted(homes & lines)

    def take(self, kept: Kept, homes: Collection[Line]) -> None:
        for home in homes:
            row = self._near.setdefault(home, [])
            row.append(kept)
            if len(row) > _PER_HOME:  # the shortest stay, and the latest
                row.remove(max(row[:-1], key=_length))

    def next(self) -> Optional[Kept]:
        """A program that came near to one; rather to one that was seldom tried."""
        homes = sorted({self._home[s] for s in self._open if s in self._home} & self._near.keys())
        homes = [home for home in homes if self._tries.get(home, 0.0) < _MOST_TRIES]
        if not homes:
            return None
        weights = [1.0 / (1.0 + self._tries.get(home, 0.0)) for home in homes]
        home = homes[pick(self._rng, weights)]
        self._tries[home] = self._tries.get(home, 0.0) + 1.0
        return self._rng.choice(self._near[home])


def _homes_of(
    sites: Collection[Line],
    modules: Sequence[types.ModuleType],
    relative: Callable[[str], Optional[str]],
) -> Iterator[Tuple[Line, Line]]:
    for module in modules:
        path = getattr(module, "__file__", None) or ""
        file = relative(os.path.realpath(path)) if path.endswith(".py") else None
        wanted = [line for name, line in sites if name == file]
        if file is None or not wanted:
            continue
        try:
            with open(path, "rb") as stream:
                tree = parsed_source(stream.read())
        except (OSError, SyntaxError, ValueError, RecursionError):
            continue
        functions = [node for node in ast.walk(tree) if isinstance(node, _FUNCTIONS)]
        for line in wanted:
            around = [one for one in functions if one.lineno <= line <= _end_of(one)]
            if around:
                inner = max(around, key=lambda one: one.lineno)
                yield (file, line), (file, first_line(inner))


def _end_of(node: Any) -> int:
    return int(node.end_lineno or node.lineno)


def _length(kept: Kept) -> int:
    return sum(len(step.code) for step in kept.program.steps)
