"""Test files as syntax: their test functions, and what each of these asserts."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import IntEnum

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


class Strength(IntEnum):
    """How much an assertion says."""

    VACUOUS = 0
    """It holds whatever the code does: `assert True`, `assert x == x`."""
    WEAK = 1
    """Almost anything satisfies it: truthiness, `is not None`, a mere type."""
    SPECIFIC = 2


@dataclass(frozen=True)
class Assertion:
    node: ast.AST
    line: int
    subject: str
    """What is looked at, as source: the left side of a comparison."""
    relation: str
    """`==`, `in`, `raises`, `truth`, or the name of an assert method."""
    expected: str
    strength: Strength
    is_conditional: bool = False
    """It stands where it may never be reached: under `if`, in a loop, in an `except`."""

    @property
    def text(self) -> str:
        return f"{self.subject} {self.relation} {self.expected}".strip()


@dataclass(frozen=True)
class CaseSyntax:
    name: str
    """`test_x`, or `TestY::test_x`."""
    node: FunctionNode
    owner: ast.ClassDef | None = None


def cases_in(tree: ast.Module, promised: Collection[str] = ()) -> tuple[CaseSyntax, ...]:
    """The functions that pytest would collect from this file, in order.

    `promised` are collected by whatever name: a project may have patterns of its own.
    """
    return tuple(_cases(tree.body, None, "", promised))


def functions_in(tree: ast.AST) -> dict[str, FunctionNode]:
    """All functions of a file by name; those that tests call to assert for them among them."""
    return {node.name: node for node in ast.walk(tree) if isinstance(node, FunctionNode)}


def assertions_in(
    function: FunctionNode, neighbours: dict[str, FunctionNode] | None = None
) -> tuple[Assertion, ...]:
    """Its own assertions, and those of functions of the same file that it calls."""
    return tuple(_gather(function, neighbours or {}, {function.name}))


def dotted(node: ast.AST | None) -> str:
    """`a.b.c` for a chain of names; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        inner = dotted(node.value)
        return f"{inner}.{node.attr}" if inner else ""
    return ""


def called(node: ast.AST) -> str:
    """The dotted name that a call calls; its last parts where the first is no name."""
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Attribute) and not dotted(node.func):
        return f".{node.func.attr}"
    return dotted(node.func)


def statements_of(body: list[ast.stmt]) -> Iterator[tuple[ast.stmt, bool]]:
    """Every statement below, without those of inner functions; True where it may be passed over."""
    yield from _statements(body, conditional=False)


def source(node: ast.AST | None) -> str:
    return ast.unparse(node) if node is not None else ""


def _cases(
    body: list[ast.stmt], owner: ast.ClassDef | None, prefix: str, promised: Collection[str]
) -> Iterator[CaseSyntax]:
    for node in body:
        if isinstance(node, FunctionNode):
            if node.name.startswith("test") or prefix + node.name in promised:
                yield CaseSyntax(prefix + node.name, node, owner)
        elif isinstance(node, ast.ClassDef):
            inner = f"{prefix}{node.name}::"
            if _is_collected(node) or any(name.startswith(inner) for name in promised):
                yield from _cases(node.body, node, inner, promised)


def _is_collected(node: ast.ClassDef) -> bool:
    bases = {dotted(base).rsplit(".", 1)[-1] for base in node.bases}
    return node.name.startswith("Test") or any(name.endswith("TestCase") for name in bases)


def _statements(body: list[ast.stmt], *, conditional: bool) -> Iterator[tuple[ast.stmt, bool]]:
    for statement in body:
        yield statement, conditional
        if isinstance(statement, FunctionNode | ast.ClassDef):
            continue
        if isinstance(statement, ast.If | ast.For | ast.AsyncFor | ast.While):
            sure = isinstance(statement, ast.For) and _surely_turns(statement)
            yield from _statements(statement.body, conditional=conditional or not sure)
            yield from _statements(statement.orelse, conditional=True)
        elif isinstance(statement, ast.With | ast.AsyncWith):
            yield from _statements(statement.body, conditional=conditional or _swallows(statement))
        elif isinstance(statement, ast.Try | ast.TryStar):
            yield from _statements(
                statement.body, conditional=conditional or bool(statement.handlers)
            )
            for handler in statement.handlers:
                yield from _statements(handler.body, conditional=True)
            yield from _statements(statement.orelse, conditional=True)
            yield from _statements(statement.finalbody, conditional=conditional)
        elif isinstance(statement, ast.Match):
            for case in statement.cases:
                yield from _statements(case.body, conditional=True)


def _surely_turns(loop: ast.For) -> bool:
    """A loop over a written-out, non-empty collection runs."""
    return isinstance(loop.iter, ast.Tuple | ast.List | ast.Set) and bool(loop.iter.elts)


def _swallows(statement: ast.With | ast.AsyncWith) -> bool:
    return any(called(item.context_expr).endswith("suppress") for item in statement.items)


def _gather(
    function: FunctionNode, neighbours: dict[str, FunctionNode], seen: set[str]
) -> Iterator[Assertion]:
    for statement, conditional in statements_of(function.body):
        yield from _of_statement(statement, conditional)
        for call in _calls_of(statement):
            name = called(call).removeprefix("self.")
            if name in neighbours and name not in seen:
                yield from _gather(neighbours[name], neighbours, seen | {name})


