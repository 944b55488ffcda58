"""The ways in which one argument may be made, each with a weight and a tag."""

from __future__ import annotations

import ast
import builtins
import re
import sys
import typing
from functools import partial
from typing import TYPE_CHECKING, Any, Callable, Iterator, List, NamedTuple, Optional, Set

from itc_tui.engines.builtin.inside.ducks import can_be_shaped, owned_names, shaped
from itc_tui.engines.builtin.inside.hints import Hint
from itc_tui.engines.builtin.inside.kinds import (
    BY_NAME,
    DEFAULTS,
    EMPTY,
    SIMPLE,
    TAGS,
    Arg,
    Param,
)
from itc_tui.engines.builtin.inside.named_values import (
    name_a_table,
    of_its_module,
    one_of_the_named,
)
from itc_tui.engines.builtin.inside.options import Options
from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.inside.python_samples import reads_python
from itc_tui.engines.builtin.inside.simple import command_line, speaks_command_line
from itc_tui.engines.builtin.inside.spoken_of import likeness_to_data
from itc_tui.engines.builtin.inside.surface import Entry
from itc_tui.engines.builtin.inside.typed import is_callable, python_tree

if TYPE_CHECKING:
    from itc_tui.engines.builtin.inside.arguments import Arguments

_OF_FILES = ("str", "bytes", "none")
_WRITTEN = (str, bytes)
"""What one object writes and another reads."""
_DUCKS = (str, dict, list, int, bytes, set, tuple)


_OF_TABLES = frozenset({"fixture", "evidence", "literal", "named"})
_RARE = 0.2
"""Where a word is looked up in a table, any other word is good for one refusal."""


class Way(NamedTuple):
    weight: float
    tag: str
    make: Callable[[], Optional[Arg]]


