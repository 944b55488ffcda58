"""Which variables the target asks for is seen, whoever asks on its behalf."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from itc_tui.engines.builtin.inside.asked import ASKING, Asked, make_strange

SHOP = """
import os
import getpass
import askers

def direct(name):
    return os.environ.get(name), os.getenv(name), name in os.environ

def by_library(name):
    return askers.ask(name)

def by_python(name):
    return getpass.getuser()

def every(_name):
    return sorted(os.environ)
"""


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    before = os.environ.__class__
    (tmp_path / "shop.py").write_text(SHOP, encoding="utf-8")
    library = "import os\n\ndef ask(name):\n    return os.environ.get(name)\n"
    (tmp_path / "askers.py").write_text(library, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("SHOP_OPEN", "1")
    ASKING.install(lambda file: file == str(tmp_path / "shop.py"))
    yield importlib.import_module("shop")
    os.environ.__class__ = before
    for name in ("shop", "askers"):
        sys.modules.pop(name, None)


def asked_by(shop: ModuleType, function: str, name: str) -> Asked:
    ASKING.taken()
    getattr(shop, function)(name)
    return ASKING.taken()


def test_the_target_asks_itself_or_by_a_library(shop: ModuleType) -> None:
    for function in ("direct", "by_library"):
        assert asked_by(shop, function, "SHOP_TEA") == Asked(missing=frozenset({"SHOP_TEA"}))
        assert asked_by(shop, function, "SHOP_OPEN") == Asked(there=frozenset({"SHOP_OPEN"}))
    os.environ["SHOP_NEW"] = "2"
    assert asked_by(shop, "direct", "SHOP_NEW") == Asked(set_here=frozenset({"SHOP_NEW"}))
    del os.environ["SHOP_NEW"]


def test_what_python_asks_for_or_lives_by_is_no_matter_of_the_target(shop: ModuleType) -> None:
    assert asked_by(shop, "by_python", "") == Asked()
    for name in ("PATH", "PYTHONPATH", "XDG_CACHE_HOME"):
        assert asked_by(shop, "direct", name) == Asked()
    assert asked_by(shop, "direct", "PYTHON_SHOP_DISABLED").missing == {"PYTHON_SHOP_DISABLED"}
    ASKING.taken()
    os.environ.get("SHOP_TEA")
    assert ASKING.taken() == Asked()


def test_all_of_them_and_none_that_can_be_are_told_apart(shop: ModuleType) -> None:
    assert asked_by(shop, "every", "") == Asked(lists_all=True)
    assert asked_by(shop, "direct", "no such name") == Asked(is_unfit=True)


def test_another_has_what_is_missing_and_lacks_what_is_there(shop: ModuleType) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHOP_OPEN", "1")
        patch.delenv("SHOP_TEA", raising=False)
        make_strange(["SHOP_OPEN", "SHOP_TEA"], "3")
        assert (os.environ.get("SHOP_OPEN"), os.environ.pop("SHOP_TEA")) == (None, "3")
