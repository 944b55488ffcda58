"""Whatever day the tests run on, an example that asks for the day is asked on the same one."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from itc_tui.domain.target import Target
from itc_tui.engines.builtin.evidence.fixed_moment import (
    AsksTheClock,
    asks_the_clock,
    at_a_fixed_moment,
)
from itc_tui.engines.builtin.evidence.gather import gather
from itc_tui.engines.builtin.inside.programs import Program, Step


@pytest.mark.parametrize(
    ("line", "code", "fixed"),
    [
        (
            "import datetime as dt",
            "f(dt.datetime.now())",
            "f(dt.datetime(2024, 5, 17, 12, 30, 45))",
        ),
        ("from datetime import date", "age(date.today())", "age(date(2024, 5, 17))"),
        (
            "from datetime import UTC, datetime",
            "age(datetime.now(tz=UTC))",
            "age(datetime.fromtimestamp(1715949045, UTC))",
        ),
        ("import time", "age(time.time() - 3600)", "age(1715949045.0 - 3600)"),
        ("from time import time", "age(time())", "age(1715949045.0)"),
        ("import time", "time.ctime(time.time())", "time.ctime(1715949045.0)"),
        ("import time", "time.asctime(time.gmtime())", "time.asctime(time.gmtime(1715949045))"),
        (
            "from shop.days import datetime",
            "age(\n  datetime.now(),\n)",
            "age(\n  datetime(2024, 5, 17, 12, 30, 45),\n)",
        ),
        ("from shop import clock", "clock.now()", "clock.now()"),
        ("import time", "time.gmtime(0)", "time.gmtime(0)"),
        ("from shop import today", "today()", "today()"),
    ],
)
def test_a_call_that_asks_gives_way_to_its_answer(line: str, code: str, fixed: str) -> None:
    program = at_a_fixed_moment(Program((line,), (Step("v_x_1", code),)))
    assert program.steps[0].code == fixed
    ast.parse(fixed)


def test_how_long_something_takes_cannot_be_answered_beforehand() -> None:
    steps = (Step("start", "time.perf_counter()"),)
    with pytest.raises(AsksTheClock, match="perf_counter"):
        at_a_fixed_moment(Program(("import time",), steps))


def test_arguments_that_ask_the_clock_are_no_evidence() -> None:
    assert asks_the_clock(ast.parse("datetime.now() - day", mode="eval"))
    assert not asks_the_clock(ast.parse("datetime(2024, 5, 17)", mode="eval"))


def test_a_document_is_read_at_that_moment_and_what_cannot_be_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop/__init__.py").write_text("def age(day):\n    return day.year\n")
    (tmp_path / "README.md").write_text(
        ">>> from datetime import date\n>>> from shop import age\n>>> age(date.today())\n2019\n"
    )
    (tmp_path / "SPEED.md").write_text(
        ">>> import time\n>>> from shop import age\n>>> age(time.perf_counter())\n"
    )
    shown = gather(Target(root=str(tmp_path), python="python", packages=("shop",)))
    (example,) = shown.examples
    assert [step.code for step in example.program.steps] == ["age(date(2024, 5, 17))"]
    assert not example.is_self_contained, "it may not accuse the code of another day's answer"
    assert shown.left_out[0][0] == "example SPEED.md:1"
    assert "asks the clock by `time.perf_counter()`" in shown.left_out[0][1]
