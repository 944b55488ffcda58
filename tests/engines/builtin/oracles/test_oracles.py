"""Promises are told from observations, and only certain breaches become expectations."""

from __future__ import annotations

from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.oracles.promise import Facts
from itc_tui.engines.builtin.oracles.registry import judged
from itc_tui.engines.builtin.witnesses import Claim, RaisedError, Witness


def witness(*rows: tuple[str, str, str], focus: str = "given:README.md:3") -> Witness:
    """Rows of variable, code, and what it was seen to be."""
    return Witness(
        "w",
        Program((), tuple(Step(var, code) for var, code, _ in rows)),
        focus,
        tuple((Claim(var, right),) if right else () for var, _, right in rows),
        tuple("" for _ in rows),
    )


def test_a_doctest_that_holds_is_a_contract() -> None:
    found = judged(witness(("x", "price(2)", "5")), Facts({"x": ("5", "README.md:3")}))
    assert found.claims[0][0] == Claim("x", "5", (), True, "example README.md:3")


def test_a_doctest_that_says_otherwise_is_not_passed_off_as_kept() -> None:
    found = judged(witness(("x", "price(2)", "6")), Facts({"x": ("5", "README.md:3")}))
    assert found.claims[0][0].source == ""


def test_a_doctest_about_the_present_moment_proves_nothing() -> None:
    found = judged(witness(("x", "year(today())", "2026")), Facts({"x": ("2020", "a.py:1")}))
    assert found.claims[0][0] == Claim("x", "2026")


def test_a_doctest_of_another_kind_of_value_proves_nothing() -> None:
    found = judged(witness(("x", "f()", "'5'")), Facts({"x": ("5", "a.py:1")}))
    assert found.claims[0][0] == Claim("x", "'5'")


def test_a_text_that_is_shown_without_quotes_is_that_text() -> None:
    told = Facts({"x": ("forty-two", "README.md:3"), "y": ("5", "README.md:4")})
    found = judged(witness(("x", "words(42)", "'forty-two'"), ("y", "str(f())", "'5'")), told)
    assert [row[0].source for row in found.claims] == ["example README.md:3", "example README.md:4"]


def test_an_example_says_nothing_about_other_programs_with_its_variables() -> None:
    other = witness(("x", "price(2)", "6"), focus="shop:price")
    assert judged(other, Facts({"x": ("5", "README.md:3")})) == other


def test_what_is_undone_comes_back() -> None:
    found = judged(
        witness(
            ("order", "Order('tea')", "Order(item='tea')"),
            ("text", "dumps(order)", "'tea'"),
            ("again", "loads(text)", "Order(item='tea')"),
            focus="shop:loads",
        ),
        Facts(),
    )
    assert [claim.text for claim in found.claims[2]] == ["again == order"]
    assert found.claims[2][0].source == "round trip dumps → loads"


def test_another_value_after_a_round_trip_stays_an_observation() -> None:
    found = judged(
        witness(("a", "dumps((1, 2))", "'[1, 2]'"), ("b", "loads(a)", "[1, 2]"), focus="x:loads"),
        Facts(),
    )
    assert found.claims[1][0].source == ""


def test_an_announced_exception_is_a_promise() -> None:
    error = RaisedError("builtins", "KeyError", "'x'", True, False)
    seen = witness(("v", "price('x')", ""), focus="shop:price").but(raised={0: error})
    facts = Facts({}, {"shop.prices.price": frozenset({"KeyError"})})
    assert judged(seen, facts).raised[0].source == "documented by shop.prices.price"
    assert judged(seen, Facts()).raised[0].source == ""
