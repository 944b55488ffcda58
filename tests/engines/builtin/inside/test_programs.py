"""Programs are composed without clashing, and run step by step."""

from __future__ import annotations

from typing import Any

import pytest

from itc_tui.engines.builtin.inside.programs import Caught, Program, Step, from_json, run
from itc_tui.engines.builtin.inside.pytest_doubles import NoInput


def test_two_programs_share_the_steps_that_they_have_in_common() -> None:
    start = Program(("import io",), (Step("v_a_1", "io.StringIO()"),))
    one = start.then(Step("v_b_2", "v_a_1.write('x')"))
    other = start.then(Step("v_c_3", "v_a_1.getvalue()"))

    both = one.beside(other)

    assert both is not None
    assert [step.var for step in both.steps] == ["v_a_1", "v_b_2", "v_c_3"]


def test_programs_that_use_one_name_for_two_things_do_not_join() -> None:
    one = Program((), (Step("x", "1"),))
    assert one.beside(Program((), (Step("x", "2"),))) is None


@pytest.mark.parametrize(
    ("one", "other", "is_clash"),
    [
        ("from shop import parse, Basket", "from shop.texts import parse", True),
        ("from shop import Basket as Box", "from shop.boxes import Box", True),
        ("import datetime", "from datetime import datetime", True),
        ("import shop.texts", "import shop.boxes", False),
        ("from shop import parse", "from shop import Basket, parse", False),
    ],
)
def test_programs_that_mean_two_things_by_one_import_do_not_join(
    one: str, other: str, is_clash: bool
) -> None:
    """However many names an import gives."""
    assert (Program((one,)).beside(Program((other,))) is None) is is_clash


def test_a_block_stays_open_to_the_end_and_is_closed_then() -> None:
    program = Program(
        ("import contextlib",),
        (
            Step("log", "[]"),
            Step("", "log.append('before')"),
            Step("v_e_1", "contextlib.closing(type('T', (), {'close': log.clear})())", "with"),
            Step("seen", "list(log)"),
        ),
    )
    space: dict[str, Any] = {}
    # `log.clear` is looked up when the class is made, so closing empties the list.
    outcome = run(program, space)

    assert outcome.failure is None
    assert space["seen"] == ["before"]


def test_what_a_block_swallows_is_a_failure_all_the_same() -> None:
    """What stands behind it never ran; a retrying block that gave up is like that."""
    steps = (
        Step("v_e_1", "contextlib.suppress(ValueError)", "with"),
        Step("v_x_2", "int('x')"),
        Step("v_y_3", "1 + 1"),
    )
    outcome = run(Program(("import contextlib",), steps), {})
    assert outcome.failure is not None
    assert outcome.failure.at == 1
    assert len(outcome.values) == 1


def test_a_step_that_is_meant_to_raise_lets_the_program_go_on() -> None:
    program = Program((), (Step("", "int('x')", "raises"), Step("y", "1 + 1")))
    outcome = run(program, {})
    assert isinstance(outcome.values[0], Caught)
    assert outcome.values[1] == 2


def test_an_exit_is_a_failure_of_its_step_and_nothing_more() -> None:
    outcome = run(Program(("import sys",), (Step("", "sys.exit(3)"),)), {})
    assert outcome.failure is not None
    assert isinstance(outcome.failure.error, SystemExit)


def test_what_is_printed_belongs_to_the_outcome() -> None:
    assert run(Program((), (Step("", "print('tea')"),)), {}).out == "tea\n"


def test_a_program_survives_the_way_through_json() -> None:
    program = Program(("import io",), (Step("a", "1"), Step("", "for i in (1,): pass", "raw")))
    assert from_json(program.as_json()) == program


@pytest.mark.parametrize(
    ("code", "out"),
    [
        ("sys.stdout.buffer.write(b'tea\\r\\n')", "tea\r\n"),
        ("io.TextIOWrapper(sys.stdout.buffer, encoding='ascii').write('tea')", ""),
        ("(print('tea'), sys.stdout.close())", ""),
        ("(print('tea'), capsys.readouterr(), print('milk'))", "milk\n"),
    ],
)
def test_what_is_printed_is_taken_as_under_pytest(code: str, out: str) -> None:
    """There are bytes below the text, which go with whoever wraps them and lets go."""
    outcome = run(Program(("import io", "import sys"), (Step("v", code),)), {})
    assert (outcome.failure, outcome.out) == (None, out)


def test_an_unknown_encoding_is_refused_as_under_pytest() -> None:
    code = "io.TextIOWrapper(sys.stdout.buffer, encoding='no such')"
    failure = run(Program(("import io", "import sys"), (Step("v", code),)), {}).failure
    assert failure is not None
    assert isinstance(failure.error, LookupError)


def test_nobody_answers_below_the_text_either() -> None:
    with pytest.raises(OSError, match="standard input"):
        NoInput().buffer.read()
