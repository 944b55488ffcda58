"""Repairs that mend what is surely the test's mistake, and weaken nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from itc_tui.domain.iterations import FixEntry, ModificationPoint
from itc_tui.domain.refusal import fix_digest, why_refused
from itc_tui.domain.words import Provenance, StrategyName
from tests.engines.builtin.conftest import HEAD, PATH

if TYPE_CHECKING:
    from tests.engines.builtin.conftest import Bench

MENDED = {
    "import from another module": (
        "def test_x():\n    assert PRICES == {'tea': 3, 'milk': 2}",
        "from shop.prices import PRICES",
        HEAD.replace("shop.prices import price_of", "shop.cart import PRICES"),
    ),
    "import of a misspelt module": (
        "def test_x():\n    assert price_of('tea') == 3",
        "from shop.prices import price_of",
        HEAD.replace("shop.prices import", "shop.price import"),
    ),
    "undefined name": (
        "def test_x():\n    assert tags_of('tea') == {'fresh', 'cold', 'small', 'cheap', 'tea'}",
        "from shop.prices import tags_of",
        HEAD,
    ),
    "attribute": ("def test_x(cart):\n    assert cart.totl() == 7", "cart.total() == 7", HEAD),
    "keyword": (
        "def test_x(cart):\n    cart.add('tea', counts=1)\n    assert cart.total() == 10",
        "cart.add('tea', count=1)",
        HEAD,
    ),
    "by name only": (
        "def test_x(cart, tmp_path):\n    assert save(cart, tmp_path / 'x', 'csv') == 'csv'",
        "fmt='csv'",
        HEAD,
    ),
    "coroutine": (
        "def test_x():\n    assert fetch('tea') == 3",
        "asyncio.run(fetch('tea')) == 3",
        HEAD,
    ),
    "fixture": ("def test_x(crat):\n    assert crat.total() == 7", "def test_x(cart)", HEAD),
    "folder": (
        "def test_x(cart, tmp_path):\n    assert save(cart, tmp_path / 'out' / 'x') == 'text'",
        "(tmp_path / 'out').mkdir(parents=True)",
        HEAD,
    ),
    "documented error": (
        "def test_x(cart):\n    with pytest.raises(TypeError):\n        cart.add('tea', 0)",
        "pytest.raises(ValueError)",
        HEAD,
    ),
    "observed message": (
        "def test_x(cart):\n  with pytest.raises(ValueError, match='no'):\n    cart.add('', 0)",
        "count\\\\ must\\\\ be\\\\ positive",
        HEAD,
    ),
    "order of a set": (
        "def test_x(cart):\n    assert cart.tags() == ['fresh', 'cold', 'small', 'cheap', 'tea']",
        "sorted(cart.tags()) == ['cheap', 'cold', 'fresh', 'small', 'tea']",
        HEAD,
    ),
    "random": ("def test_x(cart):\n    assert cart.lucky() == 5", "random.seed(0)", HEAD),
    "clock": ("def test_x(cart):\n    assert cart.age() == 5", "assert cart.age() == 17", HEAD),
    "observed value": ("def test_x(cart):\n    assert cart.total() == 8", "total() == 7", HEAD),
}


QUICK = ("attribute", "observed value")


@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=[] if n in QUICK else [pytest.mark.slow]) for n in MENDED],
    ids=lambda name: name.replace(" ", "-"),
)
def test_a_repair_makes_the_case_pass_and_is_not_refused(bench: Bench, name: str) -> None:
    body, expected, head = MENDED[name]
    text, fix = bench.mend(body, head=head)
    assert len(fix.edits) == 1, fix.explanation
    assert expected in fix.edits[0].after
    assert (
        why_refused(
            fix,
            sources={PATH: text},
            signatures=(),
            history=(),
            may_change_product=False,
        )
        == ""
    )
    assert all(run.outcome == "passed" for run in bench.passes(fix.edits[0].after, "test_x"))
    assert fix.affected_tests == (f"{PATH}::test_x",)
    assert 0 < fix.confidence < 1


def test_a_product_bug_is_never_mended(bench: Bench) -> None:
    _, fix = bench.mend(
        "def test_x(cart):\n    assert cart.total() == 6", provenance=Provenance.CONTRACT
    )
    assert fix.edits == ()
    assert "product bug" in fix.explanation


@pytest.mark.slow
def test_a_promise_is_not_observed_anew_even_where_the_verdict_was_missed(bench: Bench) -> None:
    _, fix = bench.mend(
        "def test_x(cart):\n    assert cart.total() == 6",
        provenance=Provenance.APPROVED,
        judgements=(),
    )
    assert fix.edits == ()


@pytest.mark.slow
def test_what_nobody_can_mend_is_said(bench: Bench) -> None:
    _, fix = bench.mend("def test_x(cart):\n    cart.add('coffee')\n    assert cart.total() == 7")
    assert fix.edits == ()
    assert "KeyError" in fix.explanation


@pytest.mark.slow
def test_the_same_change_is_not_offered_twice(bench: Bench) -> None:
    body = "def test_x(cart):\n    assert cart.total() == 8"
    _, first = bench.mend(body)
    entry = FixEntry(
        affected_tests=first.affected_tests,
        digests=(fix_digest(first.edits),),
        modification_points=first.modification_points,
        outcome="undone",
    )
    _, second = bench.mend(body, earlier_fixes=(entry,))
    assert second.edits == ()


@pytest.mark.slow
def test_reflecting_asks_another_question_than_before(bench: Bench) -> None:
    body = "def test_x(cart):\n    assert cart.totl() == 7"
    entry = FixEntry(
        affected_tests=(f"{PATH}::test_x",),
        modification_points=(ModificationPoint(file=PATH, line=1, what="attribute: x"),),
        outcome="undone",
    )
    _, fix = bench.mend(body, StrategyName.REFLECTIVE, earlier_fixes=(entry,))
    assert fix.edits == ()


@pytest.mark.slow
def test_the_surgical_strategy_changes_the_fewest_lines(bench: Bench) -> None:
    text, fix = bench.mend("def test_x(cart):\n    assert cart.total() == 8", StrategyName.SURGICAL)
    before, after = text.splitlines(), fix.edits[0].after.splitlines()
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


@pytest.mark.slow
def test_corrections_name_their_evidence(bench: Bench) -> None:
    _, fix = bench.mend("def test_x(cart):\n    assert cart.total() == 8")
    (correction,) = fix.corrections
    assert (correction.old, correction.new) == ("8", "7")
    assert "3 runs in the box" in correction.evidence
    assert correction.provenance is Provenance.OBSERVED
