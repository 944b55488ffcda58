"""A test holds the target to its own words, and to no other package's."""

from __future__ import annotations

import operator
from typing import Any

import pytest

from itc_tui.engines.builtin.inside.own_words import fails_in_its_words, own_words


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


def test_an_error_whose_words_could_not_be_put_together_is_no_refusal() -> None:
    with pytest.raises(TypeError) as broken:
        raise TypeError(operator.mod("%s is no number of cups", ("tea", 3)))
    assert fails_in_its_words(broken.value)
    assert not fails_in_its_words(TypeError("tea is no number"))
    assert not fails_in_its_words(ValueError("not all arguments converted"))
