"""Decisions in a source: which constant, met at which line, leads to which other line."""

from __future__ import annotations

import ast
from typing import Any, Iterator, List, NamedTuple, Optional

_ASKING = ("startswith", "endswith", "removeprefix", "removesuffix", "partition", "rpartition")
_MOST_MARKS = 20
_LONGEST = 60
_FEWEST = 2


class Decision(NamedTuple):
    word: Any
    line: int
    leads_to: Optional[int]


def decisions_in(tree: ast.Module) -> Iterator[Decision]:
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list):
                yield from _in_block(block)


def _in_block(block: Any) -> Iterator[Decision]:
    for place, statement in enumerate(block):
        if isinstance(statement, (ast.If, ast.While)):
            after = block[place + 1].lineno if place + 1 < len(block) else None
            other = statement.orelse[0].lineno if statement.orelse else after
            yield from _in_test(statement.test, statement.body[0].lineno, other)
        elif type(statement).__name__ == "Match":  # known since Python 3.10
            for case in statement.cases:
                for node in ast.walk(case.pattern):
                    if isinstance(node, ast.Constant) and _is_word(node.value):
                        yield Decision(node.value, statement.lineno, case.body[0].lineno)
        elif not hasattr(statement, "body"):
            yield from _in_test(statement, None, None)


def _in_test(test: ast.AST, yes: Optional[int], no: Optional[int]) -> Iterator[Decision]:
    """What makes it true leads to `yes`."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        yield from _in_test(test.operand, no, yes)
        return
    if isinstance(test, ast.Compare):
        yield from _in_comparison(test, yes, no)
    elif isinstance(test, ast.Call):
        func = test.func
        if isinstance(func, ast.Attribute) and func.attr in _ASKING:
            for argument in test.args:
                yield from (Decision(word, test.lineno, yes) for word in _words(argument))
    for inner in ast.iter_child_nodes(test):
        yield from _in_test(inner, yes, no)


def _in_comparison(test: ast.Compare, yes: Optional[int], no: Optional[int]) -> Iterator[Decision]:
    sides = [test.left, *test.comparators]
    for left, operator, right in zip(sides, test.ops, sides[1:]):
        if not isinstance(operator, (ast.Eq, ast.NotEq, ast.In, ast.NotIn)):
            continue
        leads_to = yes if isinstance(operator, (ast.Eq, ast.In)) else no
        is_inside = isinstance(operator, (ast.In, ast.NotIn))
        for side in (left, right):
            for word in _words(side, is_inside and side is right):
                yield Decision(word, test.lineno, leads_to)


def _words(node: ast.AST, is_choice: bool = False) -> Iterator[Any]:
    """Of a constant, or of several side by side; a text of marks is a choice among them."""
    if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        for inner in node.elts:
            yield from _words(inner)
    elif isinstance(node, ast.Constant) and _is_word(node.value):
        yield from _letters(node.value) if is_choice else [node.value]


def _letters(value: Any) -> List[Any]:
    is_marks = isinstance(value, str) and not any(letter.isalnum() for letter in value)
    return list(value) if is_marks and len(value) <= _MOST_MARKS else [value]


def _is_word(value: Any) -> bool:
    if isinstance(value, str):
        return 0 < len(value) <= _LONGEST
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) >= _FEWEST
