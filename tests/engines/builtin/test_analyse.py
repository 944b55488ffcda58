"""What a red test means, from its evidence."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from itc_tui.domain.exploration import Exploration
from itc_tui.domain.plan import Plan
from itc_tui.domain.requests import AnalyseRequest
from itc_tui.domain.results import Failure
from itc_tui.domain.words import Outcome, Provenance, Verdict
from itc_tui.engines.builtin.analyse import analyse
from itc_tui.engines.builtin.judging.seen_before import SeenBefore
from tests.draining import drained
from tests.engines.builtin.conftest import HEAD, PATH, case_text

if TYPE_CHECKING:
    from tests.engines.builtin.conftest import Bench

CASES = {
    "observed value differs": (
        "def test_x(cart):\n    assert cart.total() == 8",
        Verdict.WRONG_TEST,
        "7 was seen instead of 8",
    ),
    "attribute of nothing": (
        "def test_x(cart):\n    assert cart.totl() == 7",
        Verdict.WRONG_TEST,
        "has no attribute 'totl'",
    ),
    "wrong argument": (
        "def test_x(cart):\n    cart.add('tea', cnt=3)\n    assert cart.total() == 1",
        Verdict.WRONG_TEST,
        "unexpected keyword",
    ),
    "unknown name": ("def test_x():\n    assert Basket() == 7", Verdict.WRONG_TEST, "Basket"),
    "unknown fixture": (
        "def test_x(basket):\n    assert basket == 7",
        Verdict.WRONG_TEST,
        "fixture basket",
    ),
    "order of a set": (
        "def test_x(cart):\n    assert cart.tags() == ['x']",
        Verdict.FLAKY,
        "the order of a set",
    ),
    "random": ("def test_x(cart):\n    assert cart.lucky() == 5", Verdict.FLAKY, "random"),
    "no server": (
        "def test_x(cart):\n    raise ConnectionRefusedError('no server')",
        Verdict.ENVIRONMENT,
        "outside",
    ),
    "documented error": (
        "def test_x(cart):\n    cart.add('tea', 0)\n    assert cart.total() == 7",
        Verdict.WRONG_TEST,
        "documents for this input (docstring of add at shop/cart.py",
    ),
    "undocumented error": (
        "def test_x(cart):\n    cart.add('coffee')\n    assert cart.total() == 7",
        Verdict.WRONG_TEST,
        "KeyError is raised at shop/prices.py",
    ),
}


QUICK = ("attribute of nothing", "observed value differs")


@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=[] if n in QUICK else [pytest.mark.slow]) for n in CASES],
    ids=lambda name: name.replace(" ", "-"),
)
def test_the_verdict_follows_the_evidence(bench: Bench, name: str) -> None:
    body, verdict, said = CASES[name]
    judgement = bench.judge(body)
    assert (judgement.verdict, said in judgement.root_cause) == (verdict, True), judgement
    assert judgement.test.endswith("test_x")
    assert 0 < judgement.confidence < 1


def test_an_import_that_does_not_exist_is_the_test_s_mistake(bench: Bench) -> None:
    body = "from shop.cart import Basket\n\n\ndef test_x():\n    assert Basket() == 3"
    judgement = bench.judge(body)
    assert judgement.verdict is Verdict.WRONG_TEST
    assert "Basket in shop.cart" in judgement.root_cause


def test_a_package_that_is_not_installed_is_the_environment(bench: Bench) -> None:
    judgement = bench.judge("import notinstalled\n\n\ndef test_x():\n    assert 1 == 3")
    assert judgement.verdict is Verdict.ENVIRONMENT
    assert "notinstalled is not installed" in judgement.root_cause


def test_a_broken_promise_is_a_product_bug_with_its_quote_and_a_reproduction(
    bench: Bench,
) -> None:
    judgement = bench.judge(
        """
        def test_x(cart):
            cart.add('milk')
            assert cart.total() == 8
            assert cart.owner == 'x'
        """,
        Provenance.CONTRACT,
        "docstring shop/cart.py:26",
    )
    assert judgement.verdict is Verdict.PRODUCT_BUG
    assert "The sum of all prices, without rounding." in judgement.contract
    assert "shop/cart.py:26" in judgement.contract
    assert judgement.reality == "9 was seen instead of 8"
    done = subprocess.run(
        [sys.executable, "-c", judgement.reproduction],
        cwd=bench.person,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "AssertionError" in done.stderr
    assert "owner" not in judgement.reproduction


@pytest.mark.slow
def test_an_approved_value_that_is_not_met_is_a_product_bug(bench: Bench) -> None:
    judgement = bench.judge(
        "def test_x(cart):\n    assert cart.total() == 6", Provenance.APPROVED, "approved"
    )
    assert judgement.verdict is Verdict.PRODUCT_BUG


@pytest.mark.slow
def test_a_wrong_call_in_a_promised_case_is_still_the_test_s_mistake(bench: Bench) -> None:
    judgement = bench.judge("def test_x(cart):\n    cart.sum()", Provenance.CONTRACT, "docstring")
    assert judgement.verdict is Verdict.WRONG_TEST


def test_without_a_box_and_without_a_clue_the_answer_is_unknown(bench: Bench) -> None:
    request = AnalyseRequest(
        exploration=Exploration(),
        plan=Plan(),
        failure=Failure(test="tests/test_x.py::test_x", outcome=Outcome.TIMED_OUT),
        source="",
    )
    steps = analyse(bench.target, request, None)
    with pytest.raises(StopIteration) as end:
        next(steps)
    assert end.value.value.verdict is Verdict.UNKNOWN
    assert end.value.value.confidence < 0.4


def test_what_passes_in_a_clean_copy_is_seen_again_only_when_something_has_changed(
    bench: Bench,
) -> None:
    """Red in the person's tree alone, iteration after iteration."""
    source, _ = case_text("def test_x(cart):\n    assert cart.total() == 7", HEAD)
    error = "AssertionError: assert 8 == 7"
    request = AnalyseRequest(
        exploration=Exploration(),
        plan=Plan(),
        failure=Failure(test=f"{PATH}::test_x", error=error, signature="failed|call|assert"),
        source=source,
    )
    before = SeenBefore()

    def analysed() -> tuple[Verdict, bool]:
        judgement, events = drained(analyse(bench.target, request, bench.box, before))
        return judgement.verdict, any(event.event == "progressed" for event in events)

    assert [analysed(), analysed()] == [(Verdict.ENVIRONMENT, True), (Verdict.ENVIRONMENT, False)]
    prices = bench.person / "shop" / "prices.py"
    before_change = prices.read_text()
    prices.write_text(before_change.replace('"tea": 3', '"tea": 4'))
    try:
        assert analysed() == (Verdict.WRONG_TEST, True)
    finally:  # others work with the same bench
        prices.write_text(before_change)
