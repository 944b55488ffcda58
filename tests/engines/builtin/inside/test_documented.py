"""What a docstring says of a value is told of just the function that gave it."""

from __future__ import annotations

import sys
import types
from textwrap import dedent
from types import SimpleNamespace
from typing import Any

import pytest

from itc_tui.engines.builtin.inside.documented import Docstrings, Documented, called_by

SOURCE = '''
    class Shelf:
        def find(self, name):
            """Return the place of it, or ``None`` if there is none."""

        def share(self):
            """Return the share from 0 to 1."""

        def is_full(self):
            """Look at it. Returns whether nothing fits in.

            :return: True or False
            """

        @property
        def size(self):
            """Return the number of cups."""

        @staticmethod
        def named(name):
            """Gets a shelf."""

        def __call__(self):
            """Returns what is on it."""

    class Wide(Shelf):
        def find(self, name):
            return None

    def silent():
        return 3
'''


@pytest.fixture
def space(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    module = types.ModuleType("pack")
    monkeypatch.setitem(sys.modules, "pack", module)
    exec(dedent(SOURCE), vars(module))
    held = vars(module)
    return {**held, "pack": module, "shelf": held["Shelf"](), "wide": held["Wide"]()}


def told(space: dict[str, Any], code: str, value: object) -> Documented:
    return Docstrings(SimpleNamespace(tops=("pack",))).of(code, value, space)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("shelf.find('x')", "find"),
        ("pack.Shelf().find('x')", None),
        ("shelf.size", "size"),
        ("shelf.named('x')", "named"),
        ("Shelf.named('x')", "named"),
        ("pack.silent()", "silent"),
        ("shelf()", "__call__"),
        ("len(shelf.find('x'))", None),
        ("shelf.find('x') + 1", None),
        ("shelf.find", None),
        ("x = 3", None),
        ("print('x')", None),
    ],
)
def test_it_is_known_what_a_statement_calls(
    space: dict[str, Any], code: str, name: str | None
) -> None:
    assert getattr(called_by(code, space), "__name__", None) == name


def test_nothing_is_promised_where_the_words_say_so(space: dict[str, Any]) -> None:
    source = "docstring of find: Return the place of it, or None if there is none"
    assert told(space, "shelf.find('x')", None) == Documented(
        source,
        "the docstring of `find` says: ‘Return the place of it, or None if there is none’",
    )
    assert told(space, "wide.find('x')", None).source == source, "an heir keeps the word"
    assert told(space, "shelf.share()", None) == Documented()


def test_another_value_is_told_with_the_words_about_it(space: dict[str, Any]) -> None:
    assert told(space, "shelf.share()", 0.5) == Documented(
        told="the docstring of `share` says: ‘Return the share from 0 to 1’"
    )
    assert told(space, "silent()", 3) == Documented()
    assert told(space, "shelf.is_full()", True).told.endswith("‘Returns whether nothing fits in’")
    assert told(space, "shelf.named('x')", 3) == Documented(), "two words tell nothing"
    assert told(space, "unknown()", 3) == Documented()


def test_what_the_words_rule_out_is_known_as_such(space: dict[str, Any]) -> None:
    assert told(space, "shelf.share()", 1.5).is_ruled_out
