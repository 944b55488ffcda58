"""What a document quotes is found as it stands, and a name is no sample of what the code takes."""

from __future__ import annotations

import pytest

from itc_tui.engines.builtin.evidence.quoting import is_sample, quoted_in


@pytest.mark.parametrize(
    ("line", "quoted"),
    [
        ("ask for `a.b` or `c[0]`", ["a.b", "c[0]"]),
        ("| len | - ``$.objects.`len``` |", ["$.objects.`len`"]),
        ("| this | ```this``` |", ["`this`"]),
        ("`` `x` `` in Markdown", ["`x`"]),
        ("``[`` *idx* ``:]``", [":]"]),
        ("see `the docs`_ and :meth:`find`", []),
        ("```python", []),
    ],
)
def test_quotations_end_where_their_marks_do(line: str, quoted: list[str]) -> None:
    assert list(quoted_in(line)) == quoted


def test_a_quotation_counts_once() -> None:
    assert list(quoted_in("`a + b` is `a + b`\nand `b + a`")) == ["a + b", "b + a"]


def test_a_name_is_no_sample() -> None:
    found = filter(is_sample, ["parse", "shelf.Shelf.find()", "@cached", "a[0]", "$.a", "%Y-%m"])
    assert list(found) == ["a[0]", "$.a", "%Y-%m"]
