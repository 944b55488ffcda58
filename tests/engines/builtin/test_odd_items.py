"""What a search hands over for want of anything better gives way to plain words and numbers."""

from __future__ import annotations

import pytest

from itc_tui.engines.builtin.odd_items import odd_items, with_plain_items


@pytest.mark.parametrize(
    ("code", "odd", "plain"),
    [
        ("brew([v_pot_1, 3])", 1, ["brew(['name', 'other'])", "brew([1, 2])"]),
        ("brew(('tea', None),)", 1, ["brew(('name', 'other'),)", "brew((1, 2),)"]),
        ("brew({True})", 1, ["brew({'name'})", "brew({1})"]),
        ("brew(['tea', 3])", 1, ["brew(['name', 'other'])", "brew([1, 2])"]),
        ("brew(v_pot_1)", 1, ["brew('name')", "brew(3)"]),
        ("brew(True)", 1, ["brew(3)", "brew(1)"]),
        ("brew(pot=v_pot_1)", 1, ["brew(pot='name')", "brew(pot=3)"]),
        ("v_pot_1.brew('tea', True, None)", 0, []),
        ("Pot(True)", 0, []),
        ("brew(str(v_path_1), open(v_path_1))", 0, []),
        ("brew(['tea', 'milk'], [1, 2.5], pot)", 0, []),
        ("a, b = v_pot_1", 0, []),
        ("not python", 0, []),
    ],
)
def test_odd_things_are_counted_and_plain_ones_offered(
    code: str, odd: int, plain: list[str]
) -> None:
    assert odd_items(code) == odd
    assert list(with_plain_items(code)) == plain
