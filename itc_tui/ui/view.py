"""What the screen shows at one moment: frozen, and the same for live, replayed and followed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from itc_tui.domain.vocabulary import RERUN
from itc_tui.ui.output_log import OutputLog
from itc_tui.ui.work import Work

if TYPE_CHECKING:
    from itc_tui.domain import events as happened
    from itc_tui.domain.exploration import Exploration
    from itc_tui.domain.interventions import Intervention
    from itc_tui.domain.inventory import Inventory
    from itc_tui.domain.iterations import Finding, FixEntry, HistoryEntry, Learnings, StrategyChoice
    from itc_tui.domain.plan import Plan
    from itc_tui.domain.questions import Question
    from itc_tui.domain.requests import FileEdit
    from itc_tui.domain.results import CaseResult, Results
    from itc_tui.domain.summary import Summary

PHASES = ("init", "explore", "design", "develop", "iterate", "complete")


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One test of the run that is on the screen."""

    node_id: str
    state: str = "waiting"
    """`waiting`, `running`, the outcome's word, or `flaky`: it passed, and does not count."""
    result: CaseResult | None = None
    """None where it would tell no more than state and duration do: most of ten thousand passed."""
    duration_s: float = 0.0

    @classmethod
    def of(cls, result: CaseResult) -> CaseLine:
        told = (result.message, result.file, result.traceback, result.comparison)
        is_quiet = result.is_passing and not any((*told, result.stdout, result.stderr, result.log))
        kept = None if is_quiet else result
        return cls(result.node_id, result.outcome.value, kept, result.duration_s)

    @property
    def is_over(self) -> bool:
        return self.state not in ("waiting", "running")

    @property
    def is_bad(self) -> bool:
        return self.is_over and self.state != "passed"


@dataclass(frozen=True, slots=True)
class RunView:
    iteration: int = 0
    purpose: str = ""
    command: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    """Node ids and whole files, so that the same can be run again."""
    cases: Mapping[str, CaseLine] = field(default_factory=dict)
    """Of this run."""
    beside: Mapping[str, CaseLine] = field(default_factory=dict)
    """What a rerun found on the screen: the tests that it leaves alone stand there still."""
    is_running: bool = False
    finished: int = 0
    failed: int = 0
    trouble: str = ""
    """Why a rerun cannot be trusted as a whole."""

    @property
    def is_rerun(self) -> bool:
        return self.purpose == RERUN

    @property
    def lines(self) -> Mapping[str, CaseLine]:
        """All there is to show, each test under its file."""
        if not self.beside:
            return self.cases
        lines = {**self.beside, **self.cases}
        if len(lines) == len(self.beside):
            return lines
        files: dict[str, int] = {}
        for name in lines:
            files.setdefault(name.partition("::")[0], len(files))
        order = sorted(lines, key=lambda name: files[name.partition("::")[0]])
        return {name: lines[name] for name in order}


@dataclass(frozen=True, slots=True)
class Card:
    """One iteration, as far as it has come."""

    iteration: int
    results: Results | None = None
    """Of the full run that opened it."""
    after: Results | None = None
    """What the fix brought, as the affected tests showed."""
    entry: HistoryEntry | None = None
    choice: StrategyChoice | None = None
    edits: tuple[FileEdit, ...] = ()
    explanation: str = ""
    fix: FixEntry | None = None
    refused: tuple[str, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    """What the person decided in step mode."""
    outcome: str = ""
    """`kept`, `undone`, `reverted`; empty while nobody has judged it."""
    sha: str = ""
    why: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def rate(self) -> float | None:
        return self.results.pass_rate if self.results else None


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """Compared by identity: it is asked thirty times a second whether it is another one."""

    session_id: str = ""
    module: str = ""
    folder: str = ""
    engine: str = ""
    phase: int = 0
    """1 to 6; 0 before the session is opened."""
    progress: happened.Progressed | None = None
    work: Work | None = None
    """The long work that goes on, where its steps are known."""
    notes: tuple[happened.Noted, ...] = ()
    exploration: Exploration | None = None
    plan: Plan | None = None
    plan_approved_by: str = ""
    rejected: tuple[happened.CaseRejected, ...] = ()
    files: tuple[happened.FileWritten, ...] = ()
    inventory: Inventory | None = None
    iteration: int = 0
    max_iterations: int = 0
    run: RunView = field(default_factory=RunView)
    results: Results | None = None
    is_rate_old: bool = False
    """Something was taken back since it was measured."""
    log: OutputLog = field(default_factory=OutputLog)
    cards: tuple[Card, ...] = ()
    learnings: Learnings | None = None
    findings: tuple[Finding, ...] = ()
    question: Question | None = None
    summary: Summary | None = None
    last_step: str = ""
    next_up: str = ""
    """What comes next, as a key of `next.…`; empty where nobody knows."""
    started_at: str = ""
    last_at: str = ""

    @property
    def planned_not_written(self) -> int:
        return len(self.inventory.unwritten) if self.inventory else 0
