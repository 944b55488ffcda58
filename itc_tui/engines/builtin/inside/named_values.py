"""Values that a function's own text names: members of an enumeration, markers, keys of a table."""

from __future__ import annotations

import inspect
import random
import sys
from typing import Any, Callable, List, Optional

from itc_tui.engines.builtin.inside.kinds import Arg
from itc_tui.engines.builtin.inside.literals import written
from itc_tui.engines.builtin.inside.modules import answers
from itc_tui.engines.builtin.inside.programs import Program
from itc_tui.engines.builtin.inside.surface import Surface

_MOST_LETTERS = 60
_MOST_ITEMS = 60
_COLLECTIONS = (tuple, list, set, frozenset, dict)


def of_its_module(func: Any, names: List[str]) -> List[str]:
    """Those that are no locals of the function."""
    known = vars(_module_of(func)) if _module_of(func) is not None else {}
    return [name for name in dict.fromkeys(names) if name.split(".")[0] in known]


def name_a_table(func: Any, names: List[str]) -> bool:
    """One of these is a table of words: what is not among its keys is good for a refusal."""
    known = vars(_module_of(func)) if _module_of(func) is not None else {}
    return any(_is_table(known.get(name)) for name in names)


def _is_table(value: Any) -> bool:
    """Of words that somebody may hand over."""
    return (
        type(value) in _COLLECTIONS
        and len(value) > 1
        and all(isinstance(key, str) and len(key) <= _MOST_LETTERS for key in value)
    )


def one_of_the_named(
    func: Any, names: List[str], surface: Surface, rng: random.Random
) -> Optional[Arg]:
    """One of them as a user writes it; of a collection, one of its items."""
    name = rng.choice(names)
    module = _module_of(func)
    value: Any = module
    ask: Callable[..., Any]
    for part in name.split("."):
        # Only a class is asked: what an object answers may be the work of a property.
        ask = getattr if isinstance(value, type) else inspect.getattr_static
        value = ask(value, part, inspect.Parameter.empty)
        if value is inspect.Parameter.empty:
            return None
    if not answers(value):
        return None
    if _is_table(value):
        return Arg(Program(), repr(rng.choice(sorted(value))), "")
    if type(value) in _COLLECTIONS and len(value) <= _MOST_ITEMS:
        items = [made for one in value if (made := _as_written(one, surface)) is not None]
        return rng.choice(sorted(items, key=lambda made: made.code)) if items else None
    if inspect.isroutine(value) or inspect.ismodule(value):
        return None
    return _as_written(value, surface) or _by_its_name(name, module, surface)


def _module_of(func: Any) -> Any:
    return sys.modules.get(getattr(func, "__module__", "") or "")


def _as_written(value: Any, surface: Surface) -> Optional[Arg]:
    text = written(value, surface, _MOST_LETTERS)
    return Arg(Program(tuple(sorted(text.imports))), text.code, "") if text is not None else None


def _by_its_name(name: str, module: Any, surface: Surface) -> Optional[Arg]:
    """A marker has no literal; it is known by where it stands."""
    first = name.split(".")[0]
    if module is None or any(part.startswith("_") for part in name.split(".")):
        return None
    value = getattr(module, first, None)
    origin = str(getattr(value, "__module__", "") or "")
    is_foreign = origin.split(".")[0] not in surface.tops and "._" not in "." + origin
    if is_foreign and getattr(sys.modules.get(origin), first, None) is value:
        return Arg(Program(("from %s import %s" % (origin, first),)), name, "")
    homes = [one.__name__ for one in surface.modules if vars(one).get(first) is value]
    if not homes:
        return None
    home = min(homes, key=lambda one: ("._" in one, one.count("."), one))
    return Arg(Program(("from %s import %s" % (home, first),)), name, "")
