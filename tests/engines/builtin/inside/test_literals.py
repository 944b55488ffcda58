"""A value is written as Python that makes an equal one, or not at all."""

from __future__ import annotations

import datetime
import enum
from collections import OrderedDict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

import pytest

from itc_tui.engines.builtin.inside.literals import written
from itc_tui.engines.builtin.inside.surface import Surface


class Colour(enum.Enum):
    RED = 1


@dataclass
class Line:
    item: str
    prices: list[Decimal] = field(default_factory=list)


class Point(NamedTuple):
    x: int
    y: int


class Plain:
    pass


_Kept = enum.Enum("_Kept", {"NOTHING": 1}, module="shop._making")
Day = enum.Enum("Day", {"MONDAY": 1}, module="calendars.days")


def surface() -> Surface:
    found = Surface()
    for thing in (Colour, Line, Point, Plain):
        found.paths[id(thing)] = (__name__, thing.__name__)
    return found


@pytest.mark.parametrize(
    "value",
    [
        {"a": [1, 2.5, None], "b": (True,)},
        {"z", "a"},
        OrderedDict(b=1, a=2),
        datetime.datetime(2020, 1, 31, 12, tzinfo=datetime.UTC),
        Decimal("1.50"),
        Colour.RED,
        Line("tea", [Decimal("2.5")]),
        [Point(1, 2)],
        frozenset(),
    ],
)
def test_what_is_written_makes_an_equal_value(value: Any) -> None:
    found = written(value, surface())
    assert found is not None
    names = {"Colour": Colour, "Line": Line, "Point": Point}
    exec("\n".join(line for line in found.imports if __name__ not in line), names)
    assert eval(found.code, names) == value


@pytest.mark.parametrize(
    "value",
    [
        Plain(),
        float("nan"),
        object(),
        ["<Plain object at 0x7f12ab34cd>"],
        "x" * 5000,
        datetime.datetime.now(datetime.UTC).strftime("made on %Y-%m-%d"),
    ],
)
def test_what_is_not_the_same_tomorrow_is_not_written(value: Any) -> None:
    assert written(value, surface()) is None


def test_a_set_is_written_in_one_order_whatever_the_hash_seed() -> None:
    found = written({"b", "a", "c"}, surface())
    assert found is not None
    assert found.code == "{'a', 'b', 'c'}"


def test_a_member_of_what_another_library_keeps_to_itself_is_not_written() -> None:
    """Whoever reads the test could not import it, or not tomorrow."""
    assert written(_Kept.NOTHING, Surface()) is None
    found = written(Day.MONDAY, Surface())
    assert found is not None
    assert found.imports == {"from calendars.days import Day"}


class Ledger(dict[str, Any]):
    """Reads its keys in its own way, and compares as any dict does."""

    def __getitem__(self, key: str) -> Any:
        return super().__getitem__(key.lower())


class Picky(dict[str, Any]):
    def __eq__(self, other: object) -> bool:
        return self is other

    __hash__ = None


def test_an_heir_within_something_is_written_as_what_it_is_equal_to() -> None:
    code = _code_of({"tea": Ledger(Cups=3), "mark": type("Mark", (str,), {})("x")})
    assert code == "{'tea': {'Cups': 3}, 'mark': 'x'}"


def test_an_heir_with_its_own_mind_about_what_is_equal_is_not_written() -> None:
    assert _code_of([Picky(cups=3)]) is None


def _code_of(value: Any) -> str | None:
    found = written(value, surface())
    return found.code if found else None
