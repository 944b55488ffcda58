"""What a trial tells of how it ended."""

from __future__ import annotations

import sys

import pytest

from itc_tui.engines.builtin.inside.tracing import Tracer
from itc_tui.engines.builtin.inside.trials import raised_by


@pytest.mark.skipif(sys.version_info < (3, 11), reason="there are no groups of exceptions")
def test_a_group_of_exceptions_is_known_by_its_message_without_their_number() -> None:
    """pytest compares that part alone, since it has groups of its own."""
    error = ExceptionGroup("two cups broke", [ValueError("one"), ValueError("two")])
    assert str(error) == "two cups broke (2 sub-exceptions)"
    assert raised_by(error, Tracer("/nowhere")).message == "two cups broke"
    with pytest.raises(ExceptionGroup, match=r"two cups broke$"):
        raise error
