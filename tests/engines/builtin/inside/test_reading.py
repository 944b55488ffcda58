"""What functions, patterns and names tell about fitting arguments."""

from __future__ import annotations

import random
import re
import types
from typing import Any

import pytest

from itc_tui.engines.builtin.inside.ducks import can_be_shaped, owned_names, shaped
from itc_tui.engines.builtin.inside.hints import Hint, hints_of
from itc_tui.engines.builtin.inside.inverse import is_inverse
from itc_tui.engines.builtin.inside.patterns import fitting_text, fitting_texts
from itc_tui.engines.builtin.inside.texts import Words


def taxed(order: Any, mode: Any, rates: Any, **options: Any) -> Any:
    if mode == "net" or isinstance(mode, bytes):
        return order.total()
    for rate in rates:
        order.add(rate * 2, options.get("rounding"))
    return order["vat"]


def test_use_shows_attributes_literals_keys_and_kinds() -> None:
    hints = hints_of(taxed)
    assert hints["order"].attributes == {"total", "add"}
    assert hints["order"].keys == ["vat"]
    assert hints["mode"].literals == ["'net'"]
    assert hints["mode"].checked_types == ["bytes"]
    assert hints["rates"].is_iterated
    assert hints["options"].keys == ["rounding"]


def test_a_function_without_text_gives_no_hints() -> None:
    assert hints_of(len) == {}


@pytest.mark.parametrize(
    "pattern",
    [
        r"^P(\d+Y)?(\d+M)?(T\d{1,2}H)?$",
        r"(?P<quote>['\"])\w+(?P=quote)",
        r"[a-f0-9]{8}-[^x]{2}|none",
        r"(?:ab|cd)+\s*=\s*\S+",
    ],
)
def test_texts_are_made_that_fit_a_pattern(pattern: str) -> None:
    rng = random.Random(1)
    texts = [fitting_text(re.compile(pattern), rng) for _ in range(20)]
    assert any(text is not None and re.search(pattern, text) for text in texts)


def test_patterns_are_found_in_lists_plain_strings_and_functions_of_a_module() -> None:
    module = types.ModuleType("rules")
    module.__dict__.update(DATE=r"\d{4}-\d{2}", TABLE=[(re.compile("k+v"), "pair")])
    words = {"rules": [r"(\d+):(\d+)$", "plain", "no pattern"]}
    texts = fitting_texts([module], words, random.Random(1))["rules"]
    assert any(re.fullmatch(r"\d+:\d+", text) for text in texts)
    assert "plain" not in texts
    assert any(re.fullmatch(r"\d{4}-\d{2}", text) for text in texts)
    assert any(re.fullmatch("k+v", text) for text in texts)


@pytest.mark.parametrize(
    ("doing", "undoing"),
    [
        ("dumps", "loads"),
        ("to_dict", "from_dict"),
        ("save_order", "load_order"),
        ("duration_isoformat", "parse_duration"),
        ("__setitem__", "__getitem__"),
    ],
)
def test_names_that_undo_each_other_are_known(doing: str, undoing: str) -> None:
    assert is_inverse(doing, undoing)


def test_names_that_only_look_alike_are_not_pairs() -> None:
    assert not is_inverse("load", "dump")
    assert not is_inverse("format", "format")


def test_patterns_of_bytes_give_texts_as_well() -> None:
    module = types.ModuleType("wire")
    module.LINE = re.compile(rb"(GET|PUT) /\w+")  # type: ignore[attr-defined]
    texts = fitting_texts([module], {}, random.Random(1))["wire"]
    assert all(re.fullmatch(r"(GET|PUT) /\w+", text) for text in texts)


def test_what_a_parameter_is_compared_with_is_known_by_name() -> None:
    names = hints_of(asks_for_markers)["role"].names
    assert names == ["CLIENT", "SERVER", "Role.OPEN", "TABLE"]


def asks_for_markers(role: Any, other: Any) -> Any:
    if role in (CLIENT, SERVER) or role is Role.OPEN:  # type: ignore[name-defined]  # noqa: F821
        return role == other
    return TABLE[role]  # type: ignore[name-defined]  # noqa: F821


def reads_a_form(form: Any, note: Any) -> Any:
    if not hasattr(form, "getlist"):
        raise TypeError("no form")
    return note.title(form.name, 2)


def test_an_object_is_shaped_as_a_function_asks_for_one() -> None:
    hints, rng = hints_of(reads_a_form), random.Random(2)
    assert hints["form"].may_have == {"getlist"}
    assert hints["note"].calls == {"title": 2}
    made = shaped(hints["form"], frozenset(), "", Words({}, [], {}, rng), rng)
    assert made is not None
    space: dict[str, Any] = {}
    exec(made.program.imports[0], space)
    form = eval(made.code, space)
    assert isinstance(form.getlist("tea"), list)
    assert isinstance(form.name, str)
    assert not can_be_shaped(Hint(), frozenset())


def test_nothing_is_shaped_in_place_of_what_the_target_has_itself() -> None:
    hints, owned = hints_of(reads_a_form), owned_names([Note])
    assert not can_be_shaped(hints["note"], owned)
    assert not can_be_shaped(hints["form"], owned_names([Order]))
    assert can_be_shaped(hints["form"], owned)


class Note:
    def title(self, name: str, size: int) -> str:
        return name * size


class Order:
    def __init__(self) -> None:
        self.name = "tea"
