"""Other values of the same kinds: one leaf of a written-out record changed at a time."""

from __future__ import annotations

import ast
import copy
from typing import Iterator, List

_TEXTS = ["two words", 'Grüße, "Tee"']
_NUMBERS = [7, 1234567]
_FLOATS = [0.1, -2.75]


def variants(code: str, is_text: bool, most: int = 24) -> List[str]:
    """Texts of calls that differ from `code` in one constant.

    What becomes one text is told apart by signs between its parts: with `is_text`, no text
    gets a sign that it did not have.
    """
    try:
        tree = ast.parse(code, mode="eval")
    except SyntaxError:
        return []
    found: List[str] = []
    for place, node in enumerate(ast.walk(tree)):
        for other in _others(node, is_text):
            twin = copy.deepcopy(tree)
            old = list(ast.walk(twin))[place]
            text = ast.unparse(_Replacing(old, other).visit(twin))
            if text not in found and text != ast.unparse(tree):
                found.append(text)
    # The nearest the surface come first in a breadth-first walk; amounts matter most.
    found.sort(
        key=lambda text: text.count("Decimal") <= code.count("Decimal") and "Decimal" not in text
    )
    return found[:most]


class _Replacing(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.expr) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self._new if node is self._old else super().visit(node)


def _others(node: ast.AST, is_text: bool) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call):
        name = ast.unparse(node.func)
        if name.endswith("Decimal"):
            yield from _decimals(node)
        elif name in ("datetime.datetime", "datetime") and len(node.args) >= 5:
            yield _with_microseconds(node)
    elif isinstance(node, ast.keyword):
        return
    elif isinstance(node, ast.List | ast.Tuple) and len(node.elts) == 1:
        twin = copy.deepcopy(node)
        twin.elts.append(copy.deepcopy(node.elts[0]))
        yield twin
    elif isinstance(node, ast.Constant):
        yield from _constants(node, is_text)


def _decimals(node: ast.Call) -> Iterator[ast.expr]:
    """With as many digits as it has, and none of them nought."""
    if len(node.args) != 1 or not isinstance(node.args[0], ast.Constant):
        return
    text = str(node.args[0].value)
    digits = len(text.partition(".")[2])
    for other in {"4." + "0375421"[: max(digits, 1)], "4." + "0375421"[: max(digits, 2)], "120"}:
        yield ast.Call(node.func, [ast.Constant(other)], [])


def _with_microseconds(node: ast.Call) -> ast.expr:
    numbers = [arg for arg in node.args if isinstance(arg, ast.Constant)][:6]
    while len(numbers) < 6:
        numbers.append(ast.Constant(7))
    return ast.Call(node.func, [*numbers, ast.Constant(123456)], node.keywords)


def _constants(node: ast.Constant, is_text: bool) -> Iterator[ast.expr]:
    value = node.value
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, str):
        # Numbers, dates and the like in texts have a form of their own.
        if is_text:
            yield from [ast.Constant(value * 2)] if value.isalnum() else []
        elif any(letter.isalpha() for letter in value):
            yield from (ast.Constant(text) for text in _TEXTS)
    elif isinstance(value, int):
        yield from (ast.Constant(number) for number in _NUMBERS)
    elif isinstance(value, float):
        yield from (ast.Constant(number) for number in _FLOATS)
