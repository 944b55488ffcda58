"""An assertion in a document says what a call gives, where the value is written out."""

from __future__ import annotations

import ast

import pytest

from itc_tui.engines.builtin.evidence.asserting import asserted_in
from itc_tui.engines.builtin.evidence.snippets import examples_of, pieces_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("assert total(2) == [1, 2]", ("total(2)", "[1, 2]")),
        ("assert 'tea' == cup.name()", ("cup.name()", "'tea'")),
        ("assert find('x') is None", ("find('x')", "None")),
        ("assert total(2) == total(3)", None),
        ("assert total(2)", None),
        ("assert total(2) != 3", None),
        ("assert 1 < total(2) < 3", None),
        ("assert x == 3", ("x", "3")),
        ("assert cups['tea'].count == 3", ("cups['tea'].count", "3")),
        ("assert 3 == 3", None),
    ],
)
def test_a_call_and_the_value_beside_it(text: str, found: tuple[str, str] | None) -> None:
    (node,) = ast.parse(text).body
    assert isinstance(node, ast.Assert)
    assert asserted_in(node) == found


def test_it_is_what_the_example_shows() -> None:
    text = "```python\nimport shop\n\nassert shop.total(2) == 4\nassert shop\n```\n"
    (example,) = examples_of(list(pieces_of(text, "README.md")))
    first, second = example.program.steps
    assert (first.code, first.kind, example.wanted) == ("shop.total(2)", "do", {first.var: "4"})
    assert (second.code, second.kind) == ("assert shop", "raw")


def test_a_value_that_has_a_name_is_looked_at_where_it_comes_from() -> None:
    text = "```python\ncups = shop.total(2)\nassert cups == 4\nassert cups.size == 1\n```\n"
    (example,) = examples_of(list(pieces_of(text, "README.md")))
    total, size = example.program.steps
    assert (total.text, size.code) == ("cups = shop.total(2)", "cups.size")
    assert example.wanted == {"cups": "4", size.var: "1"}
