"""A case that puts a promise to the test quotes it."""

from __future__ import annotations

from itc_tui.engines.builtin.oracles.promised import Promise


def promise(kind: str) -> Promise:
    text, place = "Get distance from 0 to 1", "src/shop/far.py:12"
    return Promise(kind, "distance stays from 0 to 1", text, place, False, "shop.far:Way.distance")


def test_what_a_docstring_says_is_quoted() -> None:
    told = promise("docstring").telling("Way.distance stays from 0 to 1", "a → b")
    says = "the docstring of `Way.distance` says: ‘Get distance from 0 to 1’ (src/shop/far.py:12)"
    assert told.impact == says


def test_any_other_promise_is_told_with_its_place() -> None:
    told = promise("field type").telling("the distance is an int", "a → b")
    assert told.impact == "promised in src/shop/far.py:12: Get distance from 0 to 1"
    assert told.summary == "The distance is an int."
