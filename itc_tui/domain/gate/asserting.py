"""Each test of a draft asserts something that not everything would satisfy."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from itc_tui.domain.case_syntax import Strength, assertions_in, called, source
from itc_tui.domain.gate.reading import Reading
from itc_tui.domain.requests import Issue


def assertions_are_specific(reading: Reading) -> Iterator[Issue]:
    for case in reading.cases:
        found = assertions_in(case.node, dict(reading.functions))
        if not found:
            yield reading.issue(
                "no-assertion", "The test asserts nothing.", case.node.lineno, case.name
            )
            continue
        for assertion in found:
            if assertion.strength is Strength.VACUOUS:
                yield reading.issue(
                    "vacuous-assertion",
                    f"`{assertion.text}` holds whatever the code does.",
                    assertion.line,
                    case.name,
                )
            elif assertion.relation == "raises" and assertion.strength is Strength.WEAK:
                yield reading.issue(
                    "broad-raises",
                    f"Any error satisfies raises({assertion.subject}); name its type or message.",
                    assertion.line,
                    case.name,
                )
        if all(assertion.strength < Strength.SPECIFIC for assertion in found):
            yield reading.issue(
                "vague-assertion",
                f"Almost anything satisfies `{found[0].text}`; assert the value.",
                found[0].line,
                case.name,
            )
        elif all(assertion.is_conditional for assertion in found):
            yield reading.issue(
                "conditional-assertion",
                "No assertion is sure to be reached.",
                found[0].line,
                case.name,
            )


def errors_are_not_swallowed(reading: Reading) -> Iterator[Issue]:
    for case in reading.cases:
        for node in ast.walk(case.node):
            if isinstance(node, ast.ExceptHandler) and not _answers(node):
                yield reading.issue(
                    "swallowed-error",
                    f"`except {source(node.type)}` hides an error; use pytest.raises.",
                    node.lineno,
                    case.name,
                )
            elif called(node).endswith("suppress") and _hides_much(node):
                yield reading.issue(
                    "swallowed-error",
                    f"`{source(node)}` hides an error.",
                    getattr(node, "lineno", 0),
                    case.name,
                )


def _answers(handler: ast.ExceptHandler) -> bool:
    """It raises, fails or asserts."""
    return any(
        isinstance(node, ast.Raise | ast.Assert) or called(node).endswith(".fail")
        for statement in handler.body
        for node in ast.walk(statement)
    )


def _hides_much(call: ast.AST) -> bool:
    assert isinstance(call, ast.Call)
    return any(
        source(argument) in ("Exception", "BaseException", "AssertionError")
        for argument in call.args
    )
