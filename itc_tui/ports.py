"""All that the loop asks of the world; adapters and engines answer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeAlias, TypeVar

from pydantic import Field

from itc_tui.domain.events import Event
from itc_tui.domain.exploration import Exploration
from itc_tui.domain.inventory import Proof
from itc_tui.domain.iterations import Judgement
from itc_tui.domain.known_names import KnownNames
from itc_tui.domain.plan import Plan
from itc_tui.domain.questions import Reply
from itc_tui.domain.record import Record
from itc_tui.domain.requests import (
    AnalyseRequest,
    DesignRequest,
    DevelopRequest,
    Draft,
    ExploreRequest,
    Fix,
    FixRequest,
    ValidateRequest,
)
from itc_tui.domain.results import RunReport
from itc_tui.domain.state import State
from itc_tui.domain.target import Target
from itc_tui.domain.trouble import Stopped

Noun = TypeVar("Noun")

Steps: TypeAlias = Generator[Event, Reply | None, Noun]
"""Yields what happened, is sent a reply where it asked, and returns its noun."""


class StopSwitch:
    """Pulled from another thread; whoever works on something long looks at it, or is called."""

    def __init__(self) -> None:
        self._pulled = threading.Event()
        self._callbacks: list[Callable[[], None]] = []

    @property
    def is_pulled(self) -> bool:
        return self._pulled.is_set()

    def pull(self) -> None:
        self._pulled.set()
        for callback in tuple(self._callbacks):
            callback()

    def on_pull(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` when pulled; returns what takes it off again."""
        self._callbacks.append(callback)

        def forget() -> None:
            if callback in self._callbacks:
                self._callbacks.remove(callback)

        return forget

    def check(self) -> None:
        if self.is_pulled:
            raise Stopped


class Steering:
    """What the person wishes while the loop runs; looked at between steps, from any thread."""

    def __init__(self) -> None:
        self.asks_before_fix = False
        """Show each fix as a question before it is written."""
        self._draft: Plan | None = None
        self._lock = threading.Lock()

    def offer_plan(self, plan: Plan) -> None:
        """An edited plan, taken up at the next step."""
        with self._lock:
            self._draft = plan

    def take_plan(self) -> Plan | None:
        with self._lock:
            draft, self._draft = self._draft, None
            return draft


class Clock(Protocol):
    def now(self) -> datetime: ...

    def monotonic(self) -> float: ...


class Engine(Protocol):
    """Who does the thinking. Each request may yield `Progressed` and `Noted`, nothing else."""

    name: str

    def explore(self, request: ExploreRequest) -> Steps[Exploration]: ...

    def design(self, request: DesignRequest) -> Steps[Plan]: ...

    def develop(self, request: DevelopRequest) -> Steps[Draft]: ...

    def validate(self, request: ValidateRequest) -> Steps[Draft]:
        """Mend what the syntax gate found; what cannot be mended is left out with its reason."""
        ...

    def analyse(self, request: AnalyseRequest) -> Steps[Judgement]: ...

    def fix(self, request: FixRequest) -> Steps[Fix]: ...


class RunOrder(Record):
    node_ids: tuple[str, ...] = ()
    """What to run; the runner keeps them in this order."""
    purpose: str = "full"
    iteration: int = 0
    is_full: bool = True
    case_limit_s: float = 60.0
    """No sign of life for that long ends the run's process group."""
    hash_seed: int | None = None
    shuffle_seed: int | None = None
    elsewhere: bool = False
    """Run from another working directory, to show what leans on it."""
    keeps_log: bool = True
    """Write the whole output to the session's test-output.log."""


class Runner(Protocol):
    """The target's own pytest, in its own interpreter; the only judge."""

    def run(self, order: RunOrder) -> Steps[RunReport]:
        """Yields RunStarted, CasesCollected, CaseStarted, CaseFinished, OutputArrived, Noted."""
        ...


class BoxOrder(Record):
    """One script of ours to be run behind walls, with the target's interpreter."""

    script: str
    """Absolute path. Inside, `import itc_box` gives `send(dict)`, `payload` and `root`."""
    arguments: tuple[str, ...] = ()
    payload: Any = None
    """Handed to the script as JSON: `itc_box.payload`."""
    stdin: str | None = None
    """None closes it: whoever asks for input gets an end of file."""
    limit_s: float = 60.0
    memory_mb: int = 1024
    """For all its processes together."""
    output_limit: int = 8 * 1024 * 1024
    """Bytes printed before the run is ended."""
    overlays: Mapping[str, str | None] = Field(default_factory=dict)
    """Path in the scratch tree → its text for this order; None takes the file away."""
    environment: tuple[tuple[str, str], ...] = ()
    hash_seed: int = 0
    cwd: str = "."
    """Relative to the scratch tree."""
    refresh: bool = False
    """Take up what changed in the person's tree first."""


class BoxWalls(Record):
    """What really holds the code in; said to the person."""

    network: str = ""
    """`namespace` (the kernel), `guard` (inside Python only)."""
    writes: str = ""
    """`landlock` (the kernel), `guard` (inside Python only)."""
    notes: tuple[str, ...] = ()


