"""Data that hold what a text speaks of: for a query a record with its names, for a form its blanks.

`orders[0].total` asks for a record that has orders, each with a total. Which is inside which only
the target knows; in one of a few shapes the names will be found.
"""

from __future__ import annotations

import ast
import collections.abc as abc
import keyword
import random
import re
import typing
from typing import Any, Iterable, List, Tuple

from itc_tui.engines.builtin.inside.kinds import BY_NAME, EMPTY, Param
from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.inside.texts import NUMBERS

_NAME = re.compile(r"[^\W\d]\w*")
_NUMBER = re.compile(r"(?<![\w.])\d{1,6}(?![\w.])")
_QUOTED = re.compile(r"""(["'])(\w[^"']{0,20})\1""")
_COMPARED = re.compile(r"""(?<=[=<>~])\s*(["'])[^"']*\1""")
"""A value; anywhere else what is quoted may be a name as well."""
_MOST_NAMES = 5
_LONGEST = 120
_KINDS: Tuple[Any, ...] = (
    EMPTY, typing.Any, object, dict, list, abc.Mapping, abc.MutableMapping
)  # fmt: skip


def texts_in(codes: Iterable[str]) -> List[str]:
    """The texts that are written out in these expressions."""
    found: List[str] = []
    for code in codes:
        try:
            nodes = list(ast.walk(ast.parse(code.strip())))
        except (SyntaxError, ValueError, RecursionError):
            continue
        values = [node.value for node in nodes if isinstance(node, ast.Constant)]
        found += [one for one in values if isinstance(one, str) and 0 < len(one) <= _LONGEST]
    return found


def said_in(program: Program, parts: Iterable[str]) -> List[str]:
    """What the calls so far were told in so many words."""
    codes = [step.code for step in program.steps if step.kind != "raw"]
    return texts_in([*codes, *parts])


def data_for(texts: List[str], rng: random.Random) -> str:
    """A record with the names that one of the texts holds; empty where none holds any."""
    named = [text for text in texts if _names_in(text)]
    if not named:
        return ""
    text = named[-1] if rng.random() < 0.7 else rng.choice(named)
    names = _names_in(text)
    if rng.random() < 0.3:
        names = names[rng.randrange(len(names)) :]
    return _record(names, _values_in(text), rng)


def likeness_to_data(param: Param) -> float:
    """How much the parameter looks like a record; 0 where it cannot be one."""
    kind, hint = typing.get_origin(param.annotation) or param.annotation, param.hint
    is_told = param.default not in (EMPTY, None) and not isinstance(param.default, (dict, list))
    if is_told or hint.is_called or hint.is_number or kind not in _KINDS:
        return 0.0
    by_name = any(re.search(row, param.name.lower()) for row, tag in BY_NAME if tag == "dict")
    shown = any(code[:1] in "{[" for code, _ in param.evidence)
    return 4.0 if by_name or shown or hint.keys or hint.is_indexed else 1.5


def _names_in(text: str) -> List[str]:
    bare = _QUOTED.sub(lambda found: found[2], _COMPARED.sub(" ", text))
    names = [one for one in _NAME.findall(bare) if not keyword.iskeyword(one)]
    return list(dict.fromkeys(names))[:_MOST_NAMES]


def _values_in(text: str) -> List[str]:
    """What the names are compared with, and what comes before and after it."""
    numbers = [int(number) + step for number in _NUMBER.findall(text) for step in (-1, 0, 1)]
    return [repr(one) for one in numbers] + [repr(match[2]) for match in _QUOTED.finditer(text)]


def _record(names: List[str], values: List[str], rng: random.Random) -> str:
    """The names side by side, or one inside the other."""
    first, rest = names[0], names[1:]
    kind = rng.random()
    if not rest or kind < 0.25:
        return "{%s}" % ", ".join("%r: %s" % (name, _value(values, rng)) for name in names)
    if kind < 0.55:
        return "{%r: %s}" % (first, _record(rest, values, rng))
    if kind < 0.85:
        rows = [_record(rest, values, rng) for _ in range(rng.choice((1, 2, 2, 3)))]
        return "{%r: [%s]}" % (first, ", ".join(rows))
    return "[%s, %s]" % (_record(names, values, rng), _record(names, values, rng))


def _value(values: List[str], rng: random.Random) -> str:
    if values and rng.random() < 0.6:
        return rng.choice(values)
    return rng.choice(("'a'", "'tea'", "[3, 1, 2]", "{'a': 1}", repr(rng.choice(NUMBERS))))
