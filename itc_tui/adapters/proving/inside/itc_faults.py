"""Small faults put into a module's source, one at a time, on lines that a test executed.

Lives in somebody else's interpreter, whose syntax the source has: standard library only,
Python 3.9 and up.
"""

from __future__ import annotations

import ast
from typing import Any, Iterator, NamedTuple

AnyFunction = (ast.FunctionDef, ast.AsyncFunctionDef)


class Fault(NamedTuple):
    kind: str
    line: int
    what: str
    text: str
    """The whole module with the fault in it."""
    rank: int
    """The finest first: a crash is caught by nearly any test, and proves least."""


SHIFT = "__itc_shift__"
"""A builtin of the forked children: a value of the same kind that is not the same."""

AN_ERROR = "error"
"""The kind of a fault that raises."""

SWAPS: dict[type[ast.AST], tuple[Any, ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Mod: (ast.Add,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
}


class _Source:
    """Text with places given as ast gives them: lines from 1, columns in UTF-8 bytes."""

    def __init__(self, text: str) -> None:
        self.raw = text.encode("utf-8")
        self.starts = [0]
        for line in self.raw.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    def piece(self, node: ast.AST) -> str:
        start, end = self._place(node)
        return self.raw[start:end].decode("utf-8")

    def _place(self, node: ast.AST) -> tuple[int, int]:
        start = self.starts[node.lineno - 1] + node.col_offset  # type: ignore[attr-defined]
        end = self.starts[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined]
        return start, end

    def replaced(self, node: ast.AST, new: str) -> str:
        start, end = self._place(node)
        return (self.raw[:start] + new.encode("utf-8") + self.raw[end:]).decode("utf-8")


def faults_in(text: str, lines: set[int], most: int = 200) -> list[Fault]:
    """Faults on these lines, inside functions; the finest first, and not all of them compile."""
    source, found, seen = _Source(text), [], {text}
    for node, function in _nodes_of(text):
        if getattr(node, "lineno", 0) not in lines:
            continue
        for rank, kind, new in _replacements(node, function):
            changed = source.replaced(node, new)
            if changed not in seen:
                seen.add(changed)
                was = source.piece(node).split("\n")[0]
                what = "%s -> %s" % (was[:60], new.split("\n")[0][:60])
                found.append(Fault(kind, node.lineno, what, changed, rank))  # type: ignore[attr-defined]
    found.sort(key=lambda fault: (fault.rank, fault.line))
    return _spread(found)[:most]


def lines_for_faults(text: str) -> set[int]:
    """Where there is something that a fault could be made of."""
    return {
        getattr(node, "lineno", 0)
        for node, function in _nodes_of(text)
        if any(_replacements(node, function))
    }


def compiles(text: str) -> bool:
    """To be asked of a fault that is to be put, and not of all: a whole module takes long."""
    try:
        compile(text, "<fault>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError):
        return False
    return True


def _nodes_of(text: str) -> Iterator[tuple[ast.AST, ast.AST]]:
    """What stands in functions, each with its function."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for function in ast.walk(tree):
        if isinstance(function, AnyFunction):
            for node in _body_nodes(function):
                yield node, function


def _spread(faults: list[Fault]) -> list[Fault]:
    """Of each rank one per line first, so that the first few tries differ in place and kind."""
    taken: dict[tuple[int, int], int] = {}
    keyed = []
    for fault in faults:
        turn = taken.get((fault.rank, fault.line), 0)
        taken[fault.rank, fault.line] = turn + 1
        keyed.append((fault.rank + 2 * turn, fault.line, fault))
    keyed.sort(key=lambda item: item[:2])
    return [fault for _, _, fault in keyed]


def _body_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """Nodes of the function's body, without its docstring, annotations and inner functions."""
    todo = list(reversed(function.body))  # type: ignore[attr-defined]
    if todo and _is_text(todo[-1]):
        todo.pop()
    while todo:
        node = todo.pop()
        yield node
        if isinstance(node, (*AnyFunction, ast.ClassDef, ast.Lambda, ast.JoinedStr)):
            continue
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "type_comment", "ctx"):
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    todo.append(child)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _replacements(node: ast.AST, function: ast.AST) -> Iterator[tuple[int, str, str]]:
    """(rank, kind, new source) for one node."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for swap in SWAPS.get(type(node.ops[0]), ()):
            changed = ast.Compare(node.left, [swap()], node.comparators)
            yield 0, "comparison", "(" + ast.unparse(changed) + ")"
    elif isinstance(node, ast.BinOp):
        for swap in SWAPS.get(type(node.op), ()):
            yield 0, "operator", "(" + ast.unparse(ast.BinOp(node.left, swap(), node.right)) + ")"
    elif isinstance(node, ast.BoolOp):
        for swap in SWAPS.get(type(node.op), ()):
            yield 1, "operator", "(" + ast.unparse(ast.BoolOp(swap(), node.values)) + ")"
    elif isinstance(node, ast.Constant):
        yield from _constants(node)
    elif isinstance(node, ast.Return) and node.value is not None:
        yield from _returns(node.value)
    elif isinstance(node, (ast.If, ast.While)):
        return
    elif isinstance(node, ast.IfExp):
        test = "not (" + ast.unparse(node.test) + ")"
        yield (
            1,
            "condition",
            "(%s if %s else %s)"
            % (
                ast.unparse(node.body),
                test,
                ast.unparse(node.orelse),
            ),
        )
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield 1, "condition", "bool(" + ast.unparse(node.operand) + ")"
    elif isinstance(node, ast.Expr) and isinstance(node.value, (ast.Call, ast.Await)):
        yield 2, "dropped call", "None"
    elif isinstance(node, (ast.AugAssign, ast.Raise, ast.Delete)) or _stores(node):
        yield 2, "dropped statement", "pass"
    if isinstance(node, ast.stmt) and node is _first(function):
        rest = " "  # one line: the numbers of the lines below stay
        if isinstance(node, (ast.Expr, ast.Assign, ast.AugAssign, ast.Return, ast.Raise)):
            yield 9, AN_ERROR, 'raise RuntimeError("a fault put here")' + rest
        elif isinstance(node, (ast.If, ast.For, ast.While, ast.With, ast.Try)):
            yield 9, AN_ERROR, 'raise RuntimeError("a fault put here")'


def _stores(node: ast.AST) -> bool:
    """An assignment that others can see: dropped, it leaves the old value."""
    return isinstance(node, ast.Assign) and isinstance(
        node.targets[0], (ast.Attribute, ast.Subscript)
    )


def _first(function: ast.AST) -> ast.AST | None:
    body = function.body  # type: ignore[attr-defined]
    rest = body[1:] if body and _is_text(body[0]) else body
    return rest[0] if rest else None


def _constants(node: ast.Constant) -> Iterator[tuple[int, str, str]]:
    value = node.value
    if isinstance(value, bool):
        yield 1, "constant", repr(not value)
    elif isinstance(value, (int, float)):
        yield 1, "constant", "(%r)" % (value + 1)
    elif isinstance(value, str):
        yield 3, "constant", repr(value + "X" if value else "X")
    elif isinstance(value, bytes):
        yield 3, "constant", repr(value + b"X")


def _returns(value: ast.expr) -> Iterator[tuple[int, str, str]]:
    is_none = isinstance(value, ast.Constant) and value.value is None
    if not is_none:
        yield 0, "shifted value", "return " + SHIFT + "(" + ast.unparse(value) + ")"
    yield 4, "return value", "return object()" if is_none else "return None"
    if isinstance(value, ast.Compare) or (
        isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.Not)
    ):
        yield 1, "return value", "return not (" + ast.unparse(value) + ")"
