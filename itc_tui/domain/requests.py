"""The six requests that an engine answers, and its answers where no record holds them yet."""

from __future__ import annotations

from itc_tui.domain.exploration import Exploration
from itc_tui.domain.inventory import UnwrittenCase
from itc_tui.domain.iterations import (
    FixEntry,
    Judgement,
    Learnings,
    ModificationPoint,
    StrategyChoice,
)
from itc_tui.domain.plan import Plan
from itc_tui.domain.record import Record
from itc_tui.domain.results import Failure
from itc_tui.domain.words import AnyLevel, Level, Provenance


class ExploreRequest(Record):
    topic: str
    """What the person typed, in any language."""
    modules: tuple[str, ...] = ()
    """Chosen by the person; empty lets the engine match the topic."""


class DesignRequest(Record):
    topic: str
    exploration: Exploration
    feedback: str = ""
    """What the person asked for when confirming an earlier plan: a scope, a mock, a scenario."""
    earlier: Plan | None = None
    max_tests: int = 0
    """0 lets the engine choose a size that a person can review."""
    budget_s: float = 0
    """Seconds for the whole design; 0 for the engine's own choice."""


class DevelopRequest(Record):
    topic: str
    exploration: Exploration
    plan: Plan
    tests_dir: str
    """Where new test files go, relative to the root."""
    taken_paths: tuple[str, ...] = ()
    """Files that are the person's: never to be written."""
    budget_s: float = 0


class DraftCase(Record):
    """One test function inside a draft file."""

    case_id: str
    scenario_id: str
    function: str
    """`test_x`, or `TestY::test_x`, with `[id]` when it is one of several parameters."""
    boundary: str = ""
    criticality: AnyLevel = Level.MEDIUM
    provenance: Provenance = Provenance.OBSERVED
    expected: str = ""
    """What the test expects, in the words of a plan."""


class DraftFile(Record):
    path: str
    text: str
    boundary: str = ""
    scenario_ids: tuple[str, ...] = ()
    cases: tuple[DraftCase, ...] = ()


class Draft(Record):
    """Test files as an engine proposes them; nothing is written yet."""

    files: tuple[DraftFile, ...] = ()
    unwritten: tuple[UnwrittenCase, ...] = ()
    notes: tuple[str, ...] = ()


class Issue(Record):
    """One thing that the syntax gate found wrong with a draft."""

    path: str
    line: int = 0
    function: str = ""
    """Empty when it is about the file."""
    rule: str = ""
    message: str = ""


class ValidateRequest(Record):
    draft: Draft
    issues: tuple[Issue, ...]
    exploration: Exploration


class AnalyseRequest(Record):
    exploration: Exploration
    plan: Plan
    failure: Failure
    source: str
    """Text of the test file."""
    learnings: Learnings = Learnings()
    earlier_fixes: tuple[FixEntry, ...] = ()
    seen_signatures: tuple[str, ...] = ()


class FileEdit(Record):
    """A file as it stands, and as it shall be."""

    path: str
    before: str
    after: str


class FixRequest(Record):
    exploration: Exploration
    plan: Plan
    strategy: StrategyChoice
    failures: tuple[Failure, ...]
    judgements: tuple[Judgement, ...]
    sources: dict[str, str]
    """Path → text of every test file that a fix may touch."""
    learnings: Learnings = Learnings()
    earlier_fixes: tuple[FixEntry, ...] = ()
    refusals: tuple[str, ...] = ()
    """Why an earlier proposal in this iteration was refused."""


class CorrectedExpectation(Record):
    """An expectation that a fix changes, with the evidence that allows it."""

    function: str
    old: str
    new: str
    evidence: str
    provenance: Provenance


class Fix(Record):
    """A change that an engine proposes; nothing is written yet."""

    edits: tuple[FileEdit, ...] = ()
    explanation: str = ""
    modification_points: tuple[ModificationPoint, ...] = ()
    affected_tests: tuple[str, ...] = ()
    confidence: float = 0.0
    corrections: tuple[CorrectedExpectation, ...] = ()
