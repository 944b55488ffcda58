"""A plan is rehearsed before it is proved: only cases that the target's own pytest passes stay."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from itc_tui.domain.counting import counted
from itc_tui.domain.events import Noted
from itc_tui.domain.plain_text import beginning
from itc_tui.domain.plan import LeftOut, Plan
from itc_tui.domain.requests import DraftFile
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.cache import Cache
from itc_tui.engines.builtin.cache import find as find_prepared
from itc_tui.engines.builtin.drafting import Ready, draft_files
from itc_tui.engines.builtin.handed.record import Handed
from itc_tui.engines.builtin.rehearsal import RUNS, rehearse
from itc_tui.engines.builtin.scenarios import BROKEN
from itc_tui.ports import Box, Steps

_MOST_ALONE = 12


def rehearsed(target: Target, plan: Plan, box: Box, cache: Cache, handed: Handed) -> Steps[Plan]:
    """The plan without the cases whose tests the target's own pytest does not bear out."""
    known = cache.load()
    rows = [
        (scenario, case, ready)
        for scenario, case in plan.enabled_cases
        if (ready := find_prepared(known, case.input)) is not None
    ]
    broken = {case.id for _, case in plan.enabled_cases if case.assertion_type == BROKEN}
    files = draft_files(rows, target, target.tests_dir, (), [], handed)
    dropped = yield from _not_borne_out(box, files, broken)
    for apart in (_each_in_a_file, _first_of_each):
        emptied = _emptied(files, dropped)
        if not emptied:
            break
        # What failed only beside its like may hold without them: they share a state, or one of
        # them imports what a whole pytest run does not let it import.
        tried = apart(rows, emptied, target, handed)
        refused = yield from _not_borne_out(box, tried, broken)
        saved = {case.case_id for file in tried for case in file.cases} - refused.keys()
        left = [row for row in rows if row[1].id not in dropped or row[1].id in saved]
        files = draft_files(left, target, target.tests_dir, (), [], handed)
        again = (yield from _not_borne_out(box, files, broken)) if saved else {}
        dropped = {name: why for name, why in dropped.items() if name not in saved} | again
    if dropped:
        first = next(iter(dropped.values()))
        yield Noted(
            text=f"{counted(len(dropped), 'case')} left out, for pytest did not pass them: {first}",
            level="warning",
        )
    return _without(plan, dropped)


def _not_borne_out(
    box: Box, files: Sequence[DraftFile], broken: Collection[str]
) -> Steps[dict[str, str]]:
    """Cases that pytest did not pass in every run, and what it said first."""
    ended = yield from rehearse(box, files)
    dropped: dict[str, str] = {}
    for file in files:
        for case in file.cases:
            failures = ended.get(f"{file.path}::{case.function}", ())
            # A broken promise fails every time; that is what its test is there to show.
            if failures and not (case.case_id in broken and len(failures) == RUNS):
                dropped[case.case_id] = failures[0]
    return dropped


def _emptied(files: Sequence[DraftFile], dropped: Collection[str]) -> list[list[str]]:
    """The cases of each file that would lose all of several."""
    cases = [[case.case_id for case in file.cases] for file in files]
    return [own for own in cases if len(own) > 1 and all(one in dropped for one in own)]


def _each_in_a_file(
    rows: Sequence[Ready], emptied: Sequence[Sequence[str]], target: Target, handed: Handed
) -> list[DraftFile]:
    """Each of their cases by itself, as far as there are not too many."""
    wanted = {name for own in emptied for name in own[:_MOST_ALONE]}
    files: list[DraftFile] = []
    for row in rows:
        if row[1].id in wanted:
            taken = [file.path for file in files]
            files += draft_files([row], target, target.tests_dir, taken, [], handed)
    return files


def _first_of_each(
    rows: Sequence[Ready], emptied: Sequence[Sequence[str]], target: Target, handed: Handed
) -> list[DraftFile]:
    first = [row for row in rows if row[1].id in {own[0] for own in emptied}]
    return draft_files(first, target, target.tests_dir, (), [], handed)


def _without(plan: Plan, dropped: dict[str, str]) -> Plan:
    left_out = list(plan.left_out)
    scenarios = []
    for scenario in plan.integration_scenarios:
        kept = tuple(case for case in scenario.test_cases if case.id not in dropped)
        left_out.extend(
            LeftOut(
                what=case.name,
                why=f"does not hold under pytest: {beginning(dropped[case.id], 120)}",
            )
            for case in scenario.test_cases
            if case.id in dropped
        )
        if kept:
            scenarios.append(scenario.but(test_cases=kept))
    return plan.but(
        integration_scenarios=tuple(scenarios),
        execution_order=tuple(scenario.id for scenario in scenarios),
        left_out=tuple(left_out),
    )
