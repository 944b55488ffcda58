"""Who upsets whom is found pair by pair; and the fewest go."""

from __future__ import annotations

from collections.abc import Callable

from itc_tui.adapters.boxing.box import ScratchBox
from itc_tui.domain.requests import DraftCase, DraftFile
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.upsetting import best_without, upset_by
from tests.draining import drained
from tests.engines.builtin.small_targets import MakeTarget

TESTS = """
import codecs, time
from pathlib import Path

def test_looks_for_a_file():
    assert not Path("left.txt").exists()

def test_looks_for_a_codec():
    try:
        codecs.lookup("x-shop")
    except LookupError:
        return
    assert False, "somebody registered it"

def test_is_wrong():
    assert 1 == 2

def test_registers_a_codec():
    codecs.register(lambda name: codecs.lookup("ascii") if name == "x_shop" else None)

def test_minds_nothing():
    assert True

def test_leaves_a_file():
    Path("left.txt").write_text("x")

def test_ends_the_process():
    import os

    os._exit(3)
"""


def test_each_victim_is_told_with_who_upsets_it_even_for_good(
    make_target: MakeTarget, open_box: Callable[[Target], ScratchBox]
) -> None:
    names = [line[4:].partition("(")[0] for line in TESTS.splitlines() if line.startswith("def ")]
    cases = tuple(DraftCase(case_id=name, scenario_id="IS-001", function=name) for name in names)
    file = DraftFile(path="tests/test_shop.py", text=TESTS, cases=cases)
    failing = [f"{file.path}::{name}" for name in names[:3]]
    box = open_box(make_target(**{"shop/till.py": ""}))
    upset, _ = drained(upset_by(box, [file], failing))
    assert upset == {
        "tests/test_shop.py::test_registers_a_codec": [
            "tests/test_shop.py::test_looks_for_a_codec"
        ],
        "tests/test_shop.py::test_leaves_a_file": ["tests/test_shop.py::test_looks_for_a_file"],
    }


def test_the_fewest_go_so_that_the_others_are_left_in_peace() -> None:
    assert best_without({"loud": ["a", "b", "c"], "rude": ["c"]}) == {
        "loud": ("a", "b", "c"),
        "rude": ("c",),
    }
    assert best_without({name: ["touchy"] for name in ("a", "b", "c")}) == {"touchy": ()}
    assert best_without({"first": ["last"]}) == {"first": ("last",)}
