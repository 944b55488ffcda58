"""Comments say what a statement gives, in a few forms that cannot mean another thing."""

from __future__ import annotations

import ast
from textwrap import dedent

import pytest

from itc_tui.engines.builtin.evidence.remarks import remark_on


def remark(text: str) -> str | None:
    text = dedent(text).strip("\n")
    return remark_on(ast.parse(text).body[0], text.split("\n"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("total(2)  # => 4", "4"),
        ("total(2)  # --> 'four'", "'four'"),
        ("total(2)  # → four", "four"),
        ("total(2)  # => `four of them`", "four of them"),
        ("total(2)  # 4", "4"),
        ("total(2)  # prints 4", "4"),
        ("total(2)  # Output: [1, 2]", "[1, 2]"),
        ("total(2)  # returns 'four'", "'four'"),
        ("total(2)  # raises an error", None),
        ("total(2)  # returns the total", None),
        ("total(2)  # ValueError: no", "ValueError: no"),
        ("total(2)\n# 4\n\nmore()", "4"),
        ("total(2)\n# 4", "4"),
        ("total(2)\n# => 4\nmore()", "4"),
        ("total(2)\n# {'a': 1,\n#  'b': 2}\n", "{'a': 1,\n'b': 2}"),
        ("total(2)\n# 4\nmore()", None),
        ("total(2)\n\n# 4\n", None),
        ("total(2)  # four", None),
        ("total(2), 4", None),
    ],
)
def test_what_a_comment_says_of_the_statement_before_it(text: str, told: str | None) -> None:
    assert remark(text) == told
