"""A test holds the target to its own words, and to no other package's."""

from __future__ import annotations

from typing import Any

import pytest

from itc_tui.engines.builtin.inside.own_words import own_words


class NoTracer:
    """Of a target that none of this is of."""

    def relative(self, _file: str) -> str | None:
        return None


class Foreign(Exception):
    """Of a package that the target works with."""


Foreign.__module__ = "foreign.errors"


def said(message: str, behind: BaseException | None) -> str:
    try:
        raise ValueError(message) from behind
    except ValueError as error:
        tracer: Any = NoTracer()
        return own_words(error, tracer)


@pytest.mark.parametrize(
    ("message", "behind", "own"),
    [
        ("PORT invalid: Not a number.", Foreign("Not a number."), "PORT invalid:"),
        ("PORT invalid: ['Too small.']", Foreign(["Too small."]), "PORT invalid:"),
        ("PORT invalid: Not a number.", KeyError("Not a number."), "PORT invalid: Not a number."),
        ("PORT invalid: Not a number.", Foreign("Too small."), "PORT invalid: Not a number."),
        ("Not a number.", Foreign("Not a number."), ""),
        ("PORT invalid", None, "PORT invalid"),
    ],
)
def test_words_end_where_another_packages_begin(
    message: str, behind: BaseException | None, own: str
) -> None:
    assert said(message, behind) == own
