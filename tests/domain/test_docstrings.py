"""What a docstring says of an observed expectation follows who stands for it."""

from __future__ import annotations

from itc_tui.domain.docstrings import restated
from itc_tui.domain.words import Provenance

BOTH = '''def test_place():
    """The store keeps what is placed.

    Integration scope: shop.orders → shop.store
    Success criteria: 2 values of place and lines are as stated
        (as observed, nowhere promised)
    """
    assert place("tea") == 3, "(as observed, nowhere promised)"


class TestOrders:
    def test_place(self):
        """The store keeps what is placed.

        Success criteria: the value is as stated (as observed, nowhere promised)
        """
        assert place("tea") == 3
'''


def test_only_the_function_that_is_named_says_that_it_is_approved() -> None:
    text = restated(BOTH, {"test_place": Provenance.APPROVED}, 79)
    assert (
        "    Success criteria: 2 values of place and lines are as stated (as observed,\n"
        "        and approved in the plan by a person)\n" in text
    )
    assert text.count("(as observed, nowhere promised)") == 2
    assert 'assert place("tea") == 3, "(as observed, nowhere promised)"' in text


def test_a_method_is_named_with_its_class() -> None:
    text = restated(BOTH, {"TestOrders::test_place": Provenance.APPROVED}, 79)
    assert (
        "        Success criteria: the value is as stated (as observed, and approved in\n"
        "            the plan by a person)\n" in text
    )
    assert text.startswith(BOTH.partition("class")[0])


def test_an_approval_that_is_withdrawn_leaves_the_text_as_it_was() -> None:
    approved = restated(BOTH, {"TestOrders::test_place": Provenance.APPROVED}, 88)
    assert restated(approved, {"TestOrders::test_place": Provenance.OBSERVED}, 88) == BOTH


def test_words_about_the_values_stay_when_these_are_approved() -> None:
    told = "as stated; `place` says: ‘From 0 to 9’ (the values themselves as observed)"
    text = BOTH.replace("the value is as stated (as observed, nowhere promised)", told)
    approved = restated(text, {"TestOrders::test_place": Provenance.APPROVED}, 140)
    assert (
        "‘From 0 to 9’ (the values themselves as observed, and approved in the plan by a"
        in approved
    )
    assert restated(approved, {"TestOrders::test_place": Provenance.OBSERVED}, 140) == text


def test_what_a_person_wrote_there_instead_is_left() -> None:
    mine = BOTH.replace("(as observed, nowhere promised)", "(Ann says so)")
    named = {"test_place": Provenance.APPROVED, "TestOrders::test_place": Provenance.APPROVED}
    assert restated(mine, named, 79) == mine


def test_what_is_no_python_is_left() -> None:
    assert restated("def (", {"test_place": Provenance.APPROVED}, 79) == "def ("
