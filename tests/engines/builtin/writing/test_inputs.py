"""Which call an expression is about."""

from __future__ import annotations

import pytest

from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.witnesses import Witness
from itc_tui.engines.builtin.writing.inputs import called_in, details_of


@pytest.mark.parametrize(
    ("code", "called"),
    [
        ("list(shop.orders(3))", "orders"),
        ("asyncio.run(shop.order(3))", "order"),
        ("linter.run(open(path), settings)", "run"),
        ("[(one.name, one.size) for one in linter.run(file)]", "run"),
        ("env.list('NAMES')", "list"),
        ("open(path, 'r')", ""),
        ("len(basket)", ""),
    ],
)
def test_a_call_of_the_target_is_told_from_what_only_takes_out(code: str, called: str) -> None:
    assert called_in(code) == called


def test_how_many_are_taken_and_how_a_file_is_opened_is_no_input_of_the_target() -> None:
    opened = Step("v_file_1", "open(v_path_1, 'r')", "with")
    asked = Step("v_x_1", "list(itertools.islice(parcels(v_file_1, 'tea'), 12))")
    row = Witness("1", Program((), (opened, asked)), "shop:parcels", ((), ()), ("", "list"))
    assert details_of(row, 1) == ("'tea'",)
