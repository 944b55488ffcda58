"""Faults are small, compile, and stand on the lines that were executed."""

from __future__ import annotations

import dataclasses
import datetime
import textwrap
from decimal import Decimal

import pytest

from itc_tui.adapters.proving.inside.itc_faults import faults_in
from itc_tui.adapters.proving.inside.itc_shift import shift


def put(text: str, *lines: int) -> list[tuple[str, str]]:
    source = textwrap.dedent(text).lstrip("\n")
    chosen = set(lines) or set(range(1, 100))
    found = []
    for fault in faults_in(source, chosen):
        before, after = source.splitlines(), fault.text.splitlines()
        changed = [line for line in after if line not in before]
        found.append((fault.kind, changed[0].strip() if changed else ""))
    return found


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("return a < b", ("comparison", "return (a <= b)")),
        ("return a == b", ("comparison", "return (a != b)")),
        ("return a in b", ("comparison", "return (a not in b)")),
        ("return a + b", ("operator", "return (a - b)")),
        ("return a and b", ("operator", "return (a or b)")),
        ("return not a", ("condition", "return bool(a)")),
        ("x = 3", ("constant", "x = (4)")),
        ("x = True", ("constant", "x = False")),
        ("x = 'tea'", ("constant", "x = 'teaX'")),
        ("a.append(b)", ("dropped call", "None")),
        ("a.b = b", ("dropped statement", "pass")),
        ("a[0] += b", ("dropped statement", "pass")),
        ("raise ValueError(a)", ("dropped statement", "pass")),
        ("return a", ("return value", "return None")),
        ("return None", ("return value", "return object()")),
        ("a()", ("error", 'raise RuntimeError("a fault put here")')),
    ],
)
def test_each_kind_of_fault_is_put(line: str, fault: tuple[str, str]) -> None:
    assert fault in put(f"def f(a, b):\n    {line}\n")


def test_faults_stand_only_on_the_lines_asked_for() -> None:
    text = """
        def f(a):
            x = a + 1
            return x * 2
        """
    assert put(text, 2)
    assert not any("return" in changed for _, changed in put(text, 2))
    assert put(text, 90) == []


def test_docstrings_annotations_and_module_code_are_left_alone() -> None:
    text = """
        LIMIT = 3

        def f(a: "int" = 3) -> "str":
            "Some words."
            b: "int" = a
            return b
        """
    assert {changed for _, changed in put(text)} == {"return None", "return __itc_shift__(b)"}


def test_a_crash_comes_last_and_finer_faults_first() -> None:
    kinds = [kind for kind, _ in put("def f(a):\n    g(a)\n    return a + 1 > 2\n")]
    assert kinds[0] in ("comparison", "operator", "shifted value")
    assert kinds[-1] == "error"


def test_text_beyond_ascii_and_what_is_no_python_do_no_harm() -> None:
    found = put('def f(a):\n    return "茶" + a + "é" == "x"\n')
    assert ("comparison", """return ('茶' + a + 'é' != 'x')""") in found
    assert put("def f(:\n") == []


@dataclasses.dataclass(frozen=True)
class Money:
    amount: Decimal
    currency: str = "EUR"


@pytest.mark.parametrize(
    "value",
    [
        True,
        3,
        1.5,
        Decimal("1.50"),
        "tea",
        "",
        b"x",
        [1, 2],
        (1, 2),
        {1, 2},
        {"a": 1},
        datetime.date(2026, 1, 1),
        datetime.timedelta(1),
        Money(Decimal(3)),
    ],
)
def test_a_shifted_value_is_of_the_same_kind_but_different(value: object) -> None:
    assert shift(value) != value
    assert type(shift(value)) is type(value)


@pytest.mark.parametrize("value", [None, [], object()])
def test_what_cannot_be_shifted_stays(value: object) -> None:
    assert shift(value) == value
