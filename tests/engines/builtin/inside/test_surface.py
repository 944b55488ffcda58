"""What can be called, and how often: packages with many classes that inherit the same."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from itc_tui.engines.builtin.inside.hints import hints_of
from itc_tui.engines.builtin.inside.inverse import is_inverse
from itc_tui.engines.builtin.inside.shapes import pairs_of
from itc_tui.engines.builtin.inside.surface import Surface, read_surface

HEIRS = 150
METHODS = 40


@pytest.fixture
def wide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Surface:
    """A base class of many methods, and a crowd that inherits them all."""
    methods = [f"    def encode_{i}(self, it): return it[{i}]\n" for i in range(METHODS // 2)]
    methods += [f"    def decode_{i}(self, it): return it\n" for i in range(METHODS // 2)]
    heirs = [f"class Heir{i}(Base):\n    pass\n" for i in range(HEIRS)]
    text = "class Base:\n    def __init__(self, size):\n        self.size = size - 1\n"
    text += "    @property\n    def width(self): return 1\n"
    text += "    @staticmethod\n    def any(it): return it\n"
    (tmp_path / "crowd.py").write_text(text + "".join(methods + heirs), encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    surface = read_surface(["crowd"])
    monkeypatch.delitem(sys.modules, "crowd")
    return surface


def test_partners_by_name_are_found_among_thousands_at_once(wide: Surface) -> None:
    """All pairs of six thousand are thirty-six million; the search would end before it began."""
    began = time.process_time()
    partners = pairs_of(wide.callables)
    assert time.process_time() - began < 2
    assert len(partners) > (HEIRS * METHODS) // 3
    target = next(iter(partners))
    short = target.rpartition(".")[2]
    assert all(is_inverse(short, one.ident.rpartition(".")[2]) for one in partners[target])


def test_what_many_inherit_does_not_crowd_out_what_each_has_of_its_own(wide: Surface) -> None:
    weight = dict.fromkeys(("class", "method", "property", "static"), 0.0)
    for entry in wide.callables:
        weight[entry.kind] += entry.shown
    assert weight["method"] == pytest.approx(2 * METHODS)
    assert weight["class"] == HEIRS + 1  # each has to be made before anything is asked of it


def test_a_method_is_shown_by_the_class_that_defines_it(wide: Surface) -> None:
    shown = {entry.ident: entry.shown for entry in wide.callables}
    assert shown["crowd:Base.encode_1"] == shown["crowd:Base.width"] == shown["crowd:Base.any"] == 1
    for name in ("encode_1", "width", "any"):
        assert shown[f"crowd:Heir3.{name}"] == pytest.approx(1 / HEIRS)


def test_an_inherited_constructor_gives_its_hints(wide: Surface) -> None:
    heir = next(one.func for one in wide.callables if one.ident == "crowd:Heir7")
    assert hints_of(heir)["size"].is_number


def test_what_pytest_would_collect_by_its_name_is_called_by_way_of_its_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (
        "def tested(it): return it\n\n\nclass TestClient:\n    pass\n\n\ndef ask(it): return it\n"
    )
    (tmp_path / "asking.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    surface = read_surface(["asking"])
    monkeypatch.delitem(sys.modules, "asking")
    written = {(one.imports, one.template) for one in surface.callables}
    assert written == {
        ("import asking", "asking.tested(...)"),
        ("import asking", "asking.TestClient(...)"),
        ("from asking import ask", "ask(...)"),
    }
