"""A call that went well, with one more of the options that its callable takes.

What an option asks for (an issuer, a limit, a mode) is looked at only behind all that has to be
right before it. A call that is right already is the way there.
"""

from __future__ import annotations

import ast
import inspect
import random
from typing import Any, Iterator, List, NamedTuple, Optional, Sequence, Tuple

from itc_tui.engines.builtin.inside.arguments import Arguments
from itc_tui.engines.builtin.inside.kinds import Param
from itc_tui.engines.builtin.inside.pool import Kept
from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.inside.shapes import short_name, with_step
from itc_tui.engines.builtin.inside.surface import Entry

_BY_NAME = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
_LONGEST = 400


class Place(NamedTuple):
    step: int
    end: int
    """Where the call's last bracket stands."""
    without_name: int
    """So many arguments."""
    names: Tuple[str, ...]
    called: str


class MoreOptions:
    def __init__(
        self, callables: Sequence[Entry], arguments: Arguments, rng: random.Random
    ) -> None:
        self._arguments, self._rng = arguments, rng
        self._named: "dict[str, List[Entry]]" = {}
        for one in callables:
            if one.func is not None and one.compose is None and one.kind != "operator":
                self._named.setdefault(short_name(one), []).append(one)

    def added(self, kept: Kept) -> Optional[Program]:
        """None where it calls nothing that would take one more."""
        places = [place for place in _places_in(kept.program) if place.called in self._named]
        if not places:
            return None
        place = self._rng.choice(places)
        entry = self._rng.choice(self._named[place.called])
        free = list(_free(self._arguments.parameters.of(entry), place))
        if not free:
            return None
        param = self._rng.choice(free)
        made = self._arguments.argument(entry, param)
        whole = made.program.beside(kept.program) if made is not None else None
        if made is None or whole is None:
            return None
        at = len(whole.steps) - len(kept.program.steps) + place.step
        if at < 0 or whole.steps[at].code != kept.program.steps[place.step].code:
            return None  # what it needs was there already, and they share it
        code = _with(whole.steps[at].code, place, "%s=%s" % (param.name, made.code))
        fits = len(code) <= _LONGEST
        return whole._replace(steps=with_step(whole.steps, at, code)) if fits else None


def _places_in(program: Program) -> Iterator[Place]:
    for number, step in enumerate(program.steps):
        if step.kind not in ("do", "with") or step.code != step.code.strip():
            continue
        try:
            tree = ast.parse(step.code, mode="eval")
        except (SyntaxError, ValueError, RecursionError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and step.code.isascii() and "\n" not in step.code:
                end = node.end_col_offset
                if end is not None:
                    yield Place(number, end - 1, len(node.args), _names(node), _called(node))


def _names(node: ast.Call) -> Tuple[str, ...]:
    return tuple(word.arg or "" for word in node.keywords)


def _called(node: ast.Call) -> str:
    func: Any = node.func
    return str(getattr(func, "attr", getattr(func, "id", "")))


def _free(params: Sequence[Param], place: Place) -> Iterator[Param]:
    """Those that the call leaves out."""
    for number, param in enumerate(params):
        is_given = param.name in place.names or number < place.without_name
        if param.has_default and param.kind in _BY_NAME and not is_given:
            yield param


def _with(code: str, place: Place, option: str) -> str:
    before = code[: place.end].rstrip()
    glue = "" if before.endswith("(") else " " if before.endswith(",") else ", "
    return before + glue + option + code[place.end :]
