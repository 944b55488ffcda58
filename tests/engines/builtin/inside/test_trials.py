"""What a trial tells of how it ended."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

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


WARNING = """
import warnings


def old(kind):
    warnings.warn("ask for the new one", kind, stacklevel=2)


def stale():
    return made_elsewhere()
"""


@pytest.mark.parametrize(("call", "is_meant"), [("old(Kind)", True), ("stale()", False)])
def test_a_warning_that_is_an_error_is_meant_where_the_target_itself_gives_it(
    tmp_path: Path, call: str, is_meant: bool
) -> None:
    """What another library says of itself is no promise of the target's."""

    def made_elsewhere() -> None:
        raise DeprecationWarning("of another day")

    file = tmp_path / "till.py"
    file.write_text(WARNING, encoding="utf-8")
    space = {"made_elsewhere": made_elsewhere, "Kind": DeprecationWarning}
    exec(compile(WARNING, str(file), "exec"), space)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(DeprecationWarning) as caught:
            eval(call, space)
    assert raised_by(caught.value, Tracer(str(tmp_path))).by_target is is_meant
