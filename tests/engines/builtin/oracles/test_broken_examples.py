"""A documented example that plainly gives something else is a broken promise."""

from __future__ import annotations

import pytest

from itc_tui.engines.builtin.evidence.snippets import Example
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.oracles.broken_examples import BrokenExamples
from itc_tui.engines.builtin.witnesses import Claim, Witness

ORIGIN = "src/pack.py:40"


def seen(code: str, right: str, *before: Step, is_whole: bool = True) -> Witness:
    steps = (*before, Step("v_shown_1", code))
    claims = (*(() for _ in before), (Claim("v_shown_1", right, (), is_whole),))
    return Witness("0", Program((), steps), f"given:{ORIGIN}", claims, ("int",) * len(steps))


def example(told: str, witness: Witness) -> BrokenExamples:
    return BrokenExamples([Example(ORIGIN, witness.program, {"v_shown_1": told})])


def test_another_number_than_the_document_shows_is_broken() -> None:
    witness = seen("total(2)", "3", Step("first", "total(1)"))
    (broken,) = example("4", witness).of(witness)
    assert broken.claim == Claim("v_shown_1", "4", (), True, f"doctest {ORIGIN}")
    assert broken.promise.place == ORIGIN
    assert broken.promise.name == "total gives what pack.py shows"
    assert not broken.promise.holds


def test_what_is_printed_is_compared_as_text() -> None:
    witness = seen("str(total(2))", "'3 EUR'")
    (broken,) = example("4 EUR", witness).of(witness)
    assert broken.claim.right == "'4 EUR'"
    assert list(example("3 EUR", witness).of(witness)) == []
    assert list(example("3   EUR", witness).of(witness)) == []


def test_a_text_shown_in_quotes_was_not_printed() -> None:
    witness = seen("str(total(2))", "'!=1,>=2'")
    assert list(example("'!=1,>=2'", witness).of(witness)) == []


@pytest.mark.parametrize(
    ("told", "got"),
    [
        ("'one'", "'one'"),
        ('"one"', "'one'"),
        ("[1,2]", "[1, 2]"),
        ("{'a': 1}", "{'a': 2}"),
        ("{1, 2}", "{1, 3}"),
        ("0.1", "0.30000000000000004"),
        ("<Thing at 0x7f01>", "'x'"),
        ("'/home/me'", "'/home/you'"),
        ("'2024-01-01'", "'2026-11-21'"),
        ("'12:30'", "'12:31'"),
        ("3", "'3'"),
        ("Money('3')", "4"),
        ("None", "3"),
        ("'name=tea&cups=3'", "'cups=3&name=tea'"),
    ],
)
def test_what_may_differ_or_cannot_be_compared_raises_no_alarm(told: str, got: str) -> None:
    witness = seen("show()", got)
    assert list(example(told, witness).of(witness)) == []


def test_a_program_that_differs_from_the_example_proves_nothing() -> None:
    witness = seen("total(2)", "3")
    other = witness.but(program=witness.program._replace(steps=(Step("v_shown_1", "total(1)"),)))
    assert list(example("4", other).of(witness)) == []


def test_what_leans_on_chance_or_on_the_day_proves_nothing() -> None:
    witness = seen("age(today())", "3")
    assert list(example("4", witness).of(witness)) == []


def test_only_a_whole_value_is_compared() -> None:
    witness = seen("total(2)", "3", is_whole=False)
    assert list(example("4", witness).of(witness)) == []


def test_an_example_that_may_lack_a_cause_accuses_nobody() -> None:
    witness = seen("total(2)", "3", Step("first", "total(1)"))
    lacking = Example(ORIGIN, witness.program, {"v_shown_1": "4"}, is_self_contained=False)
    assert list(BrokenExamples([lacking]).of(witness)) == []


@pytest.mark.parametrize(
    ("origin", "told", "is_sure"),
    [
        ("src/pack.py:40", "'milk'", True),
        ("README.md:12", "'milk'", True),
        ("docs/manual.rst:12", "'milk'", False),
        ("CHANGES.rst:12", "'milk'", False),
        ("README.md:12", "u'milk'", False),
    ],
)
def test_only_documents_that_are_kept_up_with_the_code_accuse(
    origin: str, told: str, is_sure: bool
) -> None:
    witness = seen("name(2)", "'tea'").but(focus=f"given:{origin}")
    (broken,) = BrokenExamples([Example(origin, witness.program, {"v_shown_1": told})]).of(witness)
    assert broken.is_sure is is_sure


def test_words_in_another_order_are_another_text() -> None:
    witness = seen("show()", "'milk tea'")
    assert len(list(example("'tea milk'", witness).of(witness))) == 1


def remarked(*told: str) -> tuple[Witness, BrokenExamples]:
    """Two values, 3 and 4, of which comments say this."""
    steps = (Step("a", "total(1)"), Step("b", "total(2)"))
    claims = ((Claim("a", "3"),), (Claim("b", "4"),))
    witness = Witness("0", Program((), steps), "given:README.md:3", claims, ("int", "int"))
    remarks = dict(zip(("a", "b"), told))
    return witness, BrokenExamples([Example("README.md:3", witness.program, {}, remarks=remarks)])


def test_a_comment_is_believed_where_another_one_beside_it_is_right() -> None:
    witness, examples = remarked("3", "5")
    (broken,) = examples.of(witness)
    assert broken.claim == Claim("b", "5", (), True, "example README.md:3")


@pytest.mark.parametrize("told", [("2", "5"), ("2",), ("three", "5"), ("3", "4"), ("3", "four")])
def test_comments_that_may_be_about_something_else_accuse_nobody(told: tuple[str, ...]) -> None:
    witness, examples = remarked(*told)
    assert list(examples.of(witness)) == []
