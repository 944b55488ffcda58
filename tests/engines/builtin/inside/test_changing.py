"""One constant of a program becomes another, and what is written stays plain."""

from __future__ import annotations

import pytest

from itc_tui.engines.builtin.inside.changing import places_in, with_constant
from itc_tui.engines.builtin.inside.programs import Program, Step


@pytest.mark.parametrize(
    ("code", "new", "wanted"),
    [
        ("f(-7)", "-7", "f(7)"),
        ("f(-7)", "0", "f(0)"),
        ("f(-7)", "8", "f(-8)"),
        ("f(7)", "-7", "f(-7)"),
    ],
)
def test_a_number_has_one_sign_at_most(code: str, new: str, wanted: str) -> None:
    program = Program((), (Step("v_x_1", code),))
    (place,) = places_in(program)
    assert with_constant(program, place, new).steps[0].code == wanted
