"""Designing: finds executable witnesses for the boundaries, and plans scenarios from them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path

from itc_tui.domain.counting import counted
from itc_tui.domain.events import Noted
from itc_tui.domain.plain_text import beginning
from itc_tui.domain.plan import LeftOut, Plan
from itc_tui.domain.requests import DesignRequest, DraftFile
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.boundaries import Boundaries
from itc_tui.engines.builtin.cache import Cache
from itc_tui.engines.builtin.cache import find as find_prepared
from itc_tui.engines.builtin.crossed_so_far import CrossedSoFar
from itc_tui.engines.builtin.drafting import Ready, draft_files
from itc_tui.engines.builtin.evidence.gather import gather
from itc_tui.engines.builtin.existing.looked_at import look_at_tests
from itc_tui.engines.builtin.finding import find
from itc_tui.engines.builtin.handed.handing_out import hand_out
from itc_tui.engines.builtin.handed.record import Handed
from itc_tui.engines.builtin.handed.telling import with_what_is_handed
from itc_tui.engines.builtin.laboratory import EVERY_FILE, Laboratory
from itc_tui.engines.builtin.rehearsal import RUNS, rehearse
from itc_tui.engines.builtin.scenarios import BROKEN, plan_of
from itc_tui.engines.builtin.sizes import lines_asked_for, suite_size
from itc_tui.ports import Box, Steps, as_step

STEPS = (
    "existing tests",
    "fixtures",
    "search",
    "observation",
    "promises",
    "choice",
    "steadiness",
    "rehearsal",
)


_MOST_ALONE = 12


def design(target: Target, request: DesignRequest, box: Box, cache_dir: Path) -> Steps[Plan]:
    shown = gather(target)
    boundaries = Boundaries(target, request.exploration)
    lines = lines_asked_for(shown, boundaries)
    most = suite_size(target, request)
    existing = yield from as_step("existing tests", look_at_tests(target, request.exploration, box))
    faces = EVERY_FILE if request.exploration.has_faces else ()
    laboratory = Laboratory(target, box, faces=faces)
    failing = yield from as_step("fixtures", laboratory.find_what_fails())
    handing = hand_out(target, request.exploration, box, failing)
    handed, refused = yield from as_step("fixtures", handing)
    laboratory.hand_over(handed)
    handed.save(cache_dir)
    found = yield from find(
        laboratory,
        shown,
        boundaries.sites | handed.sites,
        tally=CrossedSoFar(boundaries),
        modules=request.exploration.metadata.chosen_modules,
        scripts=scripts_in(request.exploration.module_structure.entry_points),
        is_asked_for=boundaries.is_chosen_file,
        budget_s=request.budget_s or search_seconds(lines),
        most_cases=most,
        existing=existing,
        open_faces=boundaries.open_faces,
    )
    plan, prepared = plan_of(found.cases, boundaries, shown.summaries, found.left_out)
    plan = with_what_is_handed(plan, prepared, handed, refused)
    Cache(cache_dir).save(prepared)
    for note in found.notes:
        yield Noted(text=note)
    work = _rehearsed(target, plan, box, Cache(cache_dir), handed)
    return (yield from as_step("rehearsal", work))


def _rehearsed(target: Target, plan: Plan, box: Box, cache: Cache, handed: Handed) -> Steps[Plan]:
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


def scripts_in(entry_points: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Of the entry points on a map, the commands that are installed: name, and what they call."""
    found = (re.fullmatch(r"console script (\S+) → (\S+)", text) for text in entry_points)
    return tuple((one[1], one[2]) for one in found if one)


def search_seconds(lines_of_code: int) -> float:
    """12 s for a small package, 50 s for one of 5,000 lines and more."""
    return min(50.0, 12.0 + lines_of_code / 125)
