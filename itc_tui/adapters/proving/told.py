"""Takes in what the prover's script in the box tells, and what its report says."""

from __future__ import annotations

from typing import Any

from itc_tui.adapters.proving.findings import Evidence
from itc_tui.domain.events import Noted
from itc_tui.ports import BoxReport, Steps


def take_in(message: dict[str, Any], by_name: dict[str, Evidence]) -> tuple[str, str]:
    """What the script tells of one case: how it ended alone, and which faults it caught."""
    if "alone" in message:
        each = by_name[message["alone"]["node_id"]]
        each.saw_alone(message["alone"])
        return "alone", each.node_id
    if "proved" in message:
        each = by_name[message["proved"]]
        each.tried, each.caught = message["tried"], len(message["caught"])
        each.crashed, each.survived = message["crashed"], message["survived"]
        each.ran_out_of_time = message["out_of_time"]
        return "proved", each.node_id
    return "settled", message.get("settled", "")


def why_absent(answer: dict[str, Any], report: BoxReport) -> str:
    for error in answer.get("collection", ()):
        lines = [line for line in error["message"].splitlines() if line.startswith("E ")]
        said = lines[-1].removeprefix("E ").strip() if lines else error["message"]
        return f"it could not be collected: {said}"
    if report.ended_by:
        return f"the run was ended by {report.ended_by}"
    if report.trouble:
        return report.trouble
    if not answer:
        last = next(reversed([line for line in report.output.splitlines() if line.strip()]), "")
        return f"pytest did not start: {last}"
    if not answer.get("in_time", True):
        return "the run did not end in time"
    return "pytest did not collect it"


def say_what_holds(report: BoxReport) -> Steps[None]:
    """A guard inside Python holds less than the kernel's walls, and the person is told so."""
    weak = [
        what
        for what, wall in (("network", report.walls.network), ("writes", report.walls.writes))
        if wall == "guard"
    ]
    if weak:
        yield Noted(
            text=f"The box holds {' and '.join(weak)} in by a guard inside Python only; "
            "this system's kernel offers no wall for it.",
            level="warning",
        )
