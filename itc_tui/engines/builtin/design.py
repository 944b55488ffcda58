"""Designing: finds executable witnesses for the boundaries, and plans scenarios from them."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from itc_tui.domain.events import Noted
from itc_tui.domain.plan import Plan
from itc_tui.domain.requests import DesignRequest
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.boundaries import Boundaries
from itc_tui.engines.builtin.cache import Cache
from itc_tui.engines.builtin.crossed_so_far import CrossedSoFar
from itc_tui.engines.builtin.evidence.gather import gather
from itc_tui.engines.builtin.existing.looked_at import look_at_tests
from itc_tui.engines.builtin.finding import find
from itc_tui.engines.builtin.handed.handing_out import hand_out
from itc_tui.engines.builtin.handed.telling import with_what_is_handed
from itc_tui.engines.builtin.laboratory import EVERY_FILE, Laboratory
from itc_tui.engines.builtin.rehearsed_plan import rehearsed
from itc_tui.engines.builtin.scenarios import plan_of
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
    work = rehearsed(target, plan, box, Cache(cache_dir), handed)
    return (yield from as_step("rehearsal", work))


def scripts_in(entry_points: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Of the entry points on a map, the commands that are installed: name, and what they call."""
    found = (re.fullmatch(r"console script (\S+) → (\S+)", text) for text in entry_points)
    return tuple((one[1], one[2]) for one in found if one)


def search_seconds(lines_of_code: int) -> float:
    """12 s for a small package, 50 s for one of 5,000 lines and more."""
    return min(50.0, 12.0 + lines_of_code / 125)
