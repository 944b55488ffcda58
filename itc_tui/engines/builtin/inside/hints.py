"""What a function's own text says about its parameters: how they are used, and with what."""

from __future__ import annotations

import ast
import contextlib
import functools
import inspect
import textwrap
from typing import Any, Dict, Iterator, List, Set

from itc_tui.engines.builtin.inside.parsing import parsed_source

_NUMBER_OPS = (ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Pow, ast.LShift, ast.RShift)


class Hint:
    """What is known of one parameter."""

    def __init__(self) -> None:
        self.attributes: Set[str] = set()
        self.may_have: Set[str] = set()
        """Attributes that it is asked for by name: `hasattr(form, "getlist")`."""
        self.calls: Dict[str, int] = {}
        """Of the attributes, those that are called, with how many arguments."""
        self.literals: List[str] = []
        """Python text of constants that it is compared with."""
        self.names: List[str] = []
        """Names, dotted or not, of what it is compared with, or looked up in."""
        self.keys: List[str] = []
        self.checked_types: List[str] = []
        """Names used in isinstance."""
        self.is_called = False
        self.is_iterated = False
        self.is_number = False
        self.is_indexed = False
        self.passed_to: List[str] = []
        """Names of functions it is handed to as it is."""


def hints_of(func: Any) -> Dict[str, Hint]:
    """Parameter → hint; empty where there is no text to read."""
    try:
        return _hints_of(func)
    except TypeError:  # a callable object that cannot be hashed
        return _hints_of.__wrapped__(func)


@functools.lru_cache(maxsize=None)
def _hints_of(func: Any) -> Dict[str, Hint]:
    """Read once: a hundred classes may inherit one method."""
    if inspect.isclass(func):  # where a class stands, inspect would look for in the whole file
        func = func.__init__
    try:
        tree = parsed_source(textwrap.dedent(inspect.getsource(inspect.unwrap(func))))
    except Exception:  # whatever a stranger's object raises when it is looked at
        return {}
    node = tree.body[0] if tree.body else None
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return {}
    arguments = node.args
    every = [*getattr(arguments, "posonlyargs", []), *arguments.args, *arguments.kwonlyargs]
    every += [arg for arg in (arguments.vararg, arguments.kwarg) if arg]
    reader = _Reader({arg.arg: Hint() for arg in every})
    for statement in node.body:
        with contextlib.suppress(RecursionError):  # of a thousand branches, the first ones do
            reader.visit(statement)
    return reader.hints


class _Reader(ast.NodeVisitor):
    def __init__(self, hints: Dict[str, Hint]) -> None:
        self.hints = hints

    def _hint(self, node: ast.AST) -> Any:
        return self.hints.get(node.id) if isinstance(node, ast.Name) else None

    def visit_Attribute(self, node: ast.Attribute) -> None:
        hint = self._hint(node.value)
        if hint:
            hint.attributes.add(node.attr)
        self.generic_visit(node)

    def _note_key(self, node: ast.Call) -> None:
        """`options.get("x")` and its like name a key."""
        func = node.func
        if isinstance(func, ast.Attribute) and func.attr in ("get", "pop", "setdefault"):
            hint = self._hint(func.value)
            first = node.args[0] if node.args else None
            if hint and isinstance(first, ast.Constant) and isinstance(first.value, str):
                hint.keys.append(first.value)

    def visit_Compare(self, node: ast.Compare) -> None:
        sides = [node.left, *node.comparators]
        for side, op in zip(sides, [None, *node.ops]):
            hint = self._hint(side)
            if not hint:
                continue
            if isinstance(op, (ast.In, ast.NotIn)):
                hint.is_iterated = True
            hint.names += [name for other in sides for name in self._named_in(other)]
            for other in sides:
                for constant in ast.walk(other):
                    if isinstance(constant, ast.Constant) and constant.value is not None:
                        hint.literals.append(repr(constant.value))
                        if isinstance(constant.value, (int, float)) and not isinstance(
                            constant.value, bool
                        ):
                            hint.is_number = True
        self.generic_visit(node)

    def _named_in(self, side: ast.AST) -> Iterator[str]:
        """What stands there by itself: `OPEN`, `State.OPEN`, each of `(CLIENT, SERVER)`."""
        if isinstance(side, (ast.Tuple, ast.List, ast.Set)):
            for item in side.elts:
                yield from self._named_in(item)
        elif isinstance(side, (ast.Name, ast.Attribute)):
            name = ast.unparse(side)
            if name.replace(".", "").isidentifier() and name.split(".")[0] not in self.hints:
                yield name

    def visit_Call(self, node: ast.Call) -> None:
        self._note_key(node)
        hint = self._hint(node.func)
        if hint:
            hint.is_called = True
        owner = self._hint(node.func.value) if isinstance(node.func, ast.Attribute) else None
        if owner and isinstance(node.func, ast.Attribute):
            owner.calls[node.func.attr] = len(node.args)
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        name = name or (node.func.attr if isinstance(node.func, ast.Attribute) else "")
        for position, argument in enumerate(node.args):
            hint = self._hint(argument)
            if not hint:
                continue
            if name == "isinstance" and position == 0 and len(node.args) > 1:
                for kind in ast.walk(node.args[1]):
                    if isinstance(kind, ast.Name):
                        hint.checked_types.append(kind.id)
                    elif isinstance(kind, ast.Attribute):
                        hint.checked_types.append(kind.attr)
            elif name in ("hasattr", "getattr") and position == 0 and len(node.args) > 1:
                asked = node.args[1]
                if isinstance(asked, ast.Constant) and str(asked.value).isidentifier():
                    hint.may_have.add(str(asked.value))
            else:
                hint.passed_to.append("%s/%d" % (name, position))
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        for side in (node.left, node.right):
            hint = self._hint(side)
            if hint and isinstance(node.op, _NUMBER_OPS):
                hint.is_number = True
        self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        asked = self._hint(node.slice)
        if asked:
            asked.names.extend(self._named_in(node.value))
        hint = self._hint(node.value)
        if hint:
            hint.is_indexed = True
            index: Any = node.slice
            index = getattr(index, "value", index) if type(index).__name__ == "Index" else index
            if isinstance(index, ast.Constant) and isinstance(index.value, str):
                hint.keys.append(index.value)
        self.generic_visit(node)

    def visit_For(self, node: ast.For) -> None:
        hint = self._hint(node.iter)
        if hint:
            hint.is_iterated = True
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        hint = self._hint(node.iter)
        if hint:
            hint.is_iterated = True
        self.generic_visit(node)
