"""First sight of a session as a view: its last run, before anything else of it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from itc_tui.ui.view import CaseLine, RunView, View

if TYPE_CHECKING:
    from itc_tui.domain.first_sight import FirstSight, SeenCase


class SeenLines(Mapping[str, CaseLine]):
    """A line is made when it is looked at: of ten thousand the screen shows forty."""

    def __init__(self, cases: Iterable[SeenCase]) -> None:
        self._cases = {case.node_id: case for case in cases}

    def __getitem__(self, node_id: str) -> CaseLine:
        seen = self._cases[node_id]
        return CaseLine(node_id, seen.outcome or "waiting", duration_s=seen.duration_s)

    def __contains__(self, node_id: object) -> bool:
        return node_id in self._cases

    def __iter__(self) -> Iterator[str]:
        return iter(self._cases)

    def __len__(self) -> int:
        return len(self._cases)


def view_of(sight: FirstSight) -> View:
    run = RunView(
        sight.iteration,
        sight.purpose,
        sight.command,
        cases=SeenLines(sight.cases),
        is_running=sight.is_running,
        finished=sum(1 for case in sight.cases if case.outcome),
        failed=sum(case.outcome not in ("", "passed") for case in sight.cases),
    )
    return View(
        session_id=sight.session_id,
        module=sight.module,
        folder=sight.folder,
        phase=sight.phase,
        iteration=sight.iteration,
        run=run,
    )
