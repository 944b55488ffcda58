"""A plan promises no case that the target's own pytest does not bear out, and loses no other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from itc_tui.adapters.boxing.box import ScratchBox
from itc_tui.domain.plan import Case, Plan, Scenario
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.cache import Cache, Prepared
from itc_tui.engines.builtin.handed.record import NOTHING
from itc_tui.engines.builtin.inside.programs import Program, Step
from itc_tui.engines.builtin.rehearsed_plan import rehearsed
from itc_tui.engines.builtin.witnesses import Claim, Witness
from tests.draining import drained
from tests.engines.builtin.small_targets import MakeTarget


def test_a_case_whose_imports_fail_under_pytest_takes_no_other_with_it(
    make_target: MakeTarget, open_box: Callable[[Target], ScratchBox], tmp_path: Path
) -> None:
    target = make_target(
        **{
            "shop/bill.py": "def bill(count):\n    return count * 3\n",
            "shop/views.py": "raise RuntimeError('settings are not configured')\n",
        }
    )
    lines = {"bill": "from shop.bill import bill", "view": "from shop.views import view"}
    prepared = {
        name: Prepared(
            f"{name}(2)",
            "found == 6",
            Witness(
                name,
                Program((line,), (Step("found", f"{name}(2)"),)),
                f"shop.bill:{name}",
                ((Claim("found", "6"),),),
            ),
            {"summary": "It holds."},
        )
        for name, line in lines.items()
    }
    cache = Cache(tmp_path / "cache")
    cache.save(prepared.values())
    cases = tuple(Case(name=name, input=one.input) for name, one in prepared.items())
    scenario = Scenario(boundary="shop.bill → shop.views", test_cases=cases)
    plan = Plan(integration_scenarios=(scenario,)).with_ids()
    left, events = drained(rehearsed(target, plan, open_box(target), cache, NOTHING))
    assert [case.name for _, case in left.enabled_cases] == ["bill"]
    assert "settings are not configured" in left.left_out[0].why
    assert any("1 case left out" in event.text for event in events if event.event == "noted")
