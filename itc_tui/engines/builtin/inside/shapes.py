"""Small readings of callables and calls that the search needs."""

from __future__ import annotations

import ast
import dis
import functools
import os
import re
from typing import Any, Dict, FrozenSet, List, Set, Tuple

from itc_tui.engines.builtin.inside.declared import WRITTEN_IN_A_TEST, own_bases
from itc_tui.engines.builtin.inside.inverse import plain, undoings
from itc_tui.engines.builtin.inside.literals import holds_today
from itc_tui.engines.builtin.inside.programs import Step, fresh
from itc_tui.engines.builtin.inside.surface import Entry
from itc_tui.engines.builtin.inside.tracing import Tracer
from itc_tui.engines.builtin.inside.trials import Trial

_MOST_HELD = 8
_SHORT = 24
"""Letters of a value that stands where it is used, and not where it came from."""


def pairs_of(callables: List[Entry]) -> Dict[str, List[Entry]]:
    """What may undo each callable, by name."""
    named: Dict[str, List[Entry]] = {}
    for target in callables:
        if target.kind in ("function", "static", "method"):
            named.setdefault(plain(short_name(target)), []).append(target)
    partners = {
        name: [other for undoing in sorted(undoings(name)) for other in named.get(undoing, ())]
        for name in {short_name(target) for target in callables}
    }
    return {
        target.ident: partners[short_name(target)]
        for target in callables
        if partners[short_name(target)]
    }


def short_name(target: Entry) -> str:
    return target.ident.rpartition(".")[2].rpartition(":")[2]


def called_in(code: str) -> str:
    """Last name of what an expression calls at its outermost; empty when it calls nothing."""
    try:
        node = ast.parse(code.strip(), mode="eval").body
    except SyntaxError:
        return ""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
        inner = node.args[0]
        if node.func.id in ("str", "list", "len", "repr") and isinstance(inner, ast.Call):
            node = inner
    func = node.func if isinstance(node, ast.Call) else None
    return getattr(func, "attr", getattr(func, "id", ""))


def made_by(trial: Trial, tops: Set[str]) -> List[List[str]]:
    """Names and types of what the program left, for later calls to use.

    A short value of Python's own comes as its literal: what matters of it is to be read there, and
    not the calls that happened to give it.
    """
    rows: List[List[str]] = []
    last = trial.program.steps[-1].var
    for step in trial.program.steps:
        value = trial.outcome.space.get(step.var) if step.var else None
        kind = type(value)
        is_own = _is_own(kind, tops)
        if value is None or kind is bool or "<locals>" in kind.__qualname__ or step.kind == "raw":
            continue
        if step.var != last and not is_own:
            continue
        literal = _short_literal(value)
        rows.extend([literal or step.var, *place, literal] for place in _places(kind, tops))
        rows.extend(_held_by(step.var, value, tops))
    items = trial.outcome.space.get(last) if last else None
    if isinstance(items, (list, tuple)) and items:
        kind = type(items[0])
        if _is_own(kind, tops):
            rows.extend([last + "[0]", *place, ""] for place in _places(kind, tops))
    return rows


def _held_by(name: str, value: Any, tops: Set[str]) -> List[List[str]]:
    """Objects of the target's that are public attributes of one: a form's fields, a tree's root."""
    rows: List[List[str]] = []
    if not _is_own(type(value), tops):
        return rows
    for attr, item in list(getattr(value, "__dict__", {}).items()):
        is_public = isinstance(attr, str) and attr.isidentifier() and not attr.startswith("_")
        if is_public and _is_own(type(item), tops) and len(rows) < _MOST_HELD:
            held = "%s.%s" % (name, attr)
            rows.extend([held, *place, ""] for place in _places(type(item), tops))
    return rows


def _is_own(kind: Any, tops: Set[str]) -> bool:
    """A class of the target's that can be named, or one that a program makes from it."""
    if "<" in kind.__qualname__:
        return False
    return kind.__module__ == WRITTEN_IN_A_TEST or kind.__module__.split(".")[0] in tops


def _places(kind: Any, tops: Set[str]) -> List[List[str]]:
    """Module and name of the class; of what a program defines, of the class it is made from too."""
    places = [[kind.__module__, kind.__qualname__]]
    if kind.__module__ == WRITTEN_IN_A_TEST:
        places += [[base.__module__, base.__qualname__] for base in own_bases(kind, list(tops))[:1]]
    return places


def _short_literal(value: Any) -> str:
    if type(value) not in (str, bytes, int, float, list, tuple, dict):
        return ""
    text = repr(value) if not hasattr(value, "__len__") or len(value) <= _SHORT else ""
    if not text or len(text) > _SHORT or holds_today(text):
        return ""
    try:
        return text if ast.literal_eval(text) == value else ""
    except (ValueError, SyntaxError, TypeError, MemoryError):
        return ""


def lines_of(target: Entry, tracer: Tracer) -> Set[Tuple[str, int]]:
    if target.code is None:
        return set()
    file = tracer.relative(os.path.realpath(target.code.co_filename))
    if file is None:
        return set()
    return {(file, line) for line in _numbers_of(target.code)}


@functools.lru_cache(maxsize=None)
def _numbers_of(code: Any) -> FrozenSet[int]:
    """Lines of the code and of all that is written inside it, without the first."""
    numbers: Set[int] = set()
    codes = [code]
    while codes:
        one = codes.pop()
        numbers.update(line for _, line in dis.findlinestarts(one) if line)
        codes.extend(const for const in one.co_consts if hasattr(const, "co_code"))
    return frozenset(numbers - {code.co_firstlineno})


def arguments_in(text: str) -> List[str]:
    """The arguments of a call, as texts."""
    try:
        call = ast.parse("f(%s)" % text, mode="eval").body
    except SyntaxError:
        return [text]
    parts = []
    for node in getattr(call, "args", []):
        part = ast.get_source_segment("f(%s)" % text, node) or ""
        parts.append(part if isinstance(node, (ast.Name, ast.Constant)) else "(%s)" % part)
    return parts


def stem_of(target: Entry) -> str:
    name = target.ident.rpartition(".")[2].rpartition(":")[2]
    return "made_" + name.lower() if target.kind == "class" else "got_" + name.strip("_").lower()


def with_step(steps: Tuple[Step, ...], index: int, code: str) -> Tuple[Step, ...]:
    """The steps with one changed; what depends on it gets new names, as it is another value."""
    names: Dict[str, str] = {}
    result = []
    for place, step in enumerate(steps):
        text = code if place == index else step.code
        text = re.sub(r"\bv_\w+_\d+\b", lambda m: names.get(m.group(), m.group()), text)
        # A definition says its own name; it does not depend on what comes before it.
        if place >= index and step.var.startswith("v_") and step.kind != "raw":
            names[step.var] = fresh(re.sub(r"^v_|_\d+$", "", step.var))
        result.append(step._replace(var=names.get(step.var, step.var), code=text))
    return tuple(result)
