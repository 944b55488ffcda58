"""Developing: turns the plan, as the person left it, into test files."""

from __future__ import annotations

from pathlib import Path

from itc_tui.domain.inventory import UnwrittenCase
from itc_tui.domain.plan import Case, Scenario
from itc_tui.domain.requests import DevelopRequest, Draft
from itc_tui.domain.target import Target
from itc_tui.domain.words import Provenance
from itc_tui.engines.builtin.cache import Cache, find
from itc_tui.engines.builtin.drafting import draft_files
from itc_tui.engines.builtin.edited import prepare_edited
from itc_tui.engines.builtin.evidence.gather import gather
from itc_tui.engines.builtin.handed.record import load_handed
from itc_tui.engines.builtin.laboratory import Laboratory
from itc_tui.engines.builtin.writing.parts import Ready
from itc_tui.ports import Box, Steps

Planned = tuple[Scenario, Case]


def develop(target: Target, request: DevelopRequest, box: Box, cache_dir: Path) -> Steps[Draft]:
    known = Cache(cache_dir).load()
    handed = load_handed(cache_dir)
    ready: list[Ready] = []
    edited: list[Planned] = []
    for scenario, case in request.plan.enabled_cases:
        prepared = find(known, case.input)
        if prepared is not None and case.expected.strip() in ("", prepared.expected.strip()):
            ready.append((scenario, case, prepared))
        else:
            edited.append((scenario, case))
    unwritten: list[UnwrittenCase] = []
    if edited:
        exports = gather(target).exports
        laboratory = Laboratory(target, box, handed)
        again = yield from prepare_edited(laboratory, edited, known, exports, unwritten)
        Cache(cache_dir).save(
            prepared for _, case, prepared in again if case.provenance is Provenance.OBSERVED
        )  # so that it is nobody's word when it is met again
        ready.extend(again)
    order = {case.id: place for place, (_, case) in enumerate(request.plan.enabled_cases)}
    ready.sort(key=lambda row: order[row[1].id])
    files = draft_files(ready, target, request.tests_dir, request.taken_paths, unwritten, handed)
    return Draft(files=tuple(files), unwritten=tuple(unwritten))
