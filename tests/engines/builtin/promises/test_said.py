"""Only whole claims about the value itself are read from a docstring."""

from __future__ import annotations

import pytest

from itc_tui.engines.builtin.inside.promises.said import Said, said_in


def only(docstring: str) -> Said:
    (said,) = said_in(docstring)
    return said


@pytest.mark.parametrize(
    ("docstring", "low", "high"),
    [
        ("Get similarity from 0 to 1", 0, 1),
        ("Return a float between -1 and 1 (inclusive).", -1, 1),
        ("Returns a number between 0 and 1, indicating how suboptimal the tree is.", 0, 1),
        ("Rate it.\n\n:return: A score in the range [0, 100].\n:rtype: float", 0, 100),
        ("Rate it.\n\n:returns:\n    the ratio, from 0.0 to 1.0", 0, 1),
        ("Rate it.\n\nReturns:\n    float: A value between 0 and 1.\n", 0, 1),
        ("Rate it.\n\nReturns\n-------\nfloat\n    A value in [0, 1].\n", 0, 1),
        ("Weigh it.\n\nOutput is full-scale from 0 to 1.", 0, 1),
    ],
)
def test_a_range_of_the_value_is_read(docstring: str, low: float, high: float) -> None:
    said = only(docstring)
    assert (said.kind, said.low, said.high) == ("range", low, high)
    assert said.is_kept_by(high) is True
    assert said.is_kept_by(high + 0.5) is False
    assert said.is_kept_by(high + 1e-13) is True, "that is what floats are like"
    assert said.is_kept_by("high") is None
    assert said.is_kept_by(float("nan")) is None


@pytest.mark.parametrize(
    "docstring",
    [
        "Return a float between 0 and 1 if it is normalized.",
        "Return a number between 0 and 1, or None.",
        "Return a random number between 0 and 1 unless it is seeded.",
        "Return a tuple of 3 values in 0..1.",
        "Return a list of numbers between 0 and 1.",
        "Return the probability, usually between 0 and 1.",
        "Return the orders between 2 and 5.",
        "Return the value between 200 and 400 bytes.",
        "Checks if the status code is between 200 and 400.",
        "Rate it.\n\n:param weight: a value between 0 and 1\n:return: the rating",
        "Rate it.\n\nArgs:\n    weight (float): A value between 0.0 and 0.5.\n",
        "Return a score from 0 to 1.\n\n:return: a score from 0 to 100",
        "The status is from 0 to 5.",
        "Return a score from 1 to 1.",
    ],
)
def test_what_may_mean_another_thing_is_no_promise(docstring: str) -> None:
    assert [one for one in said_in(docstring) if one.kind == "range"] == []


def test_the_claim_is_the_sentence_in_python() -> None:
    assert only("Get distance from 0 to 1").claim("x") == "0 <= x <= 1"
    assert only("The result is never negative.").claim("x") == "x >= 0"
    assert only("Returns a sorted list of names.").claim("x") == "x == sorted(x)"
    assert only("Returns a 3-tuple (year, week, day).").claim("x") == "len(x) == 3"


@pytest.mark.parametrize(
    ("docstring", "kept", "broken", "other"),
    [
        ("The result is always positive.", 0, -1, None),
        ("Return a non-negative integer.", 3, -3, "3"),
        ("Returns a sorted list of numbers.", [1, 2], [2, 1], (2, 1)),
        ("Returns a sorted list of numbers.", [], [2, 1], [1, "a"]),
        ("Returns a tuple of two elements.", (1, 2), (1,), None),
    ],
)
def test_other_whole_claims(docstring: str, kept: object, broken: object, other: object) -> None:
    said = only(docstring)
    assert [said.is_kept_by(one) for one in (kept, broken, other)] == [True, False, None]


@pytest.mark.parametrize(
    "docstring",
    [
        "Returns a sorted list, the newest first if asked for.",
        "Returns a sorted list in descending order.",
        "Return a positive integer or zero.",
        "Returns a 2-tuple if there is a pair.",
        "Returns a 2-tuple.\n\nNone for the last one.",
    ],
)
def test_a_condition_or_another_order_makes_it_none(docstring: str) -> None:
    assert said_in(docstring) == []


@pytest.mark.parametrize(
    ("docstring", "is_said"),
    [
        ("Return the node, or None if there is none.", True),
        ("Returns ``None`` when it is not known.", True),
        ("Find it.\n\n:return: The node. None is returned at the end.", True),
        ("Returns a tuple (name, None if unknown).", False),
        ("Return the name of None.", False),
    ],
)
def test_that_nothing_may_be_given_is_read(docstring: str, is_said: bool) -> None:
    assert [one.kind for one in said_in(docstring)] == ["nothing"] * is_said


def test_markup_is_left_away() -> None:
    said = only("Return the :class:`~shop.Order`, or ``None`` if *name* is unknown.")
    assert said.text == "Return the shop.Order, or None if name is unknown."
