"""Values of builtin kinds, as text."""

from __future__ import annotations

import random
import sys
from typing import Callable, Dict, Optional, Tuple

from itc_tui.engines.builtin.inside.programs import Program, Step, fresh
from itc_tui.engines.builtin.inside.texts import FLOATS, NUMBERS, Words

_FUNCS = [
    "lambda *args: args[0] if args else None",
    "lambda value: value",
    "str",
    "len",
    "lambda *args: True",
    "lambda *args, **kwargs: None",
    "lambda left, right: left + right",
    "bool",
    "int",
    "lambda *args: 1 / 0",
]
"""The last ones refuse some or all of what they are handed: who calls them has to cope."""
_MOMENTS = ["2024, 2, 29, 12, 30, 45", "1999, 12, 31, 23, 59, 59", "2021, 7, 4, 8, 5"]


def simple_code(
    tag: str, module: str, rng: random.Random, words: Words
) -> Optional[Tuple[Program, str]]:
    """Program that comes before, and the expression."""
    if tag in ("path", "dir", "stream"):
        return _of_file(tag, module, rng, words)
    if tag in ("datetime", "date", "time", "timedelta", "tz", "decimal"):
        return _of_calendar(tag, rng)
    if tag == "afunc":
        return _coroutine(rng)
    if tag in ("list", "tuple", "set", "dict"):
        return _container(tag, module, rng, words)
    makers: Dict[str, Callable[[], str]] = {
        "str": lambda: repr(words.one(module)),
        "int": lambda: repr(rng.choice(NUMBERS)),
        "float": lambda: repr(rng.choice(FLOATS)),
        "bool": lambda: repr(rng.random() < 0.5),
        "none": lambda: "None",
        "bytes": lambda: repr(words.one(module).encode("utf-8", "replace")),
        "func": lambda: rng.choice(_FUNCS),
        "any": lambda: _scalar(module, rng, words),
    }
    return (Program(), makers[tag]()) if tag in makers else None


_AWAITED = (
    "async def %s(*args, **kwargs):\n    return args[0] if args else None",
    "async def %s(*args, **kwargs):\n    raise ValueError('no tea')",
)
"""The first one more often: what refuses is the exception."""


def _coroutine(rng: random.Random) -> Tuple[Program, str]:
    """There is no lambda for what has to be awaited."""
    name = fresh("work")
    code = _AWAITED[rng.random() < 0.3] % name
    return Program((), (Step(name, code, "raw"),)), name


def _scalar(module: str, rng: random.Random, words: Words) -> str:
    chance = rng.random()
    if chance < 0.45:
        return repr(words.one(module))
    if chance < 0.75:
        return repr(rng.choice(NUMBERS))
    return repr(rng.choice((None, True, False, 1.5)))


def _container(tag: str, module: str, rng: random.Random, words: Words) -> Tuple[Program, str]:
    size = rng.choice((0, 1, 2, 2, 3, 4))
    if tag == "dict":
        pairs: Dict[str, str] = {}
        for _ in range(size):
            value = _scalar(module, rng, words)
            if rng.random() < 0.2:
                value = _container(rng.choice(("list", "dict")), module, rng, words)[1]
            pairs[words.one(module)[:30]] = value
        return Program(), "{%s}" % ", ".join("%r: %s" % pair for pair in pairs.items())
    kind = rng.randint(0, 3)
    if kind == 0:
        parts = [repr(rng.choice(NUMBERS)) for _ in range(size)]
    elif kind == 1:
        parts = [repr(words.one(module)[:40]) for _ in range(size)]
    elif kind == 2 and tag != "set":
        parts = [_container(rng.choice(("list", "dict")), module, rng, words)[1]][:size]
    else:
        parts = [_scalar(module, rng, words) for _ in range(size)]
    text = ", ".join(parts)
    if tag == "list":
        return Program(), "[%s]" % text
    if tag == "tuple":
        return Program(), "(%s,)" % text if len(parts) == 1 else "(%s)" % text
    return Program(), "{%s}" % text if parts else "set()"


def _of_file(tag: str, module: str, rng: random.Random, words: Words) -> Tuple[Program, str]:
    if tag == "dir":
        return Program(), "tmp_path"
    if tag == "stream":
        return Program(("import io",)), "io.StringIO(%r)" % words.one(module)
    if rng.random() < 0.25:
        return Program(), "tmp_path / 'fresh.txt'"
    name = fresh("path")
    sample = rng.choice(words.texts) if words.texts and rng.random() < 0.6 else words.one(module)
    steps = (
        Step(name, "tmp_path / 'input.txt'"),
        Step("", "%s.write_text(%r, encoding='utf-8')" % (name, sample)),
    )
    return Program((), steps), name if rng.random() < 0.6 else "str(%s)" % name


def _of_calendar(tag: str, rng: random.Random) -> Tuple[Program, str]:
    moment = rng.choice(_MOMENTS)
    parts = moment.split(", ")
    if tag == "decimal":
        code = "Decimal(%r)" % rng.choice(("0", "1.50", "-3.25", "100"))
        return Program(("from decimal import Decimal",)), code
    texts = {
        "datetime": "datetime.datetime(%s)" % moment,
        "date": "datetime.date(%s)" % ", ".join(parts[:3]),
        "time": "datetime.time(%s)" % ", ".join(parts[3:]),
        "timedelta": "datetime.timedelta(days=%d, seconds=%d)"
        % (rng.choice((0, 1, -2, 40)), rng.choice((0, 1, 3661))),
        "tz": "datetime.timezone.utc",
    }
    code = texts[tag]
    if tag == "datetime" and rng.random() < 0.3:
        code = code[:-1] + ", tzinfo=datetime.timezone.utc)"
    return Program(("import datetime",)), code


def speaks_command_line(module: str) -> bool:
    """Whether the module reads options, so that its arguments are words of a command."""
    names = vars(sys.modules[module]) if module in sys.modules else {}
    return any(
        name in names for name in ("argparse", "optparse", "getopt", "docopt", "ArgumentParser")
    )


def command_line(module: str, rng: random.Random, words: Words) -> Tuple[Program, str]:
    """A list of options and operands; often a file is among them."""
    options = words.options(module)
    parts = []
    for _ in range(rng.choice((0, 1, 1, 2, 3))):
        if options and rng.random() < 0.8:
            parts.append(repr(rng.choice(options)))
        else:
            parts.append(rng.choice((repr(words.one(module)), "'1'", "'utf-8'")))
    if rng.random() < 0.75:
        program, code = _of_file("path", module, rng, words)
        code = code if code.startswith("str(") else "str(%s)" % code
        parts.insert(rng.choice((0, len(parts))), code)
        return program, "[%s]" % ", ".join(parts)
    return Program(), "[%s]" % ", ".join(parts)
