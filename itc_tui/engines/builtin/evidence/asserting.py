"""What an example asserts: `assert total(2) == 4` shows what `total(2)` gives."""

from __future__ import annotations

import ast

from itc_tui.engines.builtin.one_line import is_literal


def asserted_in(node: ast.Assert) -> tuple[str, str] | None:
    """What is looked at, and the value that is written out for it; None for all else."""
    test = node.test
    if not isinstance(test, ast.Compare) or len(test.ops) != 1:
        return None
    if not isinstance(test.ops[0], ast.Eq | ast.Is):
        return None
    sides = test.left, test.comparators[0]
    for seen, told in (sides, sides[::-1]):
        if is_literal(told) and not is_literal(seen):
            return ast.unparse(seen), ast.unparse(told)
    return None
