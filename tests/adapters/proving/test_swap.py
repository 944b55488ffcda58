"""What is loaded gets a fault without being loaded again, or says that it cannot."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from itc_tui.adapters.proving.inside.itc_swap import Loaded, in_file, put

TEXT = """
import functools


def counted(function):
    @functools.wraps(function)
    def wrapper(*given):
        return function(*given), len(given)
    return wrapper


@counted
def double(n):
    return n * 2


@functools.lru_cache(maxsize=None)
def weight(n):
    return [one + 1 for one in range(n)]


class Shelf:
    room = 3

    @property
    def left(self):
        return self.room - 1

    @staticmethod
    def named(name):
        def greeting():
            return "shelf " + name
        return greeting


def adder(n):
    def add(m):
        return n + m
    return add


add_two = adder(2)
"""


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[ModuleType]:
    file = tmp_path / "swapped_shop.py"
    file.write_text(TEXT, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("swapped_shop", file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["swapped_shop"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["swapped_shop"]


@pytest.mark.parametrize(
    ("right", "wrong", "question", "answer"),
    [
        ("n * 2", "n * 3", "double(2)", (6, 1)),
        ("len(given)", "len(given) + 1", "double(2)", (4, 2)),
        ("one + 1", "one - 1", "weight(2)", [-1, 0]),
        ("self.room - 1", "self.room", "Shelf().left", 3),
        ('"shelf " + name', "name", "Shelf.named('tea')()", "tea"),
        ("n + m", "n - m", "add_two(1)", 1),
        ("n + m", "n - m", "adder(3)(1)", 2),
        ("    return [one", "    return [  # a longer\n        one", "weight(1)", [1]),
    ],
)
def test_every_function_that_the_source_made_gets_the_fault(
    shop: ModuleType, right: str, wrong: str, question: str, answer: object
) -> None:
    swap = Loaded().swap(str(shop.__file__), TEXT, TEXT.replace(right, wrong))
    assert swap is not None
    put(swap)
    assert eval(question, vars(shop)) == answer


def test_where_names_of_an_outer_function_change_it_has_to_be_loaded_anew(shop: ModuleType) -> None:
    faulty = TEXT.replace("return n + m", "return m")
    assert Loaded().swap(str(shop.__file__), TEXT, faulty) is None


def test_what_is_gone_from_the_module_has_to_be_loaded_anew(shop: ModuleType) -> None:
    del shop.double.__wrapped__, shop.double
    assert Loaded().swap(str(shop.__file__), TEXT, TEXT.replace("n * 2", "n * 3")) is None


def test_what_is_not_loaded_yet_will_be_read_from_its_file(tmp_path: Path) -> None:
    file = str(tmp_path / "shop.py")
    assert Loaded().swap(file, TEXT, TEXT.replace("n * 2", "n * 3")) == []


def test_the_file_is_as_it_was_afterwards(tmp_path: Path) -> None:
    file = tmp_path / "shop.py"
    file.write_bytes("# coding: latin-1\r\nNAME = 'café'\r\n".encode("latin-1"))
    before = file.read_bytes(), file.stat().st_mtime_ns
    with in_file(str(file), "# coding: latin-1\r\nNAME = 'thé'\r\n", 7):
        assert "thé".encode("latin-1") in file.read_bytes()
        assert file.stat().st_mtime_ns != before[1]
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before