class Ways:
    """What is known best of a parameter comes first, and weighs most."""

    def __init__(self, arguments: "Arguments", options: Options) -> None:
        self._arguments, self._options = arguments, options
        self._pool, self._words, self._rng = arguments.pool, arguments.words, arguments.rng
        self._owned = owned_names(kind for kind, _ in arguments.surface.classes)

    def of(self, target: Entry, param: Param) -> List[Way]:
        module = getattr(target.func, "__module__", "") or ""
        ways = [
            *self._shown(param, module),
            *self._declared(target, param, module),
            *self._read_in_the_code(target, param, module),
            *self._meant_by_its_name(target, param, module),
            *self._guessed(param, module),
        ]
        if not name_a_table(target.func, of_its_module(target.func, param.hint.names)):
            return ways
        return [way if way.tag in _OF_TABLES else way._replace(weight=_RARE) for way in ways]

    def _shown(self, param: Param, module: str) -> Iterator[Way]:
        """By fixtures, documents and callers."""
        if param.name in self._pool.named:
            yield Way(8, "fixture", lambda: Arg(*self._pool.named[param.name], ""))
        if param.evidence:
            yield Way(8, "evidence", lambda: self._arguments.from_evidence(param))
            yield Way(4, "near evidence", lambda: self._near_evidence(param, module))

    def _declared(self, target: Entry, param: Param, module: str) -> Iterator[Way]:
        if param.annotation not in (EMPTY, typing.Any) and not isinstance(param.annotation, str):
            yield Way(8, "type", lambda: self._arguments.of_type(param.annotation, module))
        if target.kind == "method" and param.annotation in (*_WRITTEN, EMPTY):
            yield Way(3, "fellow", lambda: self._from_fellow(target, param.annotation))
        weight = likeness_to_data(param)
        if weight:
            yield Way(weight, "spoken of", self._arguments.spoken_of)

    def _read_in_the_code(self, target: Entry, param: Param, module: str) -> Iterator[Way]:
        """What the function does with it."""
        hint = param.hint
        if hint.literals:
            yield Way(3, "literal", lambda: Arg(Program(), self._rng.choice(hint.literals), ""))
        named = of_its_module(target.func, hint.names)
        if named:
            surface = self._arguments.surface
            make = partial(one_of_the_named, target.func, named, surface, self._rng)
            yield Way(4, "named", make)
        for name in hint.checked_types[:6]:
            kind = _class_named(name, target)
            if kind is not None:
                yield Way(3, "check " + name, partial(self._arguments.of_type, kind, module))
        yield from self._fitting(param, module)
        if hint.keys or (self._options.asked_of(param.name) and param.annotation is EMPTY):
            yield Way(3, "keys", lambda: self._keyed(param, module))
        for flag, tag in (
            (hint.is_called, "func"),
            (hint.is_iterated, "list"),
            (hint.is_number, "int"),
        ):
            if flag:
                yield self._simple(3, tag, module)
        if target.is_async and (hint.is_called or is_callable(param.annotation)):
            yield self._simple(6, "afunc", module)

    def _fitting(self, param: Param, module: str) -> Iterator[Way]:
        """What has the attributes that are asked of it."""
        hint, untyped = param.hint, _is_untyped(param)
        if hint.attributes:
            fits = [kind for kind in _DUCKS if _fits(kind, hint)]
            for kind in fits:
                yield self._simple(4.0 / len(fits), SIMPLE[kind], module)
            yield Way(4, "duck", lambda: self._with_attributes(hint.attributes))
        fits_nothing = hint.attributes and not any(_fits(k, hint) for k in (str, dict, list, int))
        if untyped and (fits_nothing or hint.may_have) and can_be_shaped(hint, self._owned):
            make = partial(shaped, hint, self._owned, module, self._words, self._rng)
            yield Way(3 if fits_nothing else 1, "shape", make)

    def _meant_by_its_name(self, target: Entry, param: Param, module: str) -> Iterator[Way]:
        if param.name in ("args", "argv", "arguments") and speaks_command_line(module):
            yield Way(8, "argv", lambda: self._command_line(module))
        if param.name in ("tree", "node") and param.annotation is EMPTY and _reads(module):
            yield Way(6, "tree", lambda: python_tree(self._rng))
        for tag in _tags_of(param):
            yield self._simple(2 if param.annotation is EMPTY else 0.5, tag, module)

    def _guessed(self, param: Param, module: str) -> Iterator[Way]:
        untyped = _is_untyped(param)
        meant = SIMPLE[type(param.default)] if type(param.default) in DEFAULTS else ""
        if untyped and meant:
            yield self._simple(6, meant, module)
        weight = 1.0 if untyped and not meant else 0.1
        yield Way(weight, "pool", lambda: self._with_attributes(set()))
        if untyped:
            # `open(False)` is the standard input: where a file is asked for, that is no guess.
            for tag in _OF_FILES if {"path", "dir"} & set(_tags_of(param)) else TAGS:
                yield self._simple(0.05 if meant else 0.3, tag, module)

    def _simple(self, weight: float, tag: str, module: str) -> Way:
        return Way(weight, tag, lambda: self._arguments.simple(tag, module))

    def _near_evidence(self, param: Param, module: str) -> Optional[Arg]:
        code, before = self._rng.choice(param.evidence)
        try:
            value = ast.literal_eval(code)
        except (ValueError, SyntaxError):
            return Arg(before, code, "")
        if isinstance(value, str):
            return Arg(Program(), repr(self._words.mutated(value, module)), "")
        if isinstance(value, bool) or value is None:
            return Arg(Program(), repr(self._rng.choice((True, False, None))), "")
        if isinstance(value, (int, float)):
            return Arg(Program(), repr(value + self._rng.choice((-1, 1, 10, 0.5))), "")
        return Arg(Program(), self._arguments.reshaper.reshaped(code, module) or code, "")

    def _from_fellow(self, target: Entry, kind: Any) -> Optional[Arg]:
        kinds = _WRITTEN if kind is EMPTY else (kind,)
        held = self._pool.from_class_of(target.ident, self._rng.choice(kinds))
        return Arg(held.program, held.name, "") if held else None

    def _with_attributes(self, names: Set[str]) -> Optional[Arg]:
        held = self._pool.with_attributes(names)
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
            arg = self._arguments.simple(kind, asked.get(key, module))
            if arg is not None:
                program = program.beside(arg.program) or program
                parts.append("%r: %s" % (key, arg.code))
        return Arg(program, "{%s}" % ", ".join(parts), "")

    def _command_line(self, module: str) -> Optional[Arg]:
        made = command_line(module, self._rng, self._words)
        return Arg(made[0], made[1], "")


def _class_named(name: str, target: Entry) -> Any:
    module = sys.modules.get(getattr(target.func, "__module__", "") or "")
    found = getattr(module, name, None) or getattr(builtins, name, None)
    return found if isinstance(found, type) else None


def _is_untyped(param: Param) -> bool:
    return param.annotation in (EMPTY, typing.Any)


def _tags_of(param: Param) -> List[str]:
    return [tag for pattern, tag in BY_NAME if re.search(pattern, param.name.lower())]


def _reads(module: str) -> bool:
    return module in sys.modules and reads_python(sys.modules[module])


def _fits(kind: Any, hint: Hint) -> bool:
    return all(hasattr(kind, name) for name in hint.attributes)
