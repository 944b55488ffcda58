"""A detailed report of one session, as one Markdown page to hand on."""

from __future__ import annotations

from itc_tui.domain.inventory import Inventory
from itc_tui.domain.log.conclusions import conclusions
from itc_tui.domain.log.wording import inline
from itc_tui.domain.results import Results
from itc_tui.domain.state import State


def session_report(state: State) -> str:
    return "\n".join(
        (
            f"# Integration test report: {inline(state.module)}",
            "",
            f"Session `{state.session_id}`, started {state.started}, engine {state.engine}.",
            "",
            conclusions(state),
            "## Cases",
            "",
            "| case | test | boundary | expectation | result |",
            "|---|---|---|---|---|",
            *_rows(state),
            "",
            "## Commits",
            "",
            *(f"- `{note.sha[:12]}` {inline(note.message)}" for note in state.commits),
            "",
        )
    )


def _rows(state: State) -> list[str]:
    inventory = state.test_inventory or Inventory()
    results = state.iterations.latest_results or Results()
    failures = {failure.test: failure for failure in results.failures}
    rows = []
    for case in inventory.cases:
        failure = failures.get(case.node_id)
        told = f"{failure.outcome}: {inline(failure.error)}" if failure else "passed"
        cells = (case.case_id, f"`{case.node_id}`", case.boundary, case.provenance, told)
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    rows += [
        f"| {one.case_id} | not written | | | {inline(one.reason)} |" for one in inventory.unwritten
    ]
    return rows
