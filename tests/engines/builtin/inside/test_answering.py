"""That a call gave None is told where it might have given something."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from itc_tui.engines.builtin.inside.answering import may_answer


class Cart:
    def __init__(self) -> None:
        self.owner = None
        self.items: list[str] = []

    def find(self, name: str) -> str | None:
        if name in self.items:
            return name
        return None

    def clear(self) -> None:
        if not self.items:
            return
        self.items.clear()

    def __call__(self, name: str) -> str | None:
        return self.find(name)


def constant(name: str) -> str | None:
    return "tea" if name else None


def wrapped(function: Callable[..., Any]) -> Callable[..., Any]:
    def run(*given: Any) -> Any:
        return function(*given)

    run.__wrapped__ = function  # type: ignore[attr-defined]
    return run


@pytest.mark.parametrize(
    ("code", "answers"),
    [
        ("cart.find('tea')", True),
        ("cart('tea')", True),
        ("constant('')", True),
        ("cart.owner", True),
        ("given['tea']", True),
        ("cart.clear()", False),
        ("clearing()", False),
        ("given.clear()", False),
        ("made().clear()", False),
        ("nobody('tea')", False),
        ("cart", False),
        ("cart.items =", False),
    ],
)
def test_only_what_may_give_something_answers_with_none(code: str, answers: bool) -> None:
    cart = Cart()
    space = {"cart": cart, "constant": constant, "given": {}, "clearing": wrapped(cart.clear)}
    assert may_answer(code, space) is answers
