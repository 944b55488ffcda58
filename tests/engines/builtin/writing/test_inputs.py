"""Which call an expression is about."""

from __future__ import annotations

import pytest

from itc_tui.engines.builtin.writing.inputs import called_in


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
