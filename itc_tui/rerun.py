"""A rerun: the person's own pytest on tests that they name; shown and recorded, never counted.

The loop alone measures: the pass rate, the iterations and the verdicts stay as they are, whatever
a rerun shows.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from itc_tui.domain.events import CaseFinished, Event, RerunFinished
from itc_tui.domain.results import RunReport
from itc_tui.domain.trouble import Trouble
from itc_tui.domain.words import RERUN
from itc_tui.ports import Runner, RunOrder, Steps

Recorder = Callable[[Event], Event]
"""Stamps an event, and puts it on record where the session is one that is written."""


def rerun(
    names: tuple[str, ...], runner: Runner, record: Recorder, *, case_limit_s: float = 60.0
) -> Steps[RerunFinished]:
    """Node ids or whole files, in this order; every test of them ends with a result."""
    order = RunOrder(node_ids=names, purpose=RERUN, is_full=False, case_limit_s=case_limit_s)
    is_over = False
    told: set[str] = set()
    steps = runner.run(order)
    try:
        while True:
            try:
                event = next(steps)
            except StopIteration as end:
                report: RunReport = end.value
                break
            if isinstance(event, CaseFinished):
                told.add(event.result.node_id)
            yield record(event)
        for result in report.results:
            if result.node_id not in told and "::" in result.node_id:
                yield record(CaseFinished(result=result))
        is_over = True
        ended = record(_ended(report))
        yield ended
        assert isinstance(ended, RerunFinished)
        return ended
    finally:
        steps.close()
        if not is_over:
            with suppress(Trouble):  # the run is ended; that nobody wrote it down ends nothing more
                record(RerunFinished(was_stopped=True))


def _ended(report: RunReport) -> RerunFinished:
    results = [result for result in report.results if "::" in result.node_id]
    return RerunFinished(
        passed=sum(result.is_passing for result in results),
        total=len(results),
        duration_s=report.duration_s,
        trouble=report.trouble,
    )
