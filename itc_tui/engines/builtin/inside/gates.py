"""Gates: places in the target's code where a certain word leads on, and what lies behind them.

A comparison with a constant, a name put together out of a word (`getattr(self, f"visit_{kind}")`),
a table that is asked for a word. Whoever stands before a gate needs but the word to go through.
"""

from __future__ import annotations

import ast
import dis
import itertools
import os
import types
from typing import (
    Any,
    Callable,
    Collection,
    Dict,
    FrozenSet,
    Iterator,
    List,
    NamedTuple,
    Optional,
    Set,
    Tuple,
)

from itc_tui.engines.builtin.inside.decisions import decisions_in
from itc_tui.engines.builtin.inside.modules import held_in
from itc_tui.engines.builtin.inside.name_forms import forms_in, words_of
from itc_tui.engines.builtin.inside.parsing import parsed_source
from itc_tui.engines.builtin.inside.spellings import spellings_in
from itc_tui.engines.builtin.inside.written_tables import rows_in

Line = Tuple[str, int]
Relative = Callable[[str], Optional[str]]

_MOST = 1500
_MOST_IN_TABLE = 200
_LONGEST = 60
_COLLECTIONS = (list, tuple, set, frozenset)
_MAPS = (dict, types.MappingProxyType)


class Gate(NamedTuple):
    word: Any
    """A text or a number."""
    at: FrozenSet[Line]
    """Where it is asked for."""
    beyond: FrozenSet[Line]
    """Where it leads; empty where that is not known."""

    def is_passed(self, lines: Collection[Line]) -> bool:
        """Somebody went through."""
        return any(line in lines for line in self.beyond)


class _Source(NamedTuple):
    module: types.ModuleType
    file: str
    tree: ast.Module


def gates_of(modules: List[types.ModuleType], relative: Relative) -> List[Gate]:
    sources = list(_sources(modules, relative))
    starts, asked = _starts(sources), _asked(sources)
    spellings = spellings_in([source.tree for source in sources])
    found: Dict[Gate, None] = {}
    for source in sources:
        for gate in _gates_in(source, asked, starts, relative):
            found.setdefault(gate)
            for mark in spellings.get(gate.word, ()) if gate.beyond else ():
                found.setdefault(gate._replace(word=mark))
    return list(found)[:_MOST]


def _gates_in(
    source: _Source,
    asked: Dict[str, Set[Line]],
    starts: Dict[str, Set[Line]],
    relative: Relative,
) -> Iterator[Gate]:
    file = source.file
    for decision in decisions_in(source.tree):
        beyond = frozenset([(file, decision.leads_to)] if decision.leads_to else [])
        yield Gate(decision.word, frozenset([(file, decision.line)]), beyond)
    taken: Set[str] = set()
    for form in forms_in(source.tree):
        at = frozenset((file, line) for line in form.lines)
        words = words_of(form, [name for name in starts if name not in taken])
        taken |= words.keys()
        for name, spellings in words.items():
            # A class and its heir may each have one of that name.
            for word, start in itertools.product(spellings, sorted(starts[name])):
                yield Gate(word, at, frozenset([start]))
    for row in rows_in(source.tree, starts):
        for start in sorted(starts[row.leads_to]):
            yield Gate(row.word, frozenset([(file, row.line)]), frozenset([start]))
    for name, words_of_table in _tables(source.module):
        at = frozenset(asked.get(name, ()))
        for word, values in words_of_table.items():
            if at:
                yield Gate(word, at, frozenset(_behind(values, relative)))


def _sources(modules: List[types.ModuleType], relative: Relative) -> Iterator[_Source]:
    for module in modules:
        path = getattr(module, "__file__", None) or ""
        file = relative(os.path.realpath(path)) if path.endswith(".py") else None
        if file is None:
            continue
        try:
            with open(path, "rb") as stream:
                yield _Source(module, file, parsed_source(stream.read()))
        except (OSError, SyntaxError, ValueError, RecursionError):
            continue


def _starts(sources: List[_Source]) -> Dict[str, Set[Line]]:
    """Name of a function or class → where its first statement stands."""
    found: Dict[str, Set[Line]] = {}
    for source in sources:
        for node in ast.walk(source.tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                found.setdefault(node.name, set()).add((source.file, first_line(node)))
    return found


def first_line(node: Any) -> int:
    first, *rest = node.body
    is_text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return int((rest[0] if is_text and rest else first).lineno)


def _tables(module: types.ModuleType) -> Iterator[Tuple[str, Dict[str, Any]]]:
    """Names of maps and collections of texts, in the module and in its classes."""
    spaces = [held_in(module)]
    for value in held_in(module).values():
        if isinstance(value, type) and value.__module__ == module.__name__:
            spaces.append(dict(vars(value)))
    for space in spaces:
        for name, value in list(space.items()):
            words = _words_in(value) if not name.startswith("__") else {}
            if len(words) > 1:
                yield name, words


def _words_in(value: Any) -> Dict[str, Any]:
    kind = type(value)  # `isinstance` asks the value itself, which may be a stranger's stand-in
    if kind not in _COLLECTIONS + _MAPS or len(value) > _MOST_IN_TABLE:
        return {}
    if not all(type(word) is str for word in value):
        return {}
    table = value if kind in _MAPS else dict.fromkeys(sorted(value))
    return {word: behind for word, behind in table.items() if _is_telling(word)}


def _is_telling(word: str) -> bool:
    """Letters one by one are no words."""
    return 0 < len(word) <= _LONGEST and not (len(word) == 1 and word.isalnum())


def _asked(sources: List[_Source]) -> Dict[str, Set[Line]]:
    """Name → where functions read it."""
    found: Dict[str, Set[Line]] = {}
    for source in sources:
        for function in ast.walk(source.tree):
            if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
                continue
            for node in ast.walk(function):
                name = getattr(node, "attr", getattr(node, "id", None))
                if name and isinstance(getattr(node, "ctx", None), ast.Load):
                    found.setdefault(name, set()).add((source.file, getattr(node, "lineno", 0)))
    return found


def _behind(value: Any, relative: Relative, depth: int = 0) -> Iterator[Line]:
    """First lines of the functions that a table gives for a word."""
    if type(value) in (list, tuple, dict) and depth < 2:
        for inner in list(value.values() if type(value) is dict else value)[:8]:
            yield from _behind(inner, relative, depth + 1)
    try:
        maker = value.__dict__.get("__init__") if isinstance(value, type) else value
        code = getattr(getattr(maker, "__func__", maker), "__code__", None)
    except Exception:  # what a stranger's object does when it is asked is not ours to know
        return
    if isinstance(code, types.CodeType):
        file = relative(os.path.realpath(code.co_filename))
        lines = [
            line for _, line in dis.findlinestarts(code) if line and line > code.co_firstlineno
        ]
        if file is not None and lines:
            yield file, min(lines)
