"""A draft is whole: no placeholders, nothing skipped, every promised function there."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator

from itc_tui.domain.case_syntax import dotted
from itc_tui.domain.gate.reading import Reading
from itc_tui.domain.requests import Issue

_LEFT_TO_DO = re.compile(
    r"\b(TODO|FIXME|XXX|TBD|HACK)\b|\b(implement (me|this|later)|placeholder)\b", re.I
)
_SKIPPING = frozenset({"skip", "skipif", "xfail", "importorskip", "expectedFailure", "skipTest"})
_SKIPPING |= {"skipUnless", "skipIf"}


def nothing_is_left_to_do(reading: Reading) -> Iterator[Issue]:
    for token in tokenize.generate_tokens(io.StringIO(reading.file.text).readline):
        if token.type == tokenize.COMMENT and _LEFT_TO_DO.search(token.string):
            yield reading.issue(
                "placeholder", f"Something is left to do: {token.string}", token.start[0]
            )
    for case in reading.cases:
        body = [node for node in case.node.body if not _says_nothing(node)]
        if not body:
            yield reading.issue(
                "placeholder", "The test does nothing.", case.node.lineno, case.name
            )
        for node in ast.walk(case.node):
            if isinstance(node, ast.Raise) and "NotImplementedError" in ast.unparse(node):
                yield reading.issue("placeholder", "The test is not implemented.", node.lineno)


def nothing_is_skipped(reading: Reading) -> Iterator[Issue]:
    for node in ast.walk(reading.tree):
        name = dotted(node).rsplit(".", 1)[-1] if isinstance(node, ast.Attribute | ast.Name) else ""
        if name in _SKIPPING:
            yield reading.issue(
                "skipped", f"`{dotted(node)}` would leave the test out.", getattr(node, "lineno", 0)
            )


def promised_functions_are_there(reading: Reading) -> Iterator[Issue]:
    present = {case.name for case in reading.cases}
    for case in reading.file.cases:
        name = case.function.split("[", 1)[0]
        if name not in present:
            yield reading.issue("missing-function", f"{name} is promised but not there.", 0, name)
    names = [case.name for case in reading.cases]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield reading.issue(
            "hidden-function", f"{name} is defined twice; one hides the other.", 0, name
        )


def _says_nothing(node: ast.stmt) -> bool:
    return isinstance(node, ast.Pass) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )
