"""What a person's wish makes of an earlier plan: narrower, wider, or with more in it.

There is no model here that understands sentences: module names are looked for in the wish, and
those that come after a word such as “without” are left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from itc_tui.domain.plan import LeftOut, Plan, Scenario

_WITHOUT = re.compile(
    r"\b(without|except|exclude|no|not|drop|skip|less)\b|不要|除了|排除|去掉", re.I
)
MORE = ("extend", "add scenarios")


def wants_more(feedback: str) -> bool:
    return feedback.startswith(MORE)


def modules_named(feedback: str, modules: Collection[str]) -> tuple[tuple[str, ...], bool]:
    """The modules that a wish names by dotted or last name, and whether they are to go."""
    words = set(re.findall(r"[A-Za-z_][\w.]*", feedback))
    named = tuple(name for name in modules if name in words or name.rpartition(".")[2] in words)
    return named, bool(_WITHOUT.search(feedback))


def narrowed(plan: Plan, named: Sequence[str], *, without: bool) -> Plan:
    """Only the scenarios that touch these modules, or only those that do not."""
    kept: list[Scenario] = []
    gone: list[Scenario] = []
    for scenario in plan.integration_scenarios:
        touches = bool(set(named) & set(scenario.boundary.split(" → ")))
        (gone if touches is without else kept).append(scenario)
    out = tuple(LeftOut(what=one.boundary, why="outside the scope you chose") for one in gone)
    return plan.but(integration_scenarios=tuple(kept), left_out=(*plan.left_out, *out))


def joined(earlier: Plan, fresh: Plan) -> Plan:
    """The earlier plan as it stands, and behind it what is new in the fresh one."""
    known = {
        case.input for scenario in earlier.integration_scenarios for case in scenario.test_cases
    }
    taken = {scenario.id for scenario in earlier.integration_scenarios}
    more: list[Scenario] = []
    number = len(earlier.integration_scenarios)
    for scenario in fresh.integration_scenarios:
        cases = tuple(case.but(id="") for case in scenario.test_cases if case.input not in known)
        if not cases:
            continue
        number += 1
        while f"IS-{number:03d}" in taken:
            number += 1
        more.append(scenario.but(id=f"IS-{number:03d}", test_cases=cases))
    return earlier.but(
        integration_scenarios=(*earlier.integration_scenarios, *more),
        execution_order=(*earlier.execution_order, *(scenario.id for scenario in more)),
        left_out=fresh.left_out,
    ).with_ids()
