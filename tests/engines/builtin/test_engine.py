"""The engine's plan holds what was proved, at whatever boundary that was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from itc_tui.adapters.boxing.box import ScratchBox
from itc_tui.domain.inventory import Proof
from itc_tui.domain.known_names import KnownNames
from itc_tui.domain.requests import DesignRequest
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.engine import BuiltinEngine
from itc_tui.ports import ProofOrder, Steps
from tests.draining import drained
from tests.engines.builtin.bench import explored
from tests.engines.builtin.small_targets import MakeTarget

LOG = "shop.orders → shop.log"
PRICES = "shop.orders → shop.prices"


class ProverOfPrices:
    """Sees faults noticed behind the prices, and behind nothing else."""

    def __init__(self) -> None:
        self.asked: list[set[str]] = []

    def prove(self, order: ProofOrder) -> Steps[tuple[Proof, ...]]:
        yield from ()
        cases = [case for file in order.draft.files for case in file.cases]
        self.asked.append({case.boundary for case in cases})
        return tuple(
            Proof(case_id=case.case_id, faults_tried=3, faults_caught=2)
            if case.boundary == PRICES
            else Proof(case_id=case.case_id, faults_tried=3, rejected_because="It noticed none.")
            for case in cases
        )


class OpenLibrary:
    def known_names(self) -> KnownNames:
        return KnownNames()


@pytest.mark.slow
def test_a_case_that_notices_nothing_at_one_boundary_is_kept_at_another(
    make_target: MakeTarget, open_box: Callable[[Target], ScratchBox], tmp_path: Path
) -> None:
    target = make_target(
        **{
            "shop/log.py": "def noted(text):\n    words = text.split()\n    if not words:\n"
            "        return ''\n    return words[0].upper()\n",
            "shop/prices.py": "def price_of(name):\n    return len(name) * 2\n",
            "shop/orders.py": "from shop.log import noted\nfrom shop.prices import price_of\n\n\n"
            "def total(name: str, count: int) -> int:\n    noted(name)\n"
            "    return price_of(name) * count\n",
        }
    )
    prover = ProverOfPrices()
    engine = BuiltinEngine(target, open_box(target), prover, OpenLibrary(), tmp_path / "cache")
    request = DesignRequest(topic="shop", exploration=explored(target), budget_s=2, max_tests=6)
    plan, _ = drained(engine.design(request))
    assert any(LOG in boundaries for boundaries in prover.asked[:1])
    assert prover.asked[1] == {PRICES}
    assert {scenario.boundary for scenario, _ in plan.enabled_cases} == {PRICES}
    assert len({case.id for _, case in plan.enabled_cases}) == len(plan.enabled_cases)
    assert not [left for left in plan.left_out if left.what.startswith(f"{LOG}: ")]
