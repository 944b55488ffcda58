"""Names of scenarios: what is done there and through what, as the boundary stands beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from itc_tui.domain.plan import Plan, Scenario
from itc_tui.engines.builtin.boundaries import Boundaries
from itc_tui.engines.builtin.cache import Prepared, find
from itc_tui.engines.builtin.inside.drivers.door import label_in
from itc_tui.engines.builtin.scenarios import called_across
from itc_tui.engines.builtin.witnesses import Witness
from itc_tui.engines.builtin.writing.acts import acts_of

_MOST = 2
_MOST_ALONE = 4


def named(plan: Plan, known: dict[str, Prepared], boundaries: Boundaries) -> Plan:
    """After the cases that are left, for what was tried and dropped says nothing of the plan."""
    return plan.but(
        integration_scenarios=tuple(
            one.but(name=_name(one, known, boundaries)) for one in plan.integration_scenarios
        )
    )


def _name(scenario: Scenario, known: dict[str, Prepared], boundaries: Boundaries) -> str:
    """What comes first is what tells one from the next, for columns are narrow."""
    caller, _, callee = scenario.boundary.partition(" → ")
    pair = caller, callee
    found = [find(known, case.input) for case in scenario.test_cases]
    witnesses = [one.witness for one in found if one is not None]
    acts = _by_number([act for one in witnesses if (act := _act(one))])
    if not acts:
        return scenario.test_cases[0].name if scenario.test_cases else callee
    if boundaries.is_face(pair):
        return _few(acts, _MOST_ALONE)
    errors = [error.name for one in witnesses for error in one.raised.values()]
    if errors and all(one.raised for one in witnesses):
        return f"{_few(acts)} refusing with {_few(_by_number(errors))}"
    called = [name for one in witnesses for name in called_across(one, pair, boundaries)]
    through = [name for name in _by_number(called) if name not in acts]
    if through:
        return f"{_few(acts)} through {_few(through)}"
    is_alone = len(scenario.test_cases) == 1
    return scenario.test_cases[0].name if is_alone else _few(acts, _MOST_ALONE)


def _act(witness: Witness) -> str:
    """What the case is about: a function, a class, or a command as it is typed."""
    if label := label_in(witness.focus):
        return label.rstrip("!").removeprefix("command ")
    if not witness.is_given:
        return witness.focus.partition(":")[2].rstrip("!").removesuffix(".__init__")
    act = next(acts_of(witness), None)
    return f"{act.owner}.{act.name}".strip(".") if act else ""


def _by_number(names: Sequence[str]) -> list[str]:
    """The one that is there most often first."""
    return [name for name, _ in Counter(names).most_common()]


def _few(names: Sequence[str], most: int = _MOST) -> str:
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")
