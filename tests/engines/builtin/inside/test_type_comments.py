"""Types that stand in comments, as code has them that ran on Python 2 as well."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from itc_tui.engines.builtin.inside.type_comments import comment_types

TEXT = """
from typing import Optional

class Basket(object):
    def __init__(self, size, names=(), *more, **rest):
        # type: (int, Optional[list], *str, **bool) -> None
        self.size = size

    def put(
        self,
        item,  # type: str
        count=1,  # type: Nowhere
    ):
        # type: (...) -> Basket
        return self

    @classmethod
    def of(cls, text):
        # type: (str) -> Basket
        return cls(len(text))

def plain(one, two):
    # type: (int) -> int
    return one  # type: ignore

def whole(one):
    # type: (
    return one
"""


@pytest.fixture
def basket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    (tmp_path / "old_basket.py").write_text(TEXT, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    module = __import__("old_basket")
    monkeypatch.setitem(sys.modules, "old_basket", module)
    return module


def test_comments_of_a_whole_signature_and_of_each_parameter_are_read(basket: ModuleType) -> None:
    assert comment_types(basket.Basket) == {
        "size": int,
        "names": list | None,
        "more": str,
        "rest": bool,
    }
    assert comment_types(basket.Basket.put) == {"item": str}
    assert comment_types(basket.Basket.of) == {"text": str}


def test_comments_that_do_not_fit_say_nothing(basket: ModuleType) -> None:
    assert comment_types(basket.plain) == {}
    assert comment_types(basket.whole) == {}
    assert comment_types(len) == {}
