"""No file is longer than somebody reads at once."""

from __future__ import annotations

from itc_tui.domain.plan import Case, Scenario
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.cache import Prepared
from itc_tui.engines.builtin.drafting import draft_files
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.witnesses import Claim, Witness
from itc_tui.engines.builtin.writing.parts import Ready, parts_of


def rows(subject: str, count: int, lines: int = 1) -> list[Ready]:
    made = []
    for number in range(count):
        step = Step("v_x_1", f"Shop().ask({number})")
        witness = Witness(
            str(number),
            Program((), (step,)),
            f"shop:{subject}!",
            ((Claim("v_x_1", "3"),),),
            ("int",),
        )
        text = "\n".join([f"ask({number})"] * lines)
        case = Case(id=f"{subject}{number}", name=f"{subject} asks for {number}")
        prepared = Prepared(text, "x == 3", witness, {"summary": "It holds."})
        made.append((Scenario(boundary="callers → shop"), case, prepared))
    return made


def test_what_one_reads_at_once_stays_in_one_file() -> None:
    (part,) = parts_of([*rows("Cart", 10), *rows("Store", 10)])
    assert part.subject == ""
    assert len(part.rows) == 20


def test_large_subjects_have_files_of_their_own_and_small_ones_share() -> None:
    parts = parts_of(
        [*rows("Cart", 32), *rows("Pot", 27), *rows("Store", 7), *rows("a", 2), *rows("b", 3)]
    )
    assert [(part.subject, len(part.rows)) for part in parts] == [
        ("Cart", 25),
        ("Cart", 7),
        ("Pot", 27),
        ("Store", 7),
        ("", 5),
    ]


def test_where_small_subjects_fill_several_files_each_is_named_for_its_first() -> None:
    small = [row for name in "abcdefgh" for row in rows(name, 5)]
    assert [(part.subject, len(part.rows)) for part in parts_of(small)] == [
        ("a and others", 25),
        ("f and others", 15),
    ]


def test_few_long_tests_are_too_much_for_one_file_as_well() -> None:
    parts = parts_of([*rows("Cart", 7, lines=50), *rows("Store", 7, lines=50)])
    assert [(part.subject, len(part.rows)) for part in parts] == [("Cart", 7), ("Store", 7)]


def test_files_are_named_for_their_subjects() -> None:
    target = Target(root="/", python="python", packages=("shop",))
    files = draft_files(
        [*rows("Cart", 20), *rows("Store", 10), *rows("a", 2)], target, "tests", (), []
    )
    assert {file.path: len(file.cases) for file in files} == {
        "tests/test_shop_cart_integration.py": 20,
        "tests/test_shop_store_integration.py": 10,
        "tests/test_shop_integration.py": 2,
    }
    assert '"""Integration of shop with its callers: Cart."""' in files[0].text
