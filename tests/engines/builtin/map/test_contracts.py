"""Contracts are read off signatures, shapes and docstrings."""

from __future__ import annotations

from pathlib import Path

import pytest

from itc_tui.engines.builtin.map.contracts import boundary_contract, shape_of, signature_of
from itc_tui.engines.builtin.map.docstrings import documented_raises
from tests.engines.builtin.map.shops import indexed

SHAPES = """
    import enum
    from abc import ABC
    from dataclasses import dataclass
    from typing import NamedTuple, Protocol, TypedDict
    import attrs
    from attr import define
    import pydantic
    from pydantic import BaseModel

    @dataclass(frozen=True)
    class Order:
        item: str
        count: int = 1

    class Customer(BaseModel):
        name: str

    class Vip(Customer): ...
    class Row(TypedDict): ...
    class Point(NamedTuple):
        x: int
    class Saves(Protocol): ...
    class Colour(enum.Enum): ...
    class Loud(str, enum.Enum): ...
    @attrs.define
    class A: ...
    @define
    class B: ...
    class Broken(ValueError): ...
    class MoreBroken(Broken): ...
    class Port(ABC): ...
    class Plain:
        def __init__(self, path, *, mode="r"): ...
    class Heir(Plain): ...
"""


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("Order", "dataclass"),
        ("Customer", "pydantic"),
        ("Vip", "pydantic"),
        ("Row", "typed dict"),
        ("Point", "named tuple"),
        ("Saves", "protocol"),
        ("Colour", "enum"),
        ("Loud", "enum"),
        ("A", "attrs"),
        ("B", "attrs"),
        ("Broken", "exception"),
        ("MoreBroken", "exception"),
        ("Port", "abstract class"),
        ("Plain", ""),
    ],
)
def test_the_shape_of_a_class_is_known(name: str, shape: str, tmp_path: Path) -> None:
    index = indexed(tmp_path, {"shop/__init__.py": "", "shop/shapes.py": SHAPES})
    assert shape_of(index.classes[f"shop.shapes.{name}"]) == shape


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Order", "Order(item: str, count: int = 1)"),
        ("Plain", 'Plain(path, *, mode="r")'),
        ("Heir", 'Heir(path, *, mode="r")'),
        ("Colour", "Colour()"),
        ("Nothing", "Nothing(…)"),
    ],
)
def test_making_a_class_is_written_as_one_calls_it(name: str, text: str, tmp_path: Path) -> None:
    index = indexed(tmp_path, {"shop/__init__.py": "", "shop/shapes.py": SHAPES})
    assert signature_of(index, f"shop.shapes.{name}") == text


def test_a_boundary_tells_its_signatures_and_its_errors(tmp_path: Path) -> None:
    index = indexed(
        tmp_path,
        {
            "shop/__init__.py": "",
            "shop/store.py": '''
                class Missing(KeyError): ...
                def load(key: str) -> int:
                    """Finds it.

                    Raises:
                        TimeoutError: when it takes too long.
                    """
                    raise Missing(key)
                def save(key): ...
            ''',
        },
    )
    names = ["shop.store.load", "shop.store.save", "shop.store.Missing"]
    assert boundary_contract(index, names) == (
        "load(key: str) -> int; save(key); raises Missing, TimeoutError"
    )


@pytest.mark.parametrize(
    "docstring",
    [
        "Loads.\n\n:raises KeyError: when missing\n:raises shop.Broken: sometimes",
        """Loads.

        Raises:
            KeyError: when missing
                and more about it: yes.
            shop.Broken: sometimes

        Returns:
            Other: no
        """,
        "Loads.\n\nRaises\n------\nKeyError\n    When missing.\nshop.Broken\n    Sometimes.\n",
        "Loads.\n\n:raises KeyError, shop.Broken: when missing",
    ],
    ids=["sphinx", "google", "numpy", "both at once"],
)
def test_documented_exceptions_are_read_in_every_style(docstring: str) -> None:
    assert documented_raises(docstring) == ("KeyError", "shop.Broken")
