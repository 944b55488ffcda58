"""First sight of a session as a view: its last run, before anything else of it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itc_tui.ui.view import CaseLine, RunView, View

if TYPE_CHECKING:
    from itc_tui.domain.first_sight import FirstSight


def view_of(sight: FirstSight) -> View:
    cases = {
        seen.node_id: CaseLine(seen.node_id, seen.outcome or "waiting", duration_s=seen.duration_s)
        for seen in sight.cases
    }
    run = RunView(
        sight.iteration,
        sight.purpose,
        sight.command,
        cases=cases,
        is_running=sight.is_running,
        finished=sum(case.is_over for case in cases.values()),
        failed=sum(case.is_bad for case in cases.values()),
    )
    return View(
        session_id=sight.session_id,
        module=sight.module,
        folder=sight.folder,
        phase=sight.phase,
        iteration=sight.iteration,
        run=run,
    )
