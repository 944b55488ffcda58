"""What a function's text names is imported from where a person would import it."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from itc_tui.engines.builtin.inside.named_values import name_a_table, one_of_the_named
from itc_tui.engines.builtin.inside.surface import read_surface

KINDS = """
from typing import Tuple

class Marker:
    pass

OPEN = Marker()

def is_tuple(kind):
    return kind is Tuple or kind is OPEN
"""


@pytest.mark.parametrize(
    ("name", "line"),
    [("Tuple", "from typing import Tuple"), ("OPEN", "from shop_kinds import OPEN")],
)
def test_a_foreign_thing_comes_from_its_own_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, line: str
) -> None:
    (tmp_path / "shop_kinds.py").write_text(KINDS, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    surface = read_surface(["shop_kinds"])
    (func,) = (one.func for one in surface.callables if one.kind == "function")
    made = one_of_the_named(func, [name], surface, random.Random(1))
    monkeypatch.delitem(sys.modules, "shop_kinds")
    assert made is not None
    assert (made.program.imports, made.code) == ((line,), name)


TABLES = """
NAMES = {"fr": 1, "it": 2}
MIXED = ("fr", 2)
ONE = ["fr"]

def spoken(lang):
    return NAMES[lang]
"""


def test_a_table_of_words_is_told_from_other_collections(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shop_tables.py").write_text(TABLES, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    surface = read_surface(["shop_tables"])
    (func,) = (one.func for one in surface.callables if one.kind == "function")
    assert name_a_table(func, ["lang", "NAMES"])
    assert not name_a_table(func, ["MIXED", "ONE", "nowhere"])
    made = {one_of_the_named(func, ["NAMES"], surface, random.Random(n)) for n in range(9)}
    monkeypatch.delitem(sys.modules, "shop_tables")
    assert {one.code for one in made if one is not None} == {"'fr'", "'it'"}
