"""What is known of one case while it is being proved, and the proof that it adds up to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from itc_tui.adapters.proving.sides import Sides
from itc_tui.domain.counting import counted
from itc_tui.domain.failure_signature import signature_of
from itc_tui.domain.inventory import Proof
from itc_tui.domain.plain_text import beginning
from itc_tui.domain.requests import DraftCase
from itc_tui.domain.words import Provenance

#: A promise that is broken may be red; a test that is broken itself may not.
_OWN_MISTAKES = re.compile(
    r"^(ModuleNotFoundError|ImportError|NameError|SyntaxError|IndentationError)\b"
)

ALONE = "alone"


@dataclass
class Sighting:
    """How the case ended in one run."""

    how: str
    """`as planned`, `reversed, other hash seed`: what was different."""
    outcome: str
    message: str = ""
    signature: str = ""


@dataclass
class Evidence:
    case: DraftCase
    node_id: str
    sides: Sides | None
    sightings: list[Sighting] = field(default_factory=list)
    entered: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    crossed: tuple[str, ...] = ()
    """Boundaries of the map."""
    tried: int = 0
    caught: int = 0
    crashed: int = 0
    """Faults that made the code crash before any assertion could notice them."""
    survived: int = 0
    ran_out_of_time: bool = False
    was_tried: bool = False

    def saw(self, how: str, result: dict[str, Any] | None, why_absent: str) -> None:
        if result is None:
            self.sightings.append(Sighting(how, "error", why_absent, "absent"))
            return
        outcome, message = str(result["outcome"]), str(result.get("message", ""))
        signature = signature_of(
            outcome, str(result.get("stage", "")), message, str(result.get("traceback", ""))
        )
        self.sightings.append(Sighting(how, outcome, message, signature))

    def saw_alone(self, result: dict[str, Any]) -> None:
        """The last time counts, where a box had to begin again."""
        self.sightings = [one for one in self.sightings if one.how != ALONE]
        self.saw(ALONE, result, "")
        self.was_tried = True

    @property
    def is_green(self) -> bool:
        return bool(self.sightings) and all(s.outcome == "passed" for s in self.sightings)

    @property
    def is_steadily_red(self) -> bool:
        return (
            bool(self.sightings)
            and all(sighting.outcome == "failed" for sighting in self.sightings)
            and len({sighting.signature for sighting in self.sightings}) == 1
        )

    @property
    def crosses(self) -> bool:
        if self.sides is None:
            return len(self.entered) > 1
        return not self.sides.missing(self.entered, self.libraries)

    def objection(self) -> str:
        """Why it cannot be accepted, as far as is known now; empty when nothing speaks against."""
        return self._red() or self._unsteady() or self._not_crossing()

    def proof(self) -> Proof:
        why = self.objection()
        # Where every single fault crashed the code, none was left for the assertions to notice.
        only_crashes = self.crashed > 0 and not self.survived
        if not why and self.is_green and not self.caught and not only_crashes:
            why = self._uncaught()
        held = sum(s.outcome == self.sightings[0].outcome for s in self.sightings)
        return Proof(
            case_id=self.case.case_id,
            enters_both_sides=self.crosses,
            faults_tried=self.tried,
            faults_caught=self.caught or (self.crashed if only_crashes else 0),
            repeats_held=held if self.sightings else 0,
            crosses=self.crossed,
            rejected_because=why,
        )

    def _red(self) -> str:
        if not self.sightings:
            return "It was never run: the time ran out."
        first = self.sightings[0]
        if first.outcome == "passed":
            return ""
        said = _one_line(first.message)
        if first.outcome == "skipped":
            return f"It is skipped: {said}"
        if first.outcome == "error":
            return f"It does not get as far as its own code: {said}"
        if self.case.provenance not in (Provenance.CONTRACT, Provenance.APPROVED):
            return f"It fails as it stands: {said}"
        if _OWN_MISTAKES.match(first.message):
            return f"The test itself is broken: {said}"
        if not self.is_steadily_red:
            return f"It is red, but not the same way each time: {said}"
        return ""

    def _unsteady(self) -> str:
        if self.sightings[0].outcome != "passed":
            return ""
        fallen = next((s for s in self.sightings if s.outcome != "passed"), None)
        if fallen is None:
            return ""
        return f"It does not hold when run {fallen.how}: {_one_line(fallen.message)}"

    def _not_crossing(self) -> str:
        if self.is_steadily_red and (self.entered or self.libraries):
            return ""  # it stopped on its way, at the promise that is broken
        if self.crosses:
            return ""
        if self.sides is None:
            return "It crosses no boundary between two modules."
        missing = " and ".join(self.sides.missing(self.entered, self.libraries))
        return f"It never enters {missing}, so it does not cross {self.case.boundary}."

    def _uncaught(self) -> str:
        if self.tried:
            rest = f"; {self.crashed} only crashed the code" if self.crashed else ""
            return (
                f"Its assertions noticed none of {counted(self.tried, 'fault')} "
                f"behind its boundary{rest}."
            )
        if self.ran_out_of_time or not self.was_tried:
            return "The time ran out before a fault could be put behind its boundary."
        return "Behind its boundary it executes nothing that a fault could be put into."


def _one_line(message: str) -> str:
    line = next((line for line in message.splitlines() if line.strip()), "no reason given")
    return beginning(line.strip(), 200)


def still_open(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Green, steady and crossing: what remains is to show that they can fail."""
    return [each for each in evidence if each.is_green and not each.objection()]
