"""Cases are dealt out evenly, and stay with their kin."""

from __future__ import annotations

import pytest

from itc_tui.adapters.proving.shares import shares_of

KETTLES = [f"k{number}" for number in range(5)]
LEAVES = [f"l{number}" for number in range(5)]
MIXED = [one for pair in zip(KETTLES, LEAVES) for one in pair]


def test_what_is_of_one_kin_stays_together() -> None:
    assert shares_of(MIXED, 2, lambda one: one[0]) == [KETTLES, LEAVES]


def test_one_large_kin_is_split_all_the_same() -> None:
    assert shares_of(MIXED[:9], 2, lambda _one: "") == [MIXED[:4], MIXED[4:9]]


@pytest.mark.parametrize(("number", "hands", "expected"), [(7, 4, 1), (8, 4, 2), (10, 1, 1)])
def test_few_cases_are_not_worth_another_box(number: int, hands: int, expected: int) -> None:
    shares = shares_of(MIXED[:number], hands, lambda one: one[0])
    assert len(shares) == expected
    assert sorted(one for share in shares for one in share) == sorted(MIXED[:number])
