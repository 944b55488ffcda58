"""Run: the target's own pytest, measured against the frozen inventory."""

from __future__ import annotations

from collections.abc import Sequence

from itc_tui.domain.events import RunFinished
from itc_tui.domain.inventory import Inventory
from itc_tui.domain.measure import measure, with_flaky
from itc_tui.domain.results import Failure, Results
from itc_tui.ports import RunOrder, Steps, World

#: Another order and another hash seed show what leans on them.
_OTHER_SEED = 20_240_229


def run_all(
    inventory: Inventory, known_flaky: Sequence[Failure], iteration: int, world: World
) -> Steps[Results]:
    """Every case of the inventory; the only road to a verdict.

    What is known to be flaky counts as red already in what is told: it must not look green until
    the loop has thought about it.
    """
    order = _order(inventory, iteration, world, purpose="full")
    report = yield from world.runner.run(order)
    results = with_flaky(measure(inventory, report), Results(failures=tuple(known_flaky)))
    yield RunFinished(iteration=iteration, purpose="full", results=results)
    return results


def run_affected(
    inventory: Inventory, tests: Sequence[str], over: Results, iteration: int, world: World
) -> Steps[Results]:
    """Some cases, laid over what the last full run showed of the others."""
    asked = tuple(case.node_id for case in inventory.cases if case.node_id in set(tests))
    order = _order(inventory, iteration, world, purpose="affected")
    report = yield from world.runner.run(order.but(node_ids=asked, is_full=False))
    results = measure(inventory, report, asked=asked, over=over)
    yield RunFinished(iteration=iteration, purpose="affected", results=results)
    return results


def run_shuffled(
    inventory: Inventory, steady: Results, iteration: int, world: World
) -> Steps[Results]:
    """Once more in another order, so that what only happened to pass does not count."""
    order = _order(inventory, iteration, world, purpose="shuffled")
    report = yield from world.runner.run(
        order.but(shuffle_seed=_OTHER_SEED, hash_seed=_OTHER_SEED, keeps_log=False)
    )
    results = with_flaky(steady, measure(inventory, report))
    yield RunFinished(iteration=iteration, purpose="shuffled", results=results)
    return results


def _order(inventory: Inventory, iteration: int, world: World, *, purpose: str) -> RunOrder:
    return RunOrder(
        node_ids=tuple(case.node_id for case in inventory.cases),
        purpose=purpose,
        iteration=iteration,
        case_limit_s=world.limits.case_limit_s,
    )
