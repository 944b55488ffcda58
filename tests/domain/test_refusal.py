"""A fix that bends a rule is refused with the reason."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from itc_tui.domain.refusal import why_refused
from itc_tui.domain.requests import CorrectedExpectation, FileEdit, Fix
from itc_tui.domain.words import Provenance

PATH = "tests/integration/test_shop.py"
BEFORE = "from shop import total\n\n\ndef test_total():\n    assert total() == 3\n"


def refusal(after: str, provenances: Mapping[str, Provenance]) -> str:
    seen = CorrectedExpectation(
        function="test_total",
        old="3",
        new="4",
        evidence="seen the same in 3 runs",
        provenance=Provenance.OBSERVED,
    )
    return why_refused(
        Fix(edits=(FileEdit(path=PATH, before=BEFORE, after=after),), corrections=(seen,)),
        sources={PATH: BEFORE},
        signatures=(),
        history=(),
        may_change_product=False,
        provenances=provenances,
    )


def test_an_observed_expectation_may_be_corrected_by_what_was_observed() -> None:
    after = BEFORE.replace("== 3", "== 4")
    assert refusal(after, {f"{PATH}::test_total": Provenance.OBSERVED}) == ""


def test_a_promise_is_not_turned_green_by_what_was_observed() -> None:
    after = BEFORE.replace("== 3", "== 4")
    assert "promise" in refusal(after, {f"{PATH}::test_total": Provenance.CONTRACT})
    assert "promise" in refusal(after, {f"{PATH}::test_total": Provenance.APPROVED})


def test_a_promise_in_another_file_is_another_test_s() -> None:
    after = BEFORE.replace("== 3", "== 4")
    assert refusal(after, {"tests/test_other.py::test_total": Provenance.CONTRACT}) == ""


def test_a_weaker_assertion_is_refused() -> None:
    assert "weakens test_total" in refusal(BEFORE.replace("== 3", ">= 3"), {})


@pytest.mark.parametrize(
    "path",
    [
        "tests/integration/shop.py",
        "tests/integration/__init__.py",
        "tests/integration/test_more.py",
        "tests/integration/.pytest.ini",
        "tests/integration/Conftest.py",
        f"./{PATH}",
        PATH.replace("/", "//"),
        PATH.replace("/", "\\"),
        "tests/integration/../integration/test_shop.py",
    ],
)
def test_nothing_but_the_written_tests_is_changed_by_their_own_names(path: str) -> None:
    """A new `shop.py` beside the tests is imported before the product; `./` passes as new."""
    evil = FileEdit(path=path, before="", after="def total():\n    return 3\n")
    assert path in why_refused(
        Fix(edits=(evil,)),
        sources={PATH: BEFORE},
        signatures=(),
        history=(),
        may_change_product=False,
    )
