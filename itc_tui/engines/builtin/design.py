"""Designing: finds executable witnesses for the boundaries, and plans scenarios from them."""

from __future__ import annotations

from pathlib import Path

from itc_tui.domain.events import Noted
from itc_tui.domain.plan import Plan
from itc_tui.domain.requests import DesignRequest
from itc_tui.domain.target import Target
from itc_tui.engines.builtin.boundaries import Boundaries
from itc_tui.engines.builtin.cache import Cache
from itc_tui.engines.builtin.evidence.gather import gather
from itc_tui.engines.builtin.finding import find
from itc_tui.engines.builtin.laboratory import Laboratory
from itc_tui.engines.builtin.scenarios import plan_of
from itc_tui.ports import Box, Steps

_PER_THOUSAND_LINES = 25
_FEWEST = 6


def design(target: Target, request: DesignRequest, box: Box, cache_dir: Path) -> Steps[Plan]:
    shown = gather(target)
    boundaries = Boundaries(target, request.exploration)
    most = request.max_tests or max(_FEWEST, shown.lines_of_code * _PER_THOUSAND_LINES // 1000)
    found = yield from find(
        Laboratory(target, box),
        shown,
        boundaries.sites,
        modules=request.exploration.metadata.chosen_modules,
        budget_s=request.budget_s or search_seconds(shown.lines_of_code),
        most_cases=most,
    )
    plan, prepared = plan_of(found.cases, boundaries, shown.summaries, found.left_out)
    Cache(cache_dir).save(prepared)
    for note in found.notes:
        yield Noted(text=note)
    return plan


def search_seconds(lines_of_code: int) -> float:
    """12 s for a small package, 50 s for one of 5,000 lines and more."""
    return min(50.0, 12.0 + lines_of_code / 125)
