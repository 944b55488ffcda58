"""A target of one module gets tests at its face, which can fail like any others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from itc_tui.adapters.boxing.box import ScratchBox
from itc_tui.adapters.proving.prover import BoxProver
from itc_tui.domain.requests import DesignRequest, DevelopRequest, ExploreRequest
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.design import design
from itc_tui.engines.builtin.develop import develop
from itc_tui.engines.builtin.explore import explore
from itc_tui.ports import ProofOrder
from tests.draining import drained
from tests.engines.builtin.small_targets import MakeTarget

OpenBox = Callable[[Target], ScratchBox]

BASKET = '''
    class Basket:
        def __init__(self) -> None:
            self.items: dict[str, int] = {}

        def put(self, item: str, count: int = 1) -> int:
            if count < 1:
                raise ValueError("at least one piece")
            self.items[item] = self.items.get(item, 0) + count
            return self.items[item]

        def total(self, price: int) -> int:
            return _rounded(price * sum(self.items.values()))

    def _rounded(amount: int) -> int:
        return amount - amount % 5

    def parsed(text: str) -> dict[str, int]:
        """Counts by item, as `tea=2,milk=1` says them."""
        rows = (row.partition("=") for row in text.split(",") if row)
        return {item.strip(): int(count or 1) for item, _, count in rows}

    def spelled(counts: dict[str, int]) -> str:
        return ",".join(f"{item}={count}" for item, count in sorted(counts.items()))
    '''


def test_one_module_is_tested_as_its_callers_use_it(
    make_target: MakeTarget, open_box: OpenBox, tmp_path: Path
) -> None:
    target = make_target(**{"basket/__init__.py": BASKET})
    box = open_box(target)
    cache = tmp_path / "cache"
    found, _ = drained(explore(target, ExploreRequest(topic="basket"), None))
    order = DesignRequest(topic="basket", exploration=found, budget_s=3, max_tests=8)
    plan, _ = drained(design(target, order, box, cache))
    assert {one.boundary for one in plan.integration_scenarios} == {"callers → basket"}
    assert not any("within one module" in one.why for one in plan.left_out)

    draft, _ = drained(
        develop(
            target,
            DevelopRequest(
                topic="basket", exploration=found, plan=plan, tests_dir="tests/integration"
            ),
            box,
            cache,
        )
    )
    [file] = draft.files
    assert file.path.endswith("test_basket_integration.py")
    assert "Integration of basket with its callers." in file.text
    proofs, _ = drained(
        BoxProver(box, target).prove(ProofOrder(draft=draft, exploration=found, repeats=1))
    )
    held = [proof for proof in proofs if not proof.rejected_because]
    assert len(held) >= 3
    assert all(proof.enters_both_sides and proof.faults_caught for proof in held)
