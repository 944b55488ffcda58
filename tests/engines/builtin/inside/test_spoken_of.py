"""For a text that speaks of names there is data with these names."""

from __future__ import annotations

import ast
import random

from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.inside.spoken_of import data_for, said_in


def made_for(*texts: str) -> list[object]:
    rng = random.Random(4)
    return [ast.literal_eval(data_for(list(texts), rng)) for _ in range(300)]


def test_names_stand_side_by_side_and_one_inside_the_other() -> None:
    found = made_for("orders[?total > 5]")
    assert any(isinstance(one, dict) and {"orders", "total"} <= one.keys() for one in found)
    assert {"orders": {"total": 6}} in found
    rows = [one["orders"] for one in found if isinstance(one, dict) and "orders" in one]
    assert any(isinstance(row, list) and {"total": 4} in row for row in rows)


def test_a_value_that_the_text_compares_with_is_among_the_data() -> None:
    assert {"name": "tea"} in made_for("name = 'tea leaf' or name = \"tea\"")


def test_nothing_is_made_for_texts_without_names() -> None:
    assert data_for(["", "42", "if"], random.Random(1)) == ""


def test_what_the_calls_so_far_were_told_is_known() -> None:
    steps = (Step("v_a_1", "parse('a.b')"), Step("", "def f():\n    return 'no'", "raw"))
    assert said_in(Program((), steps), ["['c']", "("]) == ["a.b", "c"]