class BoxReport(Record):
    exit_code: int | None = None
    """Negative for a signal; None when it was ended by us or never started."""
    ended_by: str = ""
    """`time`, `memory`, `processes`, `output`, or empty when it ended by itself."""
    output: str = ""
    """Head and tail of what it printed."""
    output_bytes: int = 0
    duration_s: float = 0.0
    walls: BoxWalls = BoxWalls()
    survivors_killed: int = 0
    """Processes that it left behind."""
    strays: tuple[str, ...] = ()
    """Modules that were loaded from the person's tree in spite of all; should be empty."""
    trouble: str = ""
    """Why the script could not be run at all; empty when it ran."""

    @property
    def is_clean(self) -> bool:
        return self.exit_code == 0 and not self.ended_by and not self.trouble


class Box(Protocol):
    """Runs code that nobody vouches for: no network, no writes outside, bounded, and gone after."""

    @property
    def tree(self) -> str:
        """Absolute path of the scratch copy that the code sees as its repository."""
        ...

    def run(self, order: BoxOrder) -> Generator[dict[str, Any], None, BoxReport]:
        """Yields what the script sends, while it runs. Raises Stopped when the switch is pulled."""
        ...

    def close(self) -> None:
        """Remove the scratch copy."""
        ...


class ProofOrder(Record):
    draft: Draft
    exploration: Exploration
    repeats: int = 10
    budget_s: float = 0
    faults_per_case: int = 1
    """After that many caught faults a case is not tried further."""


class Prover(Protocol):
    """Shows for each drafted case that it can fail, and that it holds."""

    def prove(self, order: ProofOrder) -> Steps[tuple[Proof, ...]]: ...


class Readiness(Record):
    """What git says before anything is touched."""

    has_git: bool = False
    branch: str = ""
    """Empty when HEAD is detached."""
    head: str = ""
    problem: str = ""
    """Why we must not start (a merge under way …), with what to do; empty when we may."""
    warnings: tuple[str, ...] = ()


class Commit(Record):
    sha: str
    message: str
    step: str
    """The trailer `Itc-Step`, by which a continued session recognises it."""
    warnings: tuple[str, ...] = ()
    """What is worth telling: a hook rewrote a file, the index is held by another process."""


class Repository(Protocol):
    """The person's tree and its history; touches only what is ours."""

    def readiness(self) -> Readiness: ...

    def read(self, path: str) -> str | None:
        """Text of a file, or None when it is not there."""
        ...

    def is_ours(self, path: str) -> bool: ...

    def changed_by_person(self) -> tuple[str, ...]:
        """Our files whose text is not what we last wrote."""
        ...

    def take_up(self, path: str) -> None:
        """Accept the person's text of one of our files as what stands."""
        ...

    def write(self, path: str, text: str) -> None:
        """Write one of our files, or a new one. Refuses the person's, and links out of the root.

        Safe to repeat; the text before it is kept for `restore`.
        """
        ...

    def owned_paths(self) -> tuple[str, ...]:
        """Every file of this session that we wrote and that was not taken back."""
        ...

    def restore(self, paths: Sequence[str]) -> None:
        """Bring our files back to what the last kept step left; new ones vanish."""
        ...

    def keep(self, paths: Sequence[str], message: str, session_id: str, step: str) -> Commit | None:
        """Commit these paths of ours, or adopt the commit of that step if it is there already.

        None when nothing differs from the last kept step.
        """
        ...

    def revert(self, commit: Commit, message: str, session_id: str, step: str) -> Commit:
        """`git revert` of one commit of ours; adopts the revert if it is there already."""
        ...

    def diff(self, commit: Commit) -> str: ...


class SessionStore(Protocol):
    """One session's folder. Opened for writing by one process at a time."""

    @property
    def folder(self) -> str: ...

    def load(self) -> State | None: ...

    def save(self, state: State) -> None:
        """Atomic, and on the disk when it returns."""
        ...

    def record(self, event: Event) -> Event:
        """Append to events.jsonl; returns the event with its time."""
        ...

    def read_log(self) -> str | None: ...

    def write_log(self, text: str) -> None: ...

    def write_trace(self, name: str, text: str) -> None: ...


class Library(Protocol):
    """What a test can import where it runs."""

    def known_names(self) -> KnownNames:
        """The target's own modules with their signatures, and what else is importable."""
        ...


class IssueDesk(Protocol):
    """Where findings are filed."""

    def file_issue(self, title: str, body: str) -> str:
        """An address where there is a tracker, else the path of a ready Markdown file."""
        ...


class Watcher(Protocol):
    """Notices what the person changes on disk."""

    def changed_paths(self) -> tuple[str, ...]:
        """Paths under the root that changed since the last call, without our own writes."""
        ...


class Limits(Record):
    """The knobs that the loop itself needs."""

    case_limit_s: float = 60.0
    repeats: int = 10
    budget_s: float = 0
    max_tests: int = 0


@dataclass(frozen=True)
class World:
    """Everything the loop may ask, in one place; built by wiring."""

    target: Target
    engine: Engine
    runner: Runner
    prover: Prover
    repository: Repository
    store: SessionStore
    library: Library
    issues: IssueDesk
    clock: Clock
    limits: Limits
    stop: StopSwitch = field(default_factory=StopSwitch)
    steering: Steering = field(default_factory=Steering)
