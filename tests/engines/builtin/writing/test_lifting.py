"""Definitions stand at the top of a file where they can."""

from __future__ import annotations

from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.witnesses import Claim, Witness
from itc_tui.engines.builtin.writing.body import body_of
from itc_tui.engines.builtin.writing.lifting import lifted

TEA = "class Tea(Drink):\n    grams = 2"
PROGRAM = Program(("from shop import Drink",), (Step("Tea", TEA, "raw"), Step("v_made_1", "Tea()")))


def test_a_definition_that_needs_only_imports_can_stand_apart() -> None:
    assert lifted(PROGRAM, (), {}) == {0: TEA}


def test_one_that_needs_what_only_the_test_has_stays() -> None:
    code = "def cost(count):\n    return count * price"
    steps = (Step("price", "2"), Step("cost", code, "raw"))
    assert lifted(Program((), steps), (), {}) == {}
    assert lifted(PROGRAM, {"Drink"}, {}) == {}


def test_what_pytest_would_take_for_a_test_stays_inside() -> None:
    """Documents call the function that they hand over `test_func`."""
    code = "def test_func(value):\n    return value == 42"
    steps = (Step("test_func", code, "raw"), Step("v_got_1", "Query().test(test_func)"))
    assert lifted(Program(("from shop import Query",), steps), (), {}) == {}


def test_another_of_its_name_keeps_it_in_the_test() -> None:
    assert lifted(PROGRAM, (), {"Tea": TEA}) == {0: TEA}
    assert lifted(PROGRAM, (), {"Tea": "class Tea:\n    pass"}) == {}


def test_what_stands_apart_is_not_written_in_the_test() -> None:
    claim = Claim("v_made_1.grams", "2")
    witness = Witness("a", PROGRAM, "shop:Drink", ((), (claim,)))
    assert not any("class" in line for line in body_of(witness, lifted={0: TEA}).lines)
    inside = body_of(witness).lines
    assert inside[0] == "    class Tea(Drink):\n        grams = 2"
    assert inside[1] == ""


def test_a_definition_inside_a_test_stands_apart_from_what_is_around_it() -> None:
    steps = (
        Step("price", "[2]"),
        Step("cost", "def cost(count):\n    return count * price[0]", "raw"),
        Step("dear", "def dear(count):\n    return cost(count) > 9", "raw"),
        Step("v_got_1", "dear(price[0])"),
    )
    witness = Witness(
        "a", Program((), steps), "shop:cost", ((), (), (), (Claim("v_got_1", "False"),))
    )
    lines = body_of(witness).lines
    assert [line == "" for line in lines] == [False, True, False, True, False, True, False]
