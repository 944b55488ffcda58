"""What one object was asked, its kin are asked: a base class promises for every heir."""

from __future__ import annotations

import ast
import re
from typing import Dict, Iterator, NamedTuple, Optional, Set, Tuple

from itc_tui.engines.builtin.inside.programs import Program, Step, fresh
from itc_tui.engines.builtin.inside.promises.verdicts import shortened

_MOST_WORDS = 8
_MOST_KIN = 60
_FEWEST_LETTERS = 4
_ODD = re.compile(r"[^\w\s,.'\"()\[\]-]")
_Rank = Tuple[bool, bool, int, int]


class Question(NamedTuple):
    program: Program
    step: int


class Made(NamedTuple):
    program: Program
    name: str


Family = Dict[str, Made]
"""Objects of a class and its heirs, by what makes them."""


class Kin:
    """Of one method: objects that may be asked, and with what words."""

    def __init__(self, family: Family) -> None:
        self._objects = family
        self._words: Dict[str, _Rank] = {}
        self._asked: Set[Tuple[str, str]] = set()

    def take(self, program: Program, at: int, is_shown: bool) -> None:
        """A call with values that are written out; of an object that the program made, it is one
        that may be asked more."""
        called = _method_call(program.steps[at])
        if called is None:
            return
        name, words = called
        self._words[words] = min(
            self._words.get(words, _rank(words, is_shown)), _rank(words, is_shown)
        )
        made = _step_of(program, name, at)
        kind = _maker(program.steps[made]) if made is not None else ""
        if made is None or not kind:
            return
        self._asked.add((kind, words))
        short, name = shortened(program, made)
        have = self._objects.get(kind)
        if name and (have is None or _size(short) < _size(have.program)):
            self._objects[kind] = Made(short, name)

    def questions(self, method: str) -> Iterator[Question]:
        """Each object with the words of the others, the plainest words first."""
        words = sorted(self._words, key=self._words.__getitem__)[:_MOST_WORDS]
        for said in words:
            for kind, (program, name) in list(self._objects.items())[:_MOST_KIN]:
                if (kind, said) not in self._asked:
                    step = Step(fresh("answer"), "%s.%s(%s)" % (name, method, said))
                    longer = program.then(step)
                    yield Question(longer, len(longer.steps) - 1)


def _rank(words: str, is_shown: bool) -> _Rank:
    """What documents say comes first, nothing at all last."""
    return not is_shown, len(words) < _FEWEST_LETTERS, len(_ODD.findall(words)), len(words)


def _method_call(step: Step) -> Optional[Tuple[str, str]]:
    """Object, and arguments, where these are written out; empty for an object without a name."""
    try:
        node = ast.parse(step.code.strip(), mode="eval").body
    except SyntaxError:
        return None
    if step.kind != "do" or not isinstance(node, ast.Call) or node.keywords:
        return None
    func = node.func
    if not isinstance(func, ast.Attribute):
        return None
    if not all(_is_written_out(one) for one in node.args):
        return None
    owner = func.value.id if isinstance(func.value, ast.Name) else ""
    return owner, ", ".join(map(ast.unparse, node.args))


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
