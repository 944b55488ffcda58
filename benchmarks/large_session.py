"""A session of ten thousand tests on the disk, written by the same hands as a real one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from itc_tui.adapters.session.session_files import open_session
from itc_tui.adapters.system_clock import SystemClock
from itc_tui.domain import events as happened
from itc_tui.domain.inventory import Inventory, Proof, WrittenCase
from itc_tui.domain.iterations import Iterations
from itc_tui.domain.plan import Case, Plan, Scenario
from itc_tui.domain.results import CaseResult, Results
from itc_tui.domain.state import State
from itc_tui.domain.words import Outcome, Phase, Step

CASES = 10_000
IN_A_FILE = 50
LINES_EVERY = 25
NAMES = tuple(
    f"tests/integration/test_part_{number // IN_A_FILE:03d}_integration.py"
    f"::test_the_case_{number:05d}_gives_back_what_was_written"
    for number in range(CASES)
)
RESULTS = Results(pass_rate=100, passed=CASES, total=CASES, is_full=True, passing=NAMES)


def write_session(folder: Path) -> Path:
    """Planned, written, frozen, and run once, with a line of output for each test."""
    plan, inventory = _plan(), _inventory()
    with open_session(folder, SystemClock()) as session:
        session.record(
            happened.SessionOpened(
                session_id=folder.name, module="large", mode="new", folder=str(folder)
            )
        )
        for event in _events(plan, inventory):
            session.record(event)
        iterations = Iterations(current=1, latest_results=RESULTS).at(Step.COMPLETE)
        session.save(
            State(
                session_id=folder.name,
                module="large",
                started="2026-11-21T20:00:00+08:00",
                phase=Phase.ITERATING,
                test_design=plan,
                test_inventory=inventory,
                iterations=iterations,
            )
        )
    return folder


def _events(plan: Plan, inventory: Inventory) -> Iterator[happened.Event]:
    yield happened.PlanProposed(plan=plan)
    yield happened.PlanApproved(plan=plan)
    yield happened.InventoryFrozen(inventory=inventory)
    yield happened.PhaseStarted(number=5, name="iterate")
    yield happened.IterationStarted(iteration=1, max_iterations=10)
    command = ("python", "-m", "pytest")
    yield happened.RunStarted(iteration=1, purpose="full", command=command, expected=NAMES)
    yield happened.CasesCollected(node_ids=NAMES)
    for number, name in enumerate(NAMES):
        yield happened.CaseStarted(node_id=name)
        result = CaseResult(node_id=name, outcome=Outcome.PASSED, duration_s=0.001)
        yield happened.CaseFinished(result=result)
        if number % LINES_EVERY == 0:
            lines = tuple(f"output {number} {line}" for line in range(LINES_EVERY))
            yield happened.OutputArrived(lines=lines)
    yield happened.RunFinished(iteration=1, purpose="full", results=RESULTS)
    yield happened.StepPersisted(step="test-1")


def _plan() -> Plan:
    scenarios = tuple(
        Scenario(
            id=f"IS-{first // IN_A_FILE:03d}",
            name=f"part {first // IN_A_FILE}",
            boundary="large.writer → large.reader",
            test_cases=tuple(
                Case(
                    id=f"IS-{number // IN_A_FILE:03d}-{number}",
                    name=f"case {number}",
                    input=f"write({number})",
                    expected=str(number),
                    evidence="round trip",
                )
                for number in range(first, first + IN_A_FILE)
            ),
        )
        for first in range(0, CASES, IN_A_FILE)
    )
    return Plan(integration_scenarios=scenarios, execution_order=tuple(one.id for one in scenarios))


def _inventory() -> Inventory:
    return Inventory(
        total_tests=CASES,
        total_files=CASES // IN_A_FILE,
        cases=tuple(
            WrittenCase(
                case_id=f"IS-{number // IN_A_FILE:03d}-{number}",
                scenario_id=f"IS-{number // IN_A_FILE:03d}",
                node_id=name,
                boundary="large.writer → large.reader",
            )
            for number, name in enumerate(NAMES)
        ),
        proofs=tuple(
            Proof(case_id=f"IS-{number // IN_A_FILE:03d}-{number}", enters_both_sides=True)
            for number in range(CASES)
        ),
    )
