"""Everything that happens in a session, in the past tense; enough to replay it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from itc_tui.domain.exploration import Exploration
from itc_tui.domain.interventions import Intervention
from itc_tui.domain.inventory import Inventory
from itc_tui.domain.iterations import Finding, FixEntry, HistoryEntry, Learnings, StrategyChoice
from itc_tui.domain.plan import Plan
from itc_tui.domain.questions import Question, Reply
from itc_tui.domain.record import Record
from itc_tui.domain.requests import FileEdit
from itc_tui.domain.results import CaseResult, Results
from itc_tui.domain.summary import Summary
from itc_tui.domain.words import Phase


class Happening(Record):
    at: str = ""
    """Time of day with zone, stamped by the recorder."""


class SessionOpened(Happening):
    event: Literal["session_opened"] = "session_opened"
    session_id: str
    module: str
    mode: str
    folder: str
    phase: Phase = Phase.INIT
    engine: str = "builtin"


class PhaseStarted(Happening):
    event: Literal["phase_started"] = "phase_started"
    number: int
    """1 to 6, as in the overview."""
    name: str


class WorkOutlined(Happening):
    """Long work begins: the steps that it will take, in order."""

    event: Literal["work_outlined"] = "work_outlined"
    steps: tuple[str, ...]
    """Names, each its own; a step for which there is nothing to do is passed over."""


class Progressed(Happening):
    """Long work moved on; `total` 0 means nobody knows how much there is."""

    event: Literal["progressed"] = "progressed"
    what: str
    done: int = 0
    total: int = 0
    step: str = ""
    """Which of the steps that were outlined; empty where none were."""
    found: str = ""
    """What has come of it so far."""
    is_timed: bool = False
    """`done` and `total` are seconds: so much of its time is used."""


class Noted(Happening):
    """Something worth a line: a fallback, a refusal, a thing left out."""

    event: Literal["noted"] = "noted"
    text: str
    level: Literal["info", "warning", "error"] = "info"


class ExplorationFinished(Happening):
    event: Literal["exploration_finished"] = "exploration_finished"
    exploration: Exploration


class PlanProposed(Happening):
    event: Literal["plan_proposed"] = "plan_proposed"
    plan: Plan


class PlanApproved(Happening):
    event: Literal["plan_approved"] = "plan_approved"
    plan: Plan
    by: Literal["person", "auto"] = "auto"


class PlanTakenUp(Happening):
    """What a person changed in the plan, or what was observed where nobody had said what should be,
    is what the session goes by now."""

    event: Literal["plan_taken_up"] = "plan_taken_up"
    plan: Plan


class QuestionAsked(Happening):
    event: Literal["question_asked"] = "question_asked"
    question: Question


class QuestionAnswered(Happening):
    event: Literal["question_answered"] = "question_answered"
    question: Question
    reply: Reply


class CaseRejected(Happening):
    event: Literal["case_rejected"] = "case_rejected"
    case_id: str
    name: str = ""
    reason: str


class FileWritten(Happening):
    event: Literal["file_written"] = "file_written"
    path: str
    cases: int = 0


class InventoryFrozen(Happening):
    event: Literal["inventory_frozen"] = "inventory_frozen"
    inventory: Inventory


class IterationStarted(Happening):
    event: Literal["iteration_started"] = "iteration_started"
    iteration: int
    max_iterations: int


class RunStarted(Happening):
    event: Literal["run_started"] = "run_started"
    iteration: int = 0
    purpose: str = ""
    """`full`, `affected`, `shuffled`, `rerun`, `retry without …`."""
    command: tuple[str, ...] = ()
    expected: tuple[str, ...] = ()
    """Node ids that were asked for."""


class CasesCollected(Happening):
    event: Literal["cases_collected"] = "cases_collected"
    node_ids: tuple[str, ...]


class CaseStarted(Happening):
    event: Literal["case_started"] = "case_started"
    node_id: str


class CaseFinished(Happening):
    event: Literal["case_finished"] = "case_finished"
    result: CaseResult


class OutputArrived(Happening):
    """Lines that pytest printed, gathered; escape sequences are already gone."""

    event: Literal["output_arrived"] = "output_arrived"
    lines: tuple[str, ...]


class RunFinished(Happening):
    event: Literal["run_finished"] = "run_finished"
    iteration: int = 0
    purpose: str = ""
    results: Results


class RerunFinished(Happening):
    """A run that the person asked for is over. It measures nothing: no rate and no verdict."""

    event: Literal["rerun_finished"] = "rerun_finished"
    passed: int = 0
    total: int = 0
    """How many tests it was about."""
    duration_s: float = 0.0
    trouble: str = ""
    """Why it cannot be trusted as a whole; empty when it can."""
    was_stopped: bool = False


class Reflected(Happening):
    event: Literal["reflected"] = "reflected"
    entry: HistoryEntry
    learnings: Learnings


class BugFound(Happening):
    event: Literal["bug_found"] = "bug_found"
    finding: Finding


class StrategyChosen(Happening):
    event: Literal["strategy_chosen"] = "strategy_chosen"
    iteration: int
    choice: StrategyChoice


class Intervened(Happening):
    """In step mode the person decided what the loop would have decided by itself."""

    event: Literal["intervened"] = "intervened"
    intervention: Intervention


class FixProposed(Happening):
    event: Literal["fix_proposed"] = "fix_proposed"
    iteration: int
    edits: tuple[FileEdit, ...]
    explanation: str = ""
    by: Literal["person", "auto"] = "auto"
    """The person, when it was edited in step mode."""


class FixRefused(Happening):
    event: Literal["fix_refused"] = "fix_refused"
    iteration: int
    reason: str


class FixApplied(Happening):
    event: Literal["fix_applied"] = "fix_applied"
    iteration: int
    entry: FixEntry
    paths: tuple[str, ...]


class ChangeKept(Happening):
    event: Literal["change_kept"] = "change_kept"
    iteration: int
    sha: str = ""
    message: str = ""
    old_rate: float = 0
    new_rate: float = 0


class ChangeUndone(Happening):
    """A change that was never committed was taken out of the tree again."""

    event: Literal["change_undone"] = "change_undone"
    iteration: int
    reason: str


class ChangeReverted(Happening):
    event: Literal["change_reverted"] = "change_reverted"
    iteration: int
    sha: str = ""
    reason: str


class StepPersisted(Happening):
    """The state on disk now holds everything up to here."""

    event: Literal["step_persisted"] = "step_persisted"
    step: str


class SessionCompleted(Happening):
    event: Literal["session_completed"] = "session_completed"
    summary: Summary


class ReportWritten(Happening):
    event: Literal["report_written"] = "report_written"
    what: str
    path: str


Event = Annotated[
    SessionOpened
    | PhaseStarted
    | WorkOutlined
    | Progressed
    | Noted
    | ExplorationFinished
    | PlanProposed
    | PlanApproved
    | PlanTakenUp
    | QuestionAsked
    | QuestionAnswered
    | CaseRejected
    | FileWritten
    | InventoryFrozen
    | IterationStarted
    | RunStarted
    | CasesCollected
    | CaseStarted
    | CaseFinished
    | OutputArrived
    | RunFinished
    | RerunFinished
    | Reflected
    | BugFound
    | StrategyChosen
    | Intervened
    | FixProposed
    | FixRefused
    | FixApplied
    | ChangeKept
    | ChangeUndone
    | ChangeReverted
    | StepPersisted
    | SessionCompleted
    | ReportWritten,
    Field(discriminator="event"),
]

any_event: TypeAdapter[Event] = TypeAdapter(Event)
