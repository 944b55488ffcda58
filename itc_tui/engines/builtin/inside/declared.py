"""Classes that the target's documents define: what users write to work with it, ready to be used.

A form, a model or a schema is declared by the user; the target's own classes show little without.
"""

from __future__ import annotations

import inspect
import sys
import types
from typing import Any, Dict, Iterator, List, Mapping, Sequence, Tuple

from itc_tui.engines.builtin.inside.importing import best_imports
from itc_tui.engines.builtin.inside.programs import Program, from_json, run
from itc_tui.engines.builtin.inside.seatbelt import OutOfTime, fastened
from itc_tui.engines.builtin.inside.surface import Entry, Surface
from itc_tui.engines.builtin.inside.tracing import Tracer

WRITTEN_IN_A_TEST = "__main__"
"""The module of what a program defines itself."""
DECLARED = "declared"
"""The kind of an entry that declares a class as it goes."""
_LIMIT_S = 1.0


class Declared:
    """By name: how to come by it, and one such class to read from."""

    def __init__(self) -> None:
        self.programs: Dict[str, List[Program]] = {}
        self.kinds: Dict[str, Any] = {}

    def kind_at(self, module: str, qualname: str) -> Any:
        """The class of that name; for one that a program defines, its like."""
        if module == WRITTEN_IN_A_TEST:
            return self.kinds.get(qualname)
        found: Any = sys.modules.get(module)
        for part in qualname.split("."):
            found = getattr(found, part, None)
        return found if isinstance(found, type) else None


def declare(rows: Sequence[Mapping[str, Any]], surface: Surface, tracer: Tracer) -> Declared:
    """Run each definition once; what can be called on it joins the surface."""
    declared = Declared()
    for row in rows:
        name, program = row["name"], from_json(row["program"])
        lines = [one for line in program.imports for one in best_imports(line, surface)]
        program = program._replace(imports=tuple(dict.fromkeys(lines)))
        thing = _made(name, program)
        if thing is None:
            continue
        declared.programs.setdefault(name, []).append(program)
        if inspect.isclass(thing):
            is_first = declared.kinds.setdefault(name, thing) is thing
            surface.callables.extend(_callables_of(thing, program, surface, tracer, is_first))
    return declared


def own_bases(kind: Any, tops: Sequence[str]) -> List[Any]:
    """The target's classes that it is made from, the nearest first."""
    return [base for base in kind.__mro__ if base.__module__.split(".")[0] in tops]


def _made(name: str, program: Program) -> Any:
    space: Dict[str, Any] = {"__name__": WRITTEN_IN_A_TEST}
    try:
        with fastened(_LIMIT_S):
            outcome = run(program, space)
    except (Exception, SystemExit, OutOfTime):
        return None
    return space.get(name) if outcome.failure is None else None


def _callables_of(
    cls: Any, program: Program, surface: Surface, tracer: Tracer, is_first: bool
) -> Iterator[Entry]:
    bases = own_bases(cls, surface.tops)
    members = [row for row in _members(cls) if tracer.relative(row[1].__code__.co_filename)]
    held = _held_by_the_target(cls, surface.tops)
    home = bases[0] if bases else None
    if home is None and not (members or held):
        return  # nothing of the target's is reached by it
    ident = _place(home or (members[0][1] if members else type(held[0][2])))
    if home is None:
        module, _, qualname = ident.partition(":")
        ident = "%s:%s" % (module, qualname.split(".")[0])
    name = cls.__name__
    if inspect.isabstract(cls):
        return
    init = getattr(cls if home is None else home, "__init__", None)
    code = getattr(init, "__code__", None)
    imports = ""
    yield Entry(
        ident, "class", name + "(...)", imports, code, cls, None, False, 1.0, prelude=program
    )
    if not is_first:
        return
    for attr, plain, raw in held:
        place = "%s.%s" % (_place(type(raw)), attr)
        code = getattr(type(raw).__get__, "__code__", None)
        yield Entry(place, "method", "{0}.%s(...)" % attr, "", code, plain, cls, False, 1.0)
    inherited = {id(vars(base).get(attr)) for base in bases for attr in vars(base)}
    for attr, plain, raw in members:
        place = _place(plain)
        if isinstance(raw, (classmethod, staticmethod)):
            template = "%s.%s(...)" % (name, attr)
            bound = getattr(cls, attr)
            code = plain.__code__
            yield Entry(
                place, "static", template, "", code, bound, None, False, 1.0, prelude=program
            )
        elif id(raw) not in inherited:
            yield Entry(
                place, "method", "{0}.%s(...)" % attr, "", plain.__code__, raw, cls, False, 1.0
            )


def _members(cls: Any) -> List[Tuple[str, Any, Any]]:
    """Public functions that can be called on it: name, the plain function, and as it is stored."""
    found = []
    for attr in dir(cls):
        if attr.startswith("_"):
            continue
        raw = inspect.getattr_static(cls, attr, None)
        inner = getattr(raw, "__func__", raw)
        plain = inspect.unwrap(inner) if callable(inner) else None
        if isinstance(plain, types.FunctionType):
            found.append((attr, plain, raw))
    return found


def _held_by_the_target(cls: Any, tops: Sequence[str]) -> List[Tuple[str, Any, Any]]:
    """Methods that a decorator of the target made objects of its own of: name, function, object."""
    found = []
    for attr, raw in list(vars(cls).items()):
        is_own = type(raw).__module__.split(".")[0] in tops and hasattr(type(raw), "__get__")
        if attr.startswith("_") or not is_own:
            continue
        inner = [getattr(raw, "__wrapped__", None), *getattr(raw, "__dict__", {}).values()]
        plain = next((one for one in inner if isinstance(one, types.FunctionType)), None)
        if plain is not None:
            found.append((attr, plain, raw))
    return found


def _place(thing: Any) -> str:
    return "%s:%s" % (thing.__module__, thing.__qualname__)
