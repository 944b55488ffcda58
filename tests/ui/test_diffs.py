"""Differences are seen, however long the values are."""

from __future__ import annotations

import pytest

from itc_tui.domain.requests import FileEdit
from itc_tui.domain.results import Comparison
from itc_tui.ui.diffs import of_edits, two_sides, unified
from itc_tui.ui.spreading import spread_out
from itc_tui.ui.widgets.painting import Row


def text_of(rows: list[Row]) -> list[str]:
    return ["".join(text for text, _ in row) for row in rows]


def test_two_short_sides_stand_under_each_other_with_what_differs_marked() -> None:
    rows = two_sides(Comparison(op="==", left="[1, 2]", right="[1, 3]"), 60)
    assert text_of(rows) == ["- [1, 2]", "+ [1, 3]"]
    assert [text for text, paint in rows[0] if paint == "removed"] == ["2"]
    assert [text for text, paint in rows[1] if paint == "added"] == ["3"]


def test_long_values_that_are_no_literals_are_spread_until_the_difference_shows() -> None:
    left = "Order(number=1, lines=(Line(sku='ASSAM-100', price=Money('4.90')),), state=<S.ED: 'x'>)"
    right = left.replace("4.90", "4.9")
    rows = two_sides(Comparison(op="==", left=left, right=right), 40)
    changed = [line.strip() for line in text_of(rows) if line.startswith(("-", "+"))]
    assert any("'4.90'" in line for line in changed)
    assert any("'4.9'" in line for line in changed)
    assert len(changed) == 2


def test_what_is_alike_gives_way_to_what_differs() -> None:
    left = str([f"line number {number}" for number in range(40)])
    rows = two_sides(Comparison(left=left, right=left.replace("number 20", "number 99")), 60)
    lines = text_of(rows)
    assert len(lines) == 8
    assert "alike" in lines[0]
    assert "alike" in lines[-1]


@pytest.mark.parametrize(
    "text",
    [
        "{'a': [1, 2, {'b': (3, 4)}], 'c': 'it, [is] quoted'}",
        "f(it's, never, closed",
        "<Thing at 0x7f (one) [two]>",
        "((((((((((((((((((((deep))))))))))))))))))))",
        "",
    ],
)
def test_spreading_loses_nothing_but_space(text: str) -> None:
    spread = "".join(spread_out(text, 10))
    assert spread.replace(" ", "") == text.replace(" ", "")


def test_a_literal_quote_with_brackets_is_not_taken_apart() -> None:
    assert "'it, [is] quoted'" in "\n".join(spread_out("{'c': 'it, [is] quoted', 'd': 1}", 12))


@pytest.mark.parametrize("text", ["(" * 20_000, "([{" * 6_000, "()" * 10_000, "'" * 20_001])
def test_nasty_brackets_are_given_up_soon(text: str) -> None:
    assert "".join(spread_out(text, 40)).replace(" ", "") == text


def test_a_megabyte_on_each_side_ends_soon() -> None:
    rows = two_sides(Comparison(op="==", left="x" * 1_000_000, right="y" * 1_000_000), 80)
    assert rows


def test_a_diff_of_git_is_painted_line_by_line() -> None:
    rows = unified("--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new\n same")
    assert [row[0][1] for row in rows] == ["heading", "heading", "accent", "removed", "added", ""]


def test_a_fix_is_shown_as_what_it_changes() -> None:
    lines = text_of(of_edits([FileEdit(path="t.py", before="a\nb\n", after="a\nc\n")]))
    assert "-b" in lines
    assert "+c" in lines
