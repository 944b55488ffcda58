"""Calls that existing tests make and assert something about, with the values they hand over."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from itc_tui.domain.case_syntax import FunctionNode, called, cases_in
from itc_tui.engines.builtin.inside.parsing import parsed_source
from itc_tui.engines.builtin.witnesses import Witness

_ANY = "…"
"""Stands for an argument whose value the text alone does not tell."""


@dataclass(frozen=True)
class AssertedCall:
    signature: str
    """`order(…, 'tea', 2)`"""
    test: str
    """`tests/test_desk.py::test_order`"""
    words: frozenset[str]
    """Every name in the test's file: what it speaks of."""


def asserted_calls(root: Path, test_files: Iterable[str]) -> dict[str, list[AssertedCall]]:
    """By signature."""
    found: dict[str, list[AssertedCall]] = {}
    for file in test_files:
        try:
            text = (root / file).read_text(encoding="utf-8")
            tree = parsed_source(text)
        except (OSError, SyntaxError, ValueError):
            continue
        words = frozenset(re.findall(r"\w+", text))
        for case in cases_in(tree):
            for signature in _asserted_in(case.node):
                call = AssertedCall(signature, f"{file}::{case.name}", words)
                found.setdefault(signature, []).append(call)
    return found


def without_repeats(
    witnesses: Sequence[Witness], asserted: dict[str, list[AssertedCall]]
) -> tuple[list[Witness], list[tuple[str, str]]]:
    """Those that no existing test makes superfluous; and what was left out, with the reason."""
    kept, left_out = [], []
    for witness in witnesses:
        test = _test_of(witness, asserted)
        if test:
            name = witness.focus.replace(":", ".")
            left_out.append((name, f"covered by {test}, with the same input"))
        else:
            kept.append(witness)
    return kept, list(dict.fromkeys(left_out))


def _test_of(witness: Witness, asserted: dict[str, list[AssertedCall]]) -> str:
    if witness.is_given or not witness.program.steps:
        return ""  # what a document shows is worth a test, whoever else says it
    try:
        tree = ast.parse(witness.program.steps[-1].code.strip(), mode="eval")
    except SyntaxError:
        return ""
    signature = _signature(tree.body, {})
    names = set(re.findall(r"\w+", witness.focus.partition(":")[2])) - {"__init__"}
    return next(
        (call.test for call in asserted.get(signature, ()) if signature and names <= call.words),
        "",
    )


def _asserted_in(function: FunctionNode) -> Iterator[str]:
    values = _literals(function)
    looked_at = _names_asserted(function)
    for node in ast.walk(function):
        calls: list[ast.AST] = []
        if isinstance(node, ast.Assert):
            calls = list(ast.walk(node.test))
        elif isinstance(node, ast.Call) and called(node).rpartition(".")[2].startswith("assert"):
            calls = [inner for argument in node.args for inner in ast.walk(argument)]
        elif isinstance(node, ast.With) and "aises" in ast.unparse(node.items[0].context_expr):
            calls = [inner for line in node.body for inner in ast.walk(line)]
        elif isinstance(node, ast.Assign) and _targets(node) & looked_at:
            calls = [node.value]
        for call in calls:
            if signature := _signature(call, values):
                yield signature


def _names_asserted(function: FunctionNode) -> set[str]:
    asserting = [node for node in ast.walk(function) if isinstance(node, ast.Assert)]
    methods = [
        node
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and called(node).rpartition(".")[2].startswith("assert")
    ]
    return {
        name.id
        for node in (*asserting, *methods)
        for name in ast.walk(node)
        if isinstance(name, ast.Name)
    }


def _targets(node: ast.Assign) -> set[str]:
    return {
        name.id
        for target in node.targets
        for name in ast.walk(target)
        if isinstance(name, ast.Name)
    }


def _literals(function: FunctionNode) -> dict[str, str]:
    found = {}
    for node in ast.walk(function):
        if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
            continue
        if (text := _literal(node.value)) is not None:
            found[node.targets[0].id] = text
    return found


def _signature(node: ast.AST, values: dict[str, str]) -> str:
    """Empty for what is no call, and for a call that hands over no value that is written out."""
    if not isinstance(node, ast.Call):
        return ""
    name = called(node).rpartition(".")[2]
    parts = [_argument(argument, values) for argument in node.args]
    parts += sorted(f"{one.arg}={_argument(one.value, values)}" for one in node.keywords)
    is_telling = any(not part.endswith(_ANY) for part in parts)
    return f"{name}({', '.join(parts)})" if name and is_telling else ""


def _argument(node: ast.expr, values: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return values.get(node.id, _ANY)
    text = _literal(node)
    return _ANY if text is None else text


def _literal(node: ast.expr) -> str | None:
    try:
        return repr(ast.literal_eval(node))
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None