def _calls_of(statement: ast.stmt) -> Iterator[ast.Call]:
    """Calls in the statement itself, not in the statements that it holds."""
    todo: list[ast.AST] = [
        child for child in ast.iter_child_nodes(statement) if not isinstance(child, ast.stmt)
    ]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Call):
            yield node
        todo += [child for child in ast.iter_child_nodes(node) if not isinstance(child, ast.stmt)]


def _of_statement(statement: ast.stmt, conditional: bool) -> Iterator[Assertion]:
    if isinstance(statement, ast.Assert):
        yield from _of_condition(statement.test, statement.lineno, conditional)
        return
    for call in _calls_of(statement):
        found = _of_call(call, conditional)
        if found:
            yield found


def _of_condition(test: ast.expr, line: int, conditional: bool) -> Iterator[Assertion]:
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        for value in test.values:
            yield from _of_condition(value, line, conditional)
        return
    subject, relation, expected = source(test), "truth", ""
    if isinstance(test, ast.Compare):
        subject = source(test.left)
        relation = " ".join(_SIGNS[type(operator)] for operator in test.ops)
        expected = ", ".join(source(value) for value in test.comparators)
    yield Assertion(test, line, subject, relation, expected, _strength(test), conditional)


_SIGNS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.In: "in",
    ast.NotIn: "not in",
}
#: Questions whose answer is a plain yes or no.
_ASKING = ("is_", "has_", "can_", "startswith", "endswith", "exists", "isdigit", "issubset")


def _strength(test: ast.expr) -> Strength:
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return (
            Strength.VACUOUS if isinstance(test.operand, ast.Constant) else _strength(test.operand)
        )
    if isinstance(test, ast.Constant | ast.Lambda | ast.JoinedStr):
        return Strength.VACUOUS
    if isinstance(test, ast.Tuple | ast.List | ast.Dict | ast.Set):
        return Strength.VACUOUS
    if isinstance(test, ast.BoolOp):
        return min(_strength(value) for value in test.values)
    if isinstance(test, ast.Compare):
        return _strength_of_comparison(test)
    if isinstance(test, ast.Call):
        name = called(test).rsplit(".", 1)[-1]
        if name in ("isinstance", "hasattr", "callable", "len", "bool"):
            return Strength.WEAK
        if name in ("all", "any") or name.startswith(_ASKING):
            return Strength.SPECIFIC
    return Strength.SPECIFIC if _asks(test) else Strength.WEAK


def _asks(test: ast.expr) -> bool:
    return isinstance(test, ast.Attribute) and test.attr.startswith(_ASKING)


def _strength_of_comparison(test: ast.Compare) -> Strength:
    left, operator, right = test.left, test.ops[0], test.comparators[0]
    if all(isinstance(side, ast.Constant) for side in (left, *test.comparators)):
        return Strength.VACUOUS
    if source(left) == source(right):
        return Strength.VACUOUS
    none = isinstance(right, ast.Constant) and right.value is None
    if none and isinstance(operator, ast.IsNot | ast.NotEq):
        return Strength.WEAK
    if isinstance(left, ast.Call) and called(left) == "len" and isinstance(right, ast.Constant):
        if isinstance(operator, ast.GtE) and right.value == 0:
            return Strength.VACUOUS
        if isinstance(operator, ast.Gt) and right.value == 0:
            return Strength.WEAK
    if isinstance(operator, ast.NotEq) and isinstance(right, ast.Constant):
        return Strength.WEAK
    return Strength.SPECIFIC


def _of_call(call: ast.Call, conditional: bool) -> Assertion | None:
    name = called(call)
    last = name.rsplit(".", 1)[-1]
    arguments = [source(argument) for argument in call.args]
    if last in ("raises", "warns") or last in ("assertRaises", "assertRaisesRegex"):
        match = next((source(kw.value) for kw in call.keywords if kw.arg == "match"), "")
        if last == "assertRaisesRegex" and len(arguments) > 1:
            match = arguments[1]
        kind = arguments[0] if arguments else ""
        is_broad = any(part in _BROAD for part in kind.strip("()").split(", ")) and not match
        strength = Strength.WEAK if is_broad else Strength.SPECIFIC
        return Assertion(call, call.lineno, kind, "raises", match, strength, conditional)
    if last.startswith("assert_") or (last.startswith("assert") and last[6:7].isupper()):
        return _of_method(call, name, last, arguments, conditional)
    if name in ("pytest.fail", "fail", "self.fail"):
        return None
    return None


_BROAD = ("Exception", "BaseException")
_WEAK_METHODS = frozenset(
    {"assertTrue", "assertFalse", "assertIsNotNone", "assertIsInstance", "assert_called"}
)


def _of_method(
    call: ast.Call, name: str, last: str, arguments: list[str], conditional: bool
) -> Assertion:
    strength = Strength.WEAK if last in _WEAK_METHODS else Strength.SPECIFIC
    if last in ("assertTrue", "assertFalse") and call.args:
        strength = _strength(call.args[0])
    elif len(arguments) > 1 and arguments[0] == arguments[1]:
        strength = Strength.VACUOUS
    owner = name[: -len(last)].rstrip(".")
    subject = arguments[0] if owner in ("self", "") and arguments else owner
    options = [source(keyword) for keyword in call.keywords if keyword.arg != "msg"]
    expected = ", ".join((arguments[1:] if owner in ("self", "") else arguments) + options)
    return Assertion(call, call.lineno, subject, last, expected, strength, conditional)
