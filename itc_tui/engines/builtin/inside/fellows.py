"""Declared classes that no document shows: its pattern, with another part of the same family.

A document declares a form with a text field: one with a number field is declared the same way.
"""

from __future__ import annotations

import ast
import inspect
from functools import partial
from typing import Any, Iterator, List, Optional, Tuple

from itc_tui.engines.builtin.inside.declared import DECLARED, Declared, own_bases
from itc_tui.engines.builtin.inside.programs import Program, Step, fresh
from itc_tui.engines.builtin.inside.surface import Entry, Surface

_MOST = 60
_PART = "value"

Pattern = Tuple[Any, Any]
"""The class that is derived from, and the family that its parts are of."""


def fellows_of(declared: Declared, surface: Surface) -> List[Entry]:
    makers = {
        id(entry.func): entry
        for entry in surface.callables
        if entry.kind == "class" and entry.prelude is None
    }
    found: List[Entry] = []
    for base, family in _patterns(declared, surface):
        whole = makers.get(id(base))
        for part in list(makers.values()):
            if whole is not None and issubclass(part.func, family) and len(found) < _MOST:
                compose = partial(_declaring, whole, part)
                found.append(part._replace(compose=compose, kind=DECLARED))
    return found


def _patterns(declared: Declared, surface: Surface) -> List[Pattern]:
    found: List[Pattern] = []
    for name, programs in declared.programs.items():
        kind = declared.kinds.get(name)
        bases = own_bases(kind, surface.tops) if kind is not None else []
        for program in programs:
            for called in _called_in_body(program) if bases else ():
                part = _named(called, program)
                family = own_bases(part, surface.tops)[-1:] if inspect.isclass(part) else []
                pattern = (bases[0], family[0]) if family else None
                if pattern is not None and pattern not in found:
                    found.append(pattern)
    return found


def _called_in_body(program: Program) -> Iterator[str]:
    """What the class calls to give its attributes."""
    tree = ast.parse(program.steps[-1].code)
    for node in tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else ():
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            yield ast.unparse(node.value.func)


def _named(name: str, program: Program) -> Any:
    space: Any = {}
    try:
        for line in program.imports:
            exec(line, space)
        return eval(name, space)
    except Exception:
        return None


def _declaring(
    whole: Entry, part: Entry, arguments: Any
) -> Optional[Tuple[Program, List[Tuple[str, str]]]]:
    """A class with one such part, and an instance of it."""
    inner, outer = arguments.call(part), arguments.call(whole)
    if inner is None or outer is None:
        return None
    program, text, used = inner
    name = part.func.__name__ + whole.func.__name__
    code = "class %s(%s):\n    %s = %s" % (
        name,
        whole.template.partition("(")[0],
        _PART,
        part.template.replace("...", text),
    )
    defined = program.then(Step(name, code, "raw"), (whole.imports, part.imports))
    both = defined.beside(outer[0])
    if both is None:
        return None
    step = Step(fresh("made_" + name.lower()), "%s(%s)" % (name, outer[1]))
    return both.then(step), used
