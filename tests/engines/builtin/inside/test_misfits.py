"""What is annotated is what a reader expects to be handed over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from itc_tui.engines.builtin.inside.misfits import Misfits


@dataclass
class Order:
    number: int
    customer: str
    lines: tuple[str, ...] = ()
    note: str = None  # type: ignore[assignment]

    def rename(self, name: str | None, *words: int) -> str:
        return str(name)

    def __eq__(self, other: object) -> bool:
        return True


def free(value: Any, other=3):  # type: ignore[no-untyped-def]
    return value


def written(filename, text, count=None, callback=None, key=1, url=b"", limit=0.5):  # type: ignore[no-untyped-def]
    return filename


SPACE = {
    "Order": Order,
    "free": free,
    "written": written,
    "order": Order(1, "ann"),
    "names": ("tea",),
    "len": len,
}


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("Order(1, 'ann', names)", 0),
        ("Order(True, 'ann', ('tea', 'milk'))", 0),
        ("Order(1, 'ann', (), None)", 0),
        ("Order('1', 2)", 2),
        ("Order(len, 'ann')", 1),
        ("Order(1, 'ann', lines=order)", 1),
        ("Order(1, 'ann', (3,))", 1),
        ("order.rename(None)", 0),
        ("order.rename(3)", 1),
        ("order.rename('bob', 'x')", 0),
        ("str(Order(1, 2))", 1),
        ("order == 3", 0),
        ("free(3, other='x')", 1),
        ("free(3, other=2.5)", 0),
        ("free(3, other=True)", 1),
        ("free(3, other=None)", 0),
        ("Order(*names)", 0),
        ("nowhere(3)", 0),
        ("written('a.txt', 'tea', 3, len)", 0),
        ("written(False, 3)", 2),
        ("written(3, None, 'tea', 'cup')", 3),
        ("written(names, order)", 1),
        ("written('a.txt', b'tea', None, None, 'x', b'/', 1)", 1),
        ("not python", 0),
    ],
)
def test_arguments_are_held_to_their_annotations(code: str, count: int) -> None:
    assert Misfits().count(code, dict(SPACE)) == count
