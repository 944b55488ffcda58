"""Data that is written in programs changes its shape, and stays data."""

from __future__ import annotations

import ast
import random

from itc_tui.engines.builtin.inside.reshaping import Reshaper, says_a_key_twice
from itc_tui.engines.builtin.inside.texts import Words

SCHEMA = "validator({'type': 'object', 'items': [{'type': 'number'}, ('a', 1)]}, strict=True)"


def reshaper(evidence: dict[str, dict[str, list[str]]] | None = None, seed: int = 1) -> Reshaper:
    rng = random.Random(seed)
    return Reshaper(Words({"shop.rules": ["least", "two words"]}, [], {}, rng), evidence or {}, rng)


def forms(code: str, word: str = "", start: int = 0) -> set[str]:
    made = reshaper()
    found = (made.reshaped(code, "shop.rules", start, word) for _ in range(300))
    return {one for one in found if one is not None}


def test_records_gain_and_lose_parts_at_every_depth() -> None:
    shapes = forms(SCHEMA)
    assert len(shapes) > 100
    for shape in shapes:
        call = ast.parse(shape, mode="eval").body
        assert isinstance(call, ast.Call)
        assert ast.unparse(call.keywords[0]) == "strict=True"  # what is no data stays as it is
        ast.literal_eval(call.args[0])
        assert not says_a_key_twice(shape)
    assert any("'items': [('a', 1)]" in shape for shape in shapes)
    assert any("'least': " in shape for shape in shapes)
    assert not any("two words': " in shape for shape in shapes)  # no key of anybody's


def test_a_word_that_is_asked_for_becomes_a_key() -> None:
    assert forms(SCHEMA, "minimum")
    assert all("'minimum': " in shape for shape in forms(SCHEMA, "minimum"))
    assert not forms("validator([1, 2])", "minimum")


def test_a_key_goes_with_values_that_documents_give_it() -> None:
    made = reshaper({"validator": {"0": ["{'type': 'number', 'maximum': 10}"]}})
    found = [made.reshaped("validator({})", "shop.rules", 0, "maximum") for _ in range(60)]
    assert sum(one == "validator({'maximum': 10})" for one in found) > 30


def test_what_is_not_to_change_and_what_has_no_data_is_left_alone() -> None:
    assert not forms("len('tea')")
    assert not forms("sold(it[1, 2])", start=len("sold(it[1, 2]"))
    assert all(shape.startswith("put({'é': 1}, ") for shape in forms("put({'é': 1}, [])", start=14))


def test_more_of_what_is_unpacked_stays_unpacked() -> None:
    assert any("**more" in shape and "'least'" in shape for shape in forms("put({**more})"))
