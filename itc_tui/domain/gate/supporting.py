"""A conftest.py that only offers fixtures: what nobody asks for, it changes for nobody."""

from __future__ import annotations

import ast

from itc_tui.domain.case_syntax import FunctionNode, called, dotted


def only_offers_fixtures(text: str) -> bool:
    """Imports, fixtures that a test has to ask for, and private functions that these use.

    No hooks, no plugins, no `autouse`, and no statement that does anything when it is loaded.
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return all(_is_harmless(node) for node in tree.body)


def _is_harmless(node: ast.stmt) -> bool:
    if isinstance(node, ast.Import | ast.ImportFrom):
        return all(alias.name != "*" for alias in node.names)
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if not isinstance(node, FunctionNode):
        return False
    if not node.decorator_list:
        return node.name.startswith("_")
    return len(node.decorator_list) == 1 and _is_fixture(node.decorator_list[0])


def _is_fixture(decorator: ast.expr) -> bool:
    if (called(decorator) or dotted(decorator)) != "pytest.fixture":
        return False
    options = decorator.keywords if isinstance(decorator, ast.Call) else []
    return not any(option.arg in (None, "autouse", "params", "name") for option in options)
