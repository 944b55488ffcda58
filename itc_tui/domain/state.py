"""`state.json`: one session, whole."""

from __future__ import annotations

from itc_tui.domain.exploration import Exploration
from itc_tui.domain.interventions import Intervention
from itc_tui.domain.inventory import Inventory
from itc_tui.domain.iterations import Finding, FixEntry, Iterations, Learnings
from itc_tui.domain.plan import Plan
from itc_tui.domain.record import Record
from itc_tui.domain.results import Failure
from itc_tui.domain.summary import Summary
from itc_tui.domain.words import AnyPhase, Phase

SCHEMA_VERSION = 1


class CommitNote(Record):
    """A commit of ours, so that a continued session recognises its own."""

    step: str = ""
    """`develop`, `keep-3`, `rollback-3`."""
    iteration: int = 0
    sha: str = ""
    message: str = ""


class TakenBack(Record):
    """What a person took back since the tests were last measured: rate and result are of before."""

    at: str = ""
    iterations: tuple[int, ...] = ()
    """0 stands for the generated tests themselves."""
    commits: tuple[str, ...] = ()
    """Hashes of the reverts."""

    @property
    def is_everything(self) -> bool:
        return 0 in self.iterations


class Consent(Record):
    """What the person allowed, once."""

    run_code: bool = False
    change_product: bool = False


class State(Record):
    session_id: str
    module: str
    started: str = ""
    max_iterations: int = 10
    phase: AnyPhase = Phase.INIT
    exploration: Exploration | None = None
    test_design: Plan | None = None
    test_inventory: Inventory | None = None
    iterations: Iterations = Iterations()
    fix_history: tuple[FixEntry, ...] = ()
    summary: Summary | None = None

    schema_version: int = SCHEMA_VERSION
    """Absent in a file written by hand after the specification; then it is 1."""
    engine: str = "builtin"
    mode: str = "new"
    consent: Consent = Consent()
    learnings: Learnings = Learnings()
    findings: tuple[Finding, ...] = ()
    commits: tuple[CommitNote, ...] = ()
    flaky: tuple[Failure, ...] = ()
    """How cases failed that were judged flaky; they do not pass before they are changed."""
    interventions: tuple[Intervention, ...] = ()
    """What the person decided in step mode."""
    taken_back: TakenBack | None = None
    """None as soon as a full run has measured what stands."""
    awaits_commit: bool = False
    """The developed tests are in the tree, and not yet committed."""
    extension: str = ""
    """What the person asked for when extending a completed session."""
