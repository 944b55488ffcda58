"""Declared classes that no document shows: its pattern, with another part of the same family.

A document declares a form with a text field: one with a number field is declared the same way.
"""

from __future__ import annotations

import ast
import inspect
from functools import partial
from typing import Any, Iterator, List, NamedTuple, Optional, Tuple

from itc_tui.engines.builtin.inside.declared import DECLARED, Declared, own_bases
from itc_tui.engines.builtin.inside.programs import Program, Step, fresh
from itc_tui.engines.builtin.inside.surface import Entry, Surface

_MOST = 60
_PART = "value"
_AS_SHOWN = 0.6
_WITH_MORE = 0.2

Made = Optional[Tuple[Program, List[Tuple[str, str]]]]


class Shown(NamedTuple):
    """The arguments that a document gives to a part."""

    imports: Tuple[str, ...]
    text: str


class Pattern(NamedTuple):
    base: Any
    """The class that is derived from."""
    family: Any
    """What its parts are of."""
    shown: List[Shown]


def fellows_of(declared: Declared, surface: Surface) -> List[Entry]:
    makers = {
        id(entry.func): entry
        for entry in surface.callables
        if entry.kind == "class" and entry.prelude is None
    }
    found: List[Entry] = []
    for pattern in _patterns(declared, surface):
        whole = makers.get(id(pattern.base))
        for part in list(makers.values()):
            if whole is not None and issubclass(part.func, pattern.family) and len(found) < _MOST:
                compose = partial(_declaring, whole, part, pattern.shown)
                found.append(part._replace(compose=compose, kind=DECLARED))
    return found


def _patterns(declared: Declared, surface: Surface) -> List[Pattern]:
    found: List[Pattern] = []
    for name, programs in declared.programs.items():
        kind = declared.kinds.get(name)
        bases = own_bases(kind, surface.tops) if kind is not None else []
        for program in programs:
            for call in _calls_in_body(program) if bases else ():
                part = _named(ast.unparse(call.func), program)
                family = own_bases(part, surface.tops)[-1:] if inspect.isclass(part) else []
                if family:
                    _note(found, bases[0], family[0], _arguments_of(call, program))
    return found


def _note(found: List[Pattern], base: Any, family: Any, shown: Shown) -> None:
    for pattern in found:
        if pattern[:2] == (base, family):
            pattern.shown.append(shown)
            return
    found.append(Pattern(base, family, [shown]))


def _calls_in_body(program: Program) -> Iterator[ast.Call]:
    """What the class calls to give its attributes."""
    tree = ast.parse(program.steps[-1].code)
    for node in tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else ():
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            yield node.value


def _arguments_of(call: ast.Call, program: Program) -> Shown:
    parts = [ast.unparse(one) for one in (*call.args, *call.keywords)]
    used = {node.id for node in ast.walk(call) if isinstance(node, ast.Name)}
    imports = [line for line in program.imports if line.rpartition(" ")[2] in used]
    defined = {step.var for step in program.steps}
    # What the document defines beside it would have to be taken along.
    return Shown(tuple(imports), ", ".join(parts)) if not used & defined else Shown((), "")


def _named(name: str, program: Program) -> Any:
    space: Any = {}
    try:
        for line in program.imports:
            exec(line, space)
        return eval(name, space)
    except Exception:
        return None


def _declaring(whole: Entry, part: Entry, shown: List[Shown], arguments: Any) -> Made:
    """A class with one such part, and an instance of it."""
    inner: Any = arguments.call(part)
    if arguments.rng.random() < _AS_SHOWN:
        like = arguments.rng.choice(shown)
        inner = Program(like.imports), like.text, []
    outer: Any = arguments.call(whole) if arguments.rng.random() < _WITH_MORE else (Program(), "")
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
