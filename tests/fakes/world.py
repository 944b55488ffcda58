"""In-memory twins of every port but the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Protocol

from itc_tui.domain.events import CaseFinished, Event, RunStarted
from itc_tui.domain.inventory import Proof
from itc_tui.domain.known_names import KnownNames
from itc_tui.domain.plan import Plan
from itc_tui.domain.results import CaseResult, RunReport
from itc_tui.domain.state import State
from itc_tui.domain.target import Target
from itc_tui.domain.words import Outcome
from itc_tui.ports import (
    Commit,
    Engine,
    Limits,
    ProofOrder,
    Readiness,
    RunOrder,
    Steps,
    World,
)

Judge = Callable[[str, Mapping[str, str], RunOrder], Outcome]
"""Node id, the tree, the order → how that test ends."""


class FakeClock:
    """Stands still unless moved, so that two runs of one session can be compared."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 4, 12, 0, tzinfo=timezone(timedelta(hours=8)))

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()


class FakeRepository:
    """A dict of texts with a linear history of whole snapshots."""

    def __init__(self, files: Mapping[str, str] | None = None) -> None:
        self.files = dict(files or {})
        self.owned: set[str] = set()
        self.kept: dict[str, str] = {}
        self.commits: list[Commit] = []
        self.snapshots: dict[str, dict[str, str]] = {}
        """Hash → what stood before it."""
        self.made: dict[str, dict[str, str]] = {}
        """Hash → the texts that it changed."""

    def readiness(self) -> Readiness:
        return Readiness(has_git=True, branch="main")

    def read(self, path: str) -> str | None:
        return self.files.get(path)

    def is_ours(self, path: str) -> bool:
        return path in self.owned

    def owned_paths(self) -> tuple[str, ...]:
        return tuple(sorted(self.owned))

    def changed_by_person(self) -> tuple[str, ...]:
        return ()

    def take_up(self, path: str) -> None:
        self.owned.add(path)

    def write(self, path: str, text: str) -> None:
        assert path in self.owned or path not in self.files, f"{path} is the person's"
        self.owned.add(path)
        self.files[path] = text

    def restore(self, paths: Sequence[str]) -> None:
        for path in paths:
            if path in self.kept:
                self.files[path] = self.kept[path]
            else:
                self.files.pop(path, None)

    def keep(self, paths: Sequence[str], message: str, session_id: str, step: str) -> Commit | None:
        for commit in self.commits:
            if commit.step == step:
                return commit
        now = {path: self.files[path] for path in paths if path in self.files}
        if now == self.kept:
            return None
        commit = Commit(sha=f"{len(self.commits):040x}", message=message, step=step)
        self.snapshots[commit.sha] = dict(self.kept)
        self.made[commit.sha] = {
            path: now[path] for path in now if now[path] != self.kept.get(path)
        }
        self.commits.append(commit)
        self.kept = now
        return commit

    def revert(self, commit: Commit, message: str, session_id: str, step: str) -> Commit:
        before, after = self.snapshots[commit.sha], self.made[commit.sha]
        for path in after:
            if path in before:
                self.kept[path] = _put_back(self.kept[path], before[path], after[path])
                self.files[path] = self.kept[path]
            else:
                del self.kept[path], self.files[path]
                self.owned.discard(path)
        revert = Commit(sha=f"{len(self.commits):040x}", message=message, step=step)
        self.commits.append(revert)
        return revert

    def diff(self, commit: Commit, *, is_backward: bool = False) -> str:
        return f"diff of {commit.sha}"


def _put_back(text: str, before: str, after: str) -> str:
    """Line by line, as git does where nothing else touched them."""
    lines = zip(text.splitlines(), before.splitlines(), after.splitlines(), strict=True)
    return "".join(f"{old if line == new else line}\n" for line, old, new in lines)


class Tree(Protocol):
    """Whatever holds the texts of the tests."""

    @property
    def files(self) -> Mapping[str, str]: ...


class FakeRunner:
    """Judges each case by a function of the tree."""

    def __init__(self, repository: Tree, judge: Judge) -> None:
        self._repository, self._judge = repository, judge
        self.orders: list[RunOrder] = []

    def run(self, order: RunOrder) -> Steps[RunReport]:
        self.orders.append(order)
        yield RunStarted(purpose=order.purpose, expected=order.node_ids)
        results = []
        for node_id in order.node_ids:
            outcome = self._judge(node_id, self._repository.files, order)
            message = "" if outcome is Outcome.PASSED else f"AssertionError: {node_id}"
            result = CaseResult(node_id=node_id, outcome=outcome, message=message)
            results.append(result)
            yield CaseFinished(result=result)
        return RunReport(results=tuple(results), collected=order.node_ids, exit_code=0)


class FakeProver:
    """Accepts every case, but for those it was told to reject."""

    def __init__(self, rejected: Mapping[str, str] | None = None) -> None:
        self._rejected = dict(rejected or {})

    def prove(self, order: ProofOrder) -> Steps[tuple[Proof, ...]]:
        yield from ()
        return tuple(
            Proof(
                case_id=case.case_id,
                enters_both_sides=True,
                faults_tried=1,
                faults_caught=1,
                repeats_held=order.repeats,
                rejected_because=self._rejected.get(case.function, ""),
            )
            for file in order.draft.files
            for case in file.cases
        )


class FakeStore:
    """Keeps what was saved, in order."""

    folder = "sessions/ITG-fake"

    def __init__(self) -> None:
        self.saved: list[State] = []
        self.events: list[Event] = []
        self.log: str | None = None
        self.traces: dict[str, str] = {}
        self.draft: Plan | None = None

    def load(self) -> State | None:
        return self.saved[-1] if self.saved else None

    def save(self, state: State) -> None:
        self.saved.append(state)

    def record(self, event: Event) -> Event:
        self.events.append(event)
        return event

    def read_log(self) -> str | None:
        return self.log

    def write_log(self, text: str) -> str:
        self.log = text
        return ""

    def keep_draft(self, draft: Plan) -> None:
        self.draft = draft

    def kept_draft(self) -> Plan | None:
        return self.draft

    def write_trace(self, name: str, text: str) -> None:
        self.traces[name] = text


class FakeLibrary:
    """Knows no module, so that it objects to none."""

    def known_names(self) -> KnownNames:
        return KnownNames(importable=frozenset({"shop"}))


class FakeIssueDesk:
    """A drawer of issues."""

    def __init__(self) -> None:
        self.filed: list[tuple[str, str]] = []

    def file_issue(self, title: str, body: str) -> str:
        self.filed.append((title, body))
        return f"issues/{len(self.filed)}"


def fake_world(
    engine: Engine,
    judge: Judge,
    *,
    files: Mapping[str, str] | None = None,
    rejected: Mapping[str, str] | None = None,
) -> World:
    repository = FakeRepository(files)
    return World(
        target=Target(root="/target", tests_dir="tests/integration"),
        engine=engine,
        runner=FakeRunner(repository, judge),
        prover=FakeProver(rejected),
        repository=repository,
        store=FakeStore(),
        library=FakeLibrary(),
        issues=FakeIssueDesk(),
        clock=FakeClock(),
        limits=Limits(),
    )
