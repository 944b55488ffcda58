"""What one object was asked, its kin are asked: a base class promises for every heir."""

from __future__ import annotations

import ast
from typing import Dict, Iterator, List, NamedTuple, Optional, Tuple

from itc_tui.engines.builtin.inside.programs import Program, Step, fresh
from itc_tui.engines.builtin.inside.promises.verdicts import shortened

_MOST_WORDS = 8
_MOST_KIN = 60
_FEWEST_LETTERS, _LATE = 4, 1000
"""Nothing, or what is empty, is said last."""


class Question(NamedTuple):
    program: Program
    step: int


class _Object(NamedTuple):
    program: Program
    name: str


class Kin:
    """Of one method: objects that were asked, and with what words."""

    def __init__(self) -> None:
        self._objects: Dict[str, _Object] = {}
        self._words: Dict[str, Tuple[bool, int, str]] = {}
        self._asked: List[Tuple[str, str]] = []

    def take(self, program: Program, at: int, is_shown: bool) -> None:
        """A call with plain values, of an object that the program made."""
        called = _method_call(program.steps[at])
        made = _step_of(program, called[0], at) if called else None
        if called is None or made is None:
            return
        short, name = shortened(program, made)
        kind = _maker(program.steps[made])
        if not name or not kind:
            return
        words = called[2]
        rank = (not is_shown, len(words) if len(words) >= _FEWEST_LETTERS else _LATE, words)
        self._asked.append((kind, words))
        self._words[words] = min(self._words.get(words, rank), rank)
        have = self._objects.get(kind)
        if have is None or _size(short) < _size(have.program):
            self._objects[kind] = _Object(short, name)

    def questions(self, method: str) -> Iterator[Question]:
        """Each object with the words of the others, the plainest words first."""
        words = [rank[2] for rank in sorted(self._words.values())][:_MOST_WORDS]
        for said in words:
            for kind, (program, name) in list(self._objects.items())[:_MOST_KIN]:
                if (kind, said) not in self._asked:
                    step = Step(fresh("answer"), "%s.%s(%s)" % (name, method, said))
                    longer = program.then(step)
                    yield Question(longer, len(longer.steps) - 1)


def _method_call(step: Step) -> Optional[Tuple[str, str, str]]:
    """Object, method and arguments, where these are written out."""
    try:
        node = ast.parse(step.code.strip(), mode="eval").body
    except SyntaxError:
        return None
    if step.kind != "do" or not isinstance(node, ast.Call) or node.keywords:
        return None
    func = node.func
    if not isinstance(func, ast.Attribute) or not isinstance(func.value, ast.Name):
        return None
    if not all(_is_written_out(one) for one in node.args):
        return None
    return func.value.id, func.attr, ", ".join(map(ast.unparse, node.args))


def _is_written_out(node: ast.expr) -> bool:
    try:
        ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False
    return True


def _step_of(program: Program, name: str, before: int) -> Optional[int]:
    places = [at for at, step in enumerate(program.steps[:before]) if step.var == name]
    return places[0] if len(places) == 1 else None


def _maker(step: Step) -> str:
    """`Cart`, of `Cart('tea')`."""
    try:
        node = ast.parse(step.code.strip(), mode="eval").body
    except SyntaxError:
        return ""
    is_call = step.kind == "do" and isinstance(node, ast.Call)
    return ast.unparse(node.func) if is_call and isinstance(node, ast.Call) else ""


def _size(program: Program) -> int:
    return sum(len(step.text) for step in program.steps)
