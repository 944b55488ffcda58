"""Everything the loop may ask, in one place."""

from __future__ import annotations

from dataclasses import dataclass, field

from itc_tui.domain.record import Record
from itc_tui.domain.target import Target
from itc_tui.ports.engine import Engine
from itc_tui.ports.prover import Prover
from itc_tui.ports.repository import Repository
from itc_tui.ports.runner import Runner
from itc_tui.ports.session_store import SessionStore
from itc_tui.ports.steering import Steering, StopSwitch
from itc_tui.ports.surroundings import Clock, IssueDesk, Library


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
