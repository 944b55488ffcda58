"""Documented refusals: looking up what is not there raises what the docstring says."""

from __future__ import annotations

import builtins
import inspect
import re
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Tuple

from itc_tui.engines.builtin.inside.programs import Program, Step, fresh
from itc_tui.engines.builtin.inside.promises.asking import Asking, place_of
from itc_tui.engines.builtin.inside.promises.verdicts import Verdict, shortened
from itc_tui.engines.builtin.inside.surface import Surface

_SECTION = re.compile(r"(?ms)^[ \t]*Raises:?[ \t]*\n(?:[ \t]*-+[ \t]*\n)?(.*?)(?:\n[ \t]*\n|\Z)")
_GOOGLE = re.compile(r"(?m)^[ \t]*([A-Z]\w*(?:\.\w+)*)[ \t]*:[ \t]*(.+)$")
_SPHINX = re.compile(r"(?m)^[ \t]*:raises?[ \t]+([\w.]+)[ \t]*:[ \t]*(.+)$")
_MISSING = re.compile(
    r"(?i)^(?:if |when )?(?:there is )?no (?:such )?\w+(?: \w+)? (?:has|with|of) (?:this|the)\b"
    r"|^(?:if |when )?there is no such\b|\bdoes not exist\b|\bis not found\b|\bnot found\.?$"
)
_LEAKS = (KeyError, IndexError, AttributeError, TypeError)
_ABSENT = {str: "'no such thing'", int: "987654"}


class Lookup(NamedTuple):
    ident: str
    wanted: str
    wanted_from: str
    """Module and name by which a test imports it: `shop.errors:UnknownOrder`."""
    told: str
    place: str
    program: Program
    func: Any


def documented(func: Any) -> Dict[str, str]:
    """Exception's name → when it is raised, by the docstring."""
    doc = inspect.getdoc(func) or ""
    found = {name.rpartition(".")[2]: text for name, text in _SPHINX.findall(doc)}
    section = _SECTION.search(doc)
    if section:
        for name, text in _GOOGLE.findall(section[1]):
            found.setdefault(name.rpartition(".")[2], text)
    return found


class Refusals:
    def __init__(self, surface: Surface, asking: Asking, relative: Any) -> None:
        self._surface, self._asking, self._relative = surface, asking, relative
        self._wanted = [
            target
            for target in surface.callables
            if target.kind == "method" and not target.is_async and self._condition(target.func)
        ]
        self._keepers: Dict[Any, Tuple[Program, str]] = {}

    def _condition(self, func: Any) -> Optional[Tuple[str, str]]:
        rows = [(n, t) for n, t in documented(func).items() if _MISSING.search(t.strip())]
        return rows[0] if len(rows) == 1 else None

    def see(self, program: Program, space: Dict[str, Any]) -> None:
        owners = {target.owner for target in self._wanted}
        for at, step in enumerate(program.steps):
            held = space.get(step.var) if step.var and step.kind in ("do", "with") else None
            if held is not None and type(held) in owners:
                short, name = shortened(program, at)
                have = self._keepers.get(type(held))
                if name and (have is None or len(short.steps) < len(have[0].steps)):
                    self._keepers[type(held)] = (short, name)

    def lookups(self) -> Iterator[Lookup]:
        for target in self._wanted:
            keeper = self._keepers.get(target.owner)
            condition = self._condition(target.func)
            keys = self._keys(target.func)
            place = place_of(target.func, self._relative)
            if keeper is None or condition is None or keys is None or place is None:
                continue
            source = self._source(target.func, condition[0])
            if source is None:
                continue
            name = target.ident.rpartition(".")[2]
            call = "%s.%s(%s)" % (keeper[1], name, ", ".join(keys))
            program = keeper[0].then(Step(fresh("refused"), call, "raises"))
            yield Lookup(
                target.ident, condition[0], source, condition[1], place, program, target.func
            )

    def _source(self, func: Any, name: str) -> Optional[str]:
        kind = getattr(builtins, name, None) or inspect.unwrap(func).__globals__.get(name)
        if not inspect.isclass(kind):
            return None
        return "%s:%s" % (self._surface.path_of(kind) or (kind.__module__, kind.__qualname__))

    def _keys(self, func: Any) -> Optional[List[str]]:
        hints = self._asking.hints(func)
        rows = list(inspect.signature(func).parameters.values())[1:]
        needed = [row for row in rows if row.default is inspect.Parameter.empty]
        if len(needed) != 1 or hints.get(needed[0].name) not in _ABSENT:
            return None
        return [_ABSENT[hints[needed[0].name]]]


def verdict_of(lookup: Lookup, error: Optional[BaseException]) -> Optional[Verdict]:
    if error is None:
        return None
    names = [kind.__name__ for kind in type(error).__mro__]
    holds = lookup.wanted in names
    if not holds and not isinstance(error, _LEAKS):
        return None
    if not holds and any(name in documented(lookup.func) for name in names):
        return None
    return Verdict(
        kind="documented exception",
        name="%s refuses what is not there with %s"
        % (lookup.ident.partition(":")[2], lookup.wanted),
        text="%s: %s" % (lookup.wanted, lookup.told),
        place=lookup.place,
        holds=holds,
        is_red=not holds,
        focus=lookup.ident,
        program=lookup.program,
        held="" if holds else "%s: %s" % (type(error).__name__, str(error)[:80]),
        raises=lookup.wanted_from,
    )
