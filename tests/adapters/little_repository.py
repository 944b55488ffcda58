"""A repository made in a few lines, and its real pytest driven by the real runner."""

from __future__ import annotations

import sys
import textwrap
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from itc_tui.adapters.running.attempt import Guards
from itc_tui.adapters.running.pytest_runner import PytestRunner
from itc_tui.domain.events import Event, Noted, OutputArrived, RunStarted
from itc_tui.domain.questions import Reply
from itc_tui.domain.results import CaseResult, RunReport
from itc_tui.domain.target import Target
from itc_tui.domain.words import Outcome
from itc_tui.ports import RunOrder, StopSwitch

Wanted = TypeVar("Wanted", bound=Event)
QUICK = Guards(start_limit_s=20.0, end_limit_s=20.0)


class RealClock:
    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


@dataclass
class Ran:
    """What a run left."""

    report: RunReport
    events: list[Event]

    def result(self, name: str) -> CaseResult:
        return next(one for one in self.report.results if one.node_id.endswith(name))

    def outcome(self, name: str) -> Outcome:
        return self.result(name).outcome

    @property
    def outcomes(self) -> dict[str, str]:
        return {one.node_id.rpartition("::")[2]: one.outcome.value for one in self.report.results}

    def told(self, kind: type[Wanted]) -> list[Wanted]:
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def lines(self) -> list[str]:
        return [line for event in self.told(OutputArrived) for line in event.lines]

    @property
    def notes(self) -> str:
        return "\n".join(event.text for event in self.told(Noted))

    @property
    def purposes(self) -> list[str]:
        return [event.purpose for event in self.told(RunStarted)]


class LittleRepository:
    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.stop = StopSwitch()
        self.python = sys.executable
        # Plugins take half of the time of a small run.
        self.environment: tuple[tuple[str, str], ...] = (("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1"),)
        self.write("pytest.ini", "[pytest]\n")

    @property
    def trace_dir(self) -> Path:
        return self.root / ".trace"

    @property
    def log(self) -> str:
        return (self.trace_dir / "test-output.log").read_text(encoding="utf-8")

    def write(self, path: str, text: str) -> str:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
        return path

    def options(self, addopts: str) -> None:
        self.write("pytest.ini", f"[pytest]\naddopts = {addopts}\n")

    def with_plugins(self) -> None:
        """Those of the environment that runs these tests: xdist, asyncio …"""
        self.environment = ()
        file = self.root / "pytest.ini"
        scope = "asyncio_default_fixture_loop_scope = function\n"
        file.write_text(file.read_text(encoding="utf-8") + scope, encoding="utf-8")

    def runner(self, guards: Guards = QUICK) -> PytestRunner:
        target = Target(
            root=str(self.root),
            python=self.python,
            tests_dir="tests",
            environment=self.environment,
        )
        return PytestRunner(target, self.trace_dir, self.stop, RealClock(), guards)

    def run(
        self,
        *names: str,
        guards: Guards = QUICK,
        watch: Callable[[Event], None] = lambda event: None,
        **order: Any,
    ) -> Ran:
        asked = RunOrder(node_ids=names, **{"case_limit_s": 20.0, **order})
        events: list[Event] = []
        reports: list[RunReport] = []

        def steps() -> Generator[Event, Reply | None, None]:
            reports.append((yield from self.runner(guards).run(asked)))

        for event in steps():
            events.append(event)
            watch(event)
        return Ran(reports[0], events)
