"""Turns of run → reflect → choose → fix, and what was learned in them (phase 5)."""

from __future__ import annotations

from typing import Literal

from itc_tui.domain.record import Record
from itc_tui.domain.results import Results
from itc_tui.domain.words import (
    AnyNextAction,
    AnyStrategy,
    NextAction,
    OptionalStrategy,
    Step,
    StrategyName,
    Verdict,
)


class Judgement(Record):
    """What one failure means, as analysed, with the reason."""

    test: str = ""
    case_id: str = ""
    verdict: Verdict = Verdict.UNKNOWN
    root_cause: str = ""
    assumed: str = ""
    reality: str = ""
    learned: str = ""
    confidence: float = 0.0
    reproduction: str = ""
    """Smallest Python that shows a product bug; empty for other verdicts."""
    contract: str = ""
    """The promise that is broken, and where it stands: `docstring shop/cart.py:31`."""


class Reflection(Record):
    """What one iteration learned, as the log tells it."""

    iteration: int = 0
    why_it_failed: str = ""
    assumed_vs_reality: str = ""
    learned: str = ""
    next_action: str = ""
    judgements: tuple[Judgement, ...] = ()
    similarity: float = 0.0
    """How alike the failures to be fixed are, 0 to 1."""


class StrategyChoice(Record):
    """Which strategy, and why this one."""

    name: AnyStrategy = StrategyName.CONSERVATIVE
    reason: str = ""
    by: Literal["person", "auto"] = "auto"
    tests: tuple[str, ...] = ()
    """The failures that the person picked; empty leaves them to the strategy."""


class ModificationPoint(Record):
    """One place that a fix changes."""

    file: str = ""
    line: int = 0
    what: str = ""


class FixEntry(Record):
    """One fix that was tried; the history that forbids blind retries."""

    iteration: int = 0
    strategy: AnyStrategy = StrategyName.CONSERVATIVE
    modification_points: tuple[ModificationPoint | str, ...] = ()
    affected_tests: tuple[str, ...] = ()
    confidence: float = 0.0
    signatures: tuple[str, ...] = ()
    """Failure signatures that it set out to remove."""
    explanation: str = ""
    digests: tuple[str, ...] = ()
    """One for each change it made: the same signature and digest are the same fix again."""
    outcome: str = ""
    """`gained` (not yet committed), `kept`, `undone`, `reverted`, `refused`, `none`."""
    refused_because: str = ""


class HistoryEntry(Record):
    iteration: int = 0
    timestamp: str = ""
    pass_rate: float = 0
    passed: int = 0
    total: int = 0
    strategy: AnyStrategy = StrategyName.CONSERVATIVE
    failed_tests: tuple[str, ...] = ()
    reflection_summary: str = ""
    strategy_adjustment: str = "none"
    strategy_reason: str = ""
    reflection: Reflection | None = None
    signatures: tuple[str, ...] = ()
    commit: str = ""
    """Hash of the commit that kept this iteration's change."""
    reverted_by: str = ""
    """Hash of the commit that took it back."""


class StuckCase(Record):
    """A case that has failed in several iterations in a row."""

    test: str = ""
    iterations: int = 0


class Iterations(Record):
    current: int = 0
    strategy: OptionalStrategy = None
    next_action: AnyNextAction = NextAction.EXPLORE
    history: tuple[HistoryEntry, ...] = ()
    stuck_tests: tuple[StuckCase | str, ...] = ()
    latest_results: Results | None = None
    step: Step | None = None
    """Absent in a file written by hand; then `next_action` says where to go on."""
    strategy_choice: StrategyChoice | None = None
    regression_detected: bool = False
    """The pass rate fell by more than ten points; the next strategy is surgical."""
    stop_because: str = ""
    """Why the iterations ended; empty while they go on."""

    @property
    def standing(self) -> Step:
        if self.step is not None:
            return self.step
        return {
            NextAction.EXPLORE: Step.TEST,
            NextAction.EXECUTE_TESTS: Step.TEST,
            NextAction.EXECUTE_FIX: Step.REFLECT,
            NextAction.COMPLETE: Step.COMPLETE,
        }[self.next_action]

    def at(self, step: Step, **changes: object) -> Iterations:
        """The same iterations, standing at another step."""
        return self.but(step=step, next_action=step.next_action, **changes)


class Learning(Record):
    """One entry under a heading of the cumulative learnings."""

    text: str
    iteration: int = 0


class CorrectedAssumption(Record):
    old: str
    new: str
    iteration: int = 0
    evidence: str = ""


class Learnings(Record):
    """What all iterations together have taught; rewritten after each of them."""

    iteration: int = 0
    confirmed: tuple[Learning, ...] = ()
    corrected: tuple[CorrectedAssumption, ...] = ()
    effective: tuple[Learning, ...] = ()
    ineffective: tuple[Learning, ...] = ()
    patterns: tuple[Learning, ...] = ()


class Finding(Record):
    """A product bug: it stays red, and is told to the person."""

    id: str = ""
    title: str = ""
    test: str = ""
    case_id: str = ""
    boundary: str = ""
    contract: str = ""
    observed: str = ""
    reproduction: str = ""
    iteration: int = 0
