"""What one pytest run showed, and the pass rate it means for the inventory."""

from __future__ import annotations

from itc_tui.domain.record import Record
from itc_tui.domain.words import AnyLevel, Level, Outcome, Verdict


class Comparison(Record):
    """The two sides of the assertion that failed."""

    op: str = ""
    left: str = ""
    right: str = ""
    explanation: str = ""


class CaseResult(Record):
    """How one test ended, as our own reporter saw it."""

    node_id: str
    outcome: Outcome
    stage: str = "call"
    """setup, call or teardown: where it failed."""
    duration_s: float = 0.0
    message: str = ""
    """The crash in one line: `ValueError: no such order`."""
    file: str = ""
    line: int = 0
    traceback: str = ""
    comparison: Comparison | None = None
    stdout: str = ""
    stderr: str = ""
    log: str = ""

    @property
    def is_passing(self) -> bool:
        return self.outcome is Outcome.PASSED


class CollectionError(Record):
    node_id: str = ""
    message: str = ""
    traceback: str = ""


class RunReport(Record):
    """One pytest run, or several that together stand for one after a crash or a time-out."""

    results: tuple[CaseResult, ...] = ()
    collected: tuple[str, ...] = ()
    collection_errors: tuple[CollectionError, ...] = ()
    exit_code: int | None = None
    """pytest's own; None when it was killed or never started."""
    trouble: str = ""
    """Why the run as a whole cannot be trusted; empty when it can."""
    command: tuple[str, ...] = ()
    duration_s: float = 0.0
    retried_without: tuple[str, ...] = ()
    """Cases left out of a retry because they hung or crashed the interpreter."""
    is_full: bool = True
    """The whole inventory was asked for, not only some cases."""

    def result_of(self, node_id: str) -> CaseResult | None:
        return next((result for result in self.results if result.node_id == node_id), None)


class Failure(Record):
    """One case of the inventory that does not pass."""

    test: str = ""
    file: str = ""
    error: str = ""
    criticality: AnyLevel = Level.MEDIUM
    case_id: str = ""
    outcome: Outcome = Outcome.FAILED
    verdict: Verdict = Verdict.UNKNOWN
    signature: str = ""
    """Same cause, same signature: numbers, addresses and paths are folded."""
    line: int = 0
    stage: str = "call"
    traceback: str = ""
    comparison: Comparison | None = None
    output: str = ""


class Results(Record):
    """The inventory measured: what `latest_results` holds."""

    pass_rate: float = 0
    passed: int = 0
    failed: int = 0
    total: int = 0
    failures: tuple[Failure, ...] = ()
    is_full: bool = False
    trouble: str = ""
    duration_s: float = 0.0
    passing: tuple[str, ...] = ()
    """Node ids, so that a later run of some cases can be laid over this one."""

    @property
    def failed_tests(self) -> tuple[str, ...]:
        return tuple(failure.test for failure in self.failures)


def rate(passed: int, total: int) -> float:
    """Per cent with one decimal; never rounded up to 100."""
    if total == 0:
        return 0.0
    exact = 100 * passed / total
    return 100.0 if passed == total else min(round(exact, 1), 99.9)
