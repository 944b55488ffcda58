"""A program meets the warnings that the target's own tests would meet."""

from __future__ import annotations

import warnings

import pytest

from itc_tui.engines.builtin.inside.warning_filters import Filters


def raised(written: list[str], text: str, kind: type[Warning]) -> bool:
    filters = Filters()
    filters.take(written)
    with warnings.catch_warnings():
        filters.apply()
        try:
            warnings.warn(text, kind, stacklevel=1)
        except Warning:
            return True
    return False


@pytest.mark.parametrize(
    ("written", "is_raised"),
    [
        ([], False),
        (["error"], True),
        (["default", "once::UserWarning"], False),
        (["error", "ignore::UserWarning"], False),
        (["ignore::UserWarning", "error"], True),
        (["error::DeprecationWarning"], False),
        (["error", "ignore:.*key is short"], False),
        (["error", "ignore:a key"], True),
        (["error", "ignore::no.such.module.Kind"], True),
        (["error", "ignore:("], True),
        (["error", "ignore::collections.OrderedDict"], True),
    ],
)
def test_a_warning_is_an_error_unless_a_later_filter_lets_it_be(
    written: list[str], is_raised: bool
) -> None:
    assert raised(written, "the key is short", UserWarning) is is_raised
