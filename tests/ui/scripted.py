"""A believable session on a small shop, as the loop would tell it: 20 scenarios, 4 iterations."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from itc_tui.domain.events import (
    BugFound,
    CaseFinished,
    CaseRejected,
    CasesCollected,
    CaseStarted,
    ChangeKept,
    ChangeReverted,
    Event,
    ExplorationFinished,
    FileWritten,
    FixApplied,
    FixProposed,
    FixRefused,
    InventoryFrozen,
    IterationStarted,
    Noted,
    OutputArrived,
    PhaseStarted,
    PlanApproved,
    PlanProposed,
    Progressed,
    QuestionAnswered,
    QuestionAsked,
    Reflected,
    ReportWritten,
    RunFinished,
    RunStarted,
    SessionCompleted,
    SessionOpened,
    StepPersisted,
    StrategyChosen,
)
from itc_tui.domain.inventory import Inventory, UnwrittenCase, WrittenCase
from itc_tui.domain.iterations import (
    CorrectedAssumption,
    Finding,
    FixEntry,
    HistoryEntry,
    Judgement,
    Learning,
    Learnings,
    ModificationPoint,
    Reflection,
    StrategyChoice,
)
from itc_tui.domain.plan import Plan
from itc_tui.domain.questions import Choice, Question, Reply, Topic
from itc_tui.domain.requests import FileEdit
from itc_tui.domain.results import CaseResult, Comparison, Failure, Results, rate
from itc_tui.domain.state import State
from itc_tui.domain.summary import Metrics, Summary
from itc_tui.domain.words import Ending, Outcome, Phase, StrategyName, Verdict
from itc_tui.ports import Steps
from tests.ui.scripted_shop import EXPLORATION, PLAN, REASONS

CONSENT = Question(
    topic=Topic.CONSENT,
    text="May the shop's code be run to observe it?",
    detail="In a scratch copy, without network, with its own HOME, at most 60 s.",
    choices=(
        Choice(
            key="y",
            name="allow",
            label="Run it in the box",
            consequence="Expectations can be observed where nothing promises them.",
            is_recommended=True,
        ),
        Choice(
            key="n",
            name="refuse",
            label="Read only",
            consequence="Only promises in the source become tests; fewer cases are written.",
        ),
    ),
)
PLAN_QUESTION = Question(
    topic=Topic.PLAN,
    text="Is this the right test strategy?",
    detail="20 scenarios with 40 cases on 14 boundaries; 11 expectations are only observed.",
    choices=(
        Choice(
            key="c",
            name="confirm",
            label="Confirm and develop",
            consequence="The plan stands; tests are written from it.",
            is_recommended=True,
        ),
        Choice(
            key="s",
            name="scope",
            label="Adjust the scope",
            consequence="You name modules to add or drop; the plan is made again.",
        ),
        Choice(
            key="m",
            name="mocking",
            label="Change what is mocked",
            consequence="You say what must be real; the plan is made again.",
        ),
        Choice(
            key="a",
            name="add",
            label="Add scenarios",
            consequence="You describe what is missing; it is added to the plan.",
        ),
    ),
)
NEXT_QUESTION = Question(
    topic=Topic.NEXT_STEPS,
    text="The cycle is complete. What next?",
    choices=(
        Choice(
            key="i",
            name="issue",
            label="Create issues",
            consequence="Both findings are filed with their reproduction.",
        ),
        Choice(
            key="e",
            name="extend",
            label="Extend the tests",
            consequence="The plan opens again; new cases are added to what stands.",
        ),
        Choice(
            key="r",
            name="report",
            label="Write a report",
            consequence="A Markdown report is put beside the log.",
        ),
        Choice(
            key="d",
            name="done",
            label="Done",
            consequence="Nothing more happens; the session stays readable.",
            is_recommended=True,
        ),
    ),
)


def written(plan: Plan) -> tuple[WrittenCase, ...]:
    """The cases of the plan that became tests: all but the last three."""
    return tuple(
        WrittenCase(
            case_id=case.id,
            scenario_id=scenario.id,
            node_id=node_id(scenario.boundary, case.name),
            boundary=scenario.boundary,
            criticality=case.criticality,
            provenance=case.provenance,
        )
        for scenario, case in plan.enabled_cases[:-3]
    )


def node_id(boundary: str, name: str) -> str:
    left, _, right = boundary.partition(" → ")
    file = f"{left}_{right}".replace("shop.", "").replace(".", "_")
    words = "".join(letter if letter.isalnum() else "_" for letter in name.lower())
    return f"tests/integration/test_{file}.py::test_{words}"


def journey(approved: Plan | None = None) -> Steps[State]:
    """The whole session; answers are taken up, so an edited plan is the one that is written."""
    yield SessionOpened(
        session_id="ITG-payments-and-orders-2026-11-20",
        module="payments and orders 支付",
        mode="new",
        folder=".workflow/.integration-test/ITG-payments-and-orders-2026-11-20",
    )
    yield PhaseStarted(number=1, name="initialize")
    yield StepPersisted(step="initialized")
    yield PhaseStarted(number=2, name="explore")
    for done in range(0, 61, 12):
        yield Progressed(what="Reading modules", done=done, total=60)
    yield ExplorationFinished(exploration=EXPLORATION)
    yield StepPersisted(step="explore")
    yield PhaseStarted(number=3, name="design")
    answer = yield from ask(CONSENT)
    yield Noted(
        text="Observing 14 boundaries in a scratch copy" if answer == "allow" else "Read only"
    )
    plan = approved or PLAN
    yield PlanProposed(plan=plan)
    reply = yield QuestionAsked(question=PLAN_QUESTION)
    reply = reply or Reply(choice="confirm")
    yield QuestionAnswered(question=PLAN_QUESTION, reply=reply.but(payload=None))
    plan = reply.payload or plan
    yield PlanApproved(plan=plan, by="person")
    yield StepPersisted(step="design")
    yield PhaseStarted(number=4, name="develop")
    cases = written(plan)
    yield from develop(plan, cases)
    yield PhaseStarted(number=5, name="iterate")
    learnings = yield from iterate(cases)
    yield PhaseStarted(number=6, name="complete")
    yield SessionCompleted(summary=summary(len(cases)))
    yield StepPersisted(step="complete")
    wish = yield from ask(NEXT_QUESTION)
    if wish == "report":
        yield ReportWritten(what="report", path="/shop/sessions/ITG-payments/.trace/report.md")
    return State(
        session_id="ITG-payments-and-orders-2026-11-20",
        module="payments and orders 支付",
        phase=Phase.COMPLETED,
        exploration=EXPLORATION,
        test_design=plan,
        learnings=learnings,
        summary=summary(len(cases)),
    )


def ask(question: Question) -> Steps[str]:
    reply = yield QuestionAsked(question=question)
    reply = reply or Reply(choice=question.recommended.name)
    yield QuestionAnswered(question=question, reply=reply)
    return reply.choice


def develop(plan: Plan, cases: tuple[WrittenCase, ...]) -> Steps[None]:
    left_out = [(scenario, case) for scenario, case in plan.enabled_cases[len(cases) :]]
    for number in range(1, len(cases) + 1):
        yield Progressed(what="Proving that each test can fail", done=number, total=len(cases))
    for _, case in left_out:
        yield CaseRejected(case_id=case.id, name=case.name, reason="survived every fault tried")
    for path in sorted({case.node_id.split("::")[0] for case in cases}):
        yield FileWritten(path=path, cases=sum(c.node_id.startswith(path) for c in cases))
    unwritten = tuple(
        UnwrittenCase(
            case_id=case.id, scenario_id=scenario.id, name=case.name, reason="survived every fault"
        )
        for scenario, case in left_out
    )
    yield InventoryFrozen(
        inventory=Inventory(cases=cases, total_tests=len(cases), total_files=9, unwritten=unwritten)
    )
    yield ChangeKept(iteration=0, sha="a81f02c", message="generate integration tests for payments")
    yield StepPersisted(step="develop")


#: Which cases (by place in the inventory) fail in the full run of each iteration …
FAILING = {
    1: (2, 5, 6, 9, 14, 20, 21, 30),
    2: (5, 6, 9, 14),
    3: (2, 5, 6, 9, 14, 18, 19, 20, 30),
    4: (9, 14),
}
#: … and after its fix. What iteration 2 seemed to gain broke others, so 3 takes it back.
FAILING_AFTER = {1: (5, 6, 9, 14), 2: (6, 9, 14), 3: (9, 14)}
CHOICES = {
    1: (StrategyName.CONSERVATIVE, "The first two iterations make one targeted fix each."),
    2: (StrategyName.AGGRESSIVE, "89.2 % pass and the failures are alike (0.83): one cause."),
    3: (StrategyName.SURGICAL, "The pass rate fell by 13.5 points: smallest change, undo first."),
    4: (StrategyName.CONSERVATIVE, "Two failures are left, and both are product bugs."),
}
TAUGHT = {
    1: (
        "the gateway is told the amount in cents",
        "it takes a Decimal in euros",
        "amounts cross the boundary as Decimal",
    ),
    2: (
        "the cache forgets an order when it is paid",
        "it keeps it for 30 s",
        "orders are stale for one TTL after payment",
    ),
    3: (
        "fixtures may share one database file",
        "the second writer waits and fails",
        "each test needs a database of its own",
    ),
    4: (
        "a refund restores the stock",
        "no listener does it",
        "stock after a refund is a product bug",
    ),
}


def iterate(cases: tuple[WrittenCase, ...]) -> Steps[Learnings]:
    learnings = Learnings()
    for number in range(1, 5):
        yield IterationStarted(iteration=number, max_iterations=10)
        results = yield from run(cases, number, FAILING[number])
        if number == 3:
            yield ChangeReverted(iteration=2, sha="77d0b1e", reason="the full run passed fewer")
            yield StepPersisted(step="roll_back-3")
            results = yield from run(cases, number, FAILING[2])
        yield StepPersisted(step=f"test-{number}")
        entry, learnings = reflect(number, results, learnings)
        yield Reflected(entry=entry, learnings=learnings)
        if number == 1:
            yield from findings(results)
        yield StrategyChosen(
            iteration=number,
            choice=StrategyChoice(name=CHOICES[number][0], reason=CHOICES[number][1]),
        )
        yield StepPersisted(step=f"choose-{number}")
        if number < 4:
            yield from fix(number)
            yield from keep(cases, number, results)
    return learnings


def keep(cases: tuple[WrittenCase, ...], number: int, before: Results) -> Steps[None]:
    after = yield from run(cases, number, FAILING_AFTER[number], affected=True)
    yield ChangeKept(
        iteration=number,
        sha=f"{number + 1}c9de1f",
        message=f"iteration {number} (pass: {before.pass_rate}% → {after.pass_rate}%)",
        old_rate=before.pass_rate,
        new_rate=after.pass_rate,
    )
    yield StepPersisted(step=f"keep-{number}")


def run(
    cases: tuple[WrittenCase, ...],
    iteration: int,
    failing_places: tuple[int, ...],
    *,
    affected: bool = False,
) -> Steps[Results]:
    asked = [
        (place, case)
        for place, case in enumerate(cases)
        if not affected or place in FAILING[iteration]
    ]
    nodes = tuple(case.node_id for _, case in asked)
    yield RunStarted(
        iteration=iteration,
        purpose="affected" if affected else "full",
        command=(".venv/bin/python", "-m", "pytest", "-q", "tests/integration"),
        expected=nodes,
    )
    yield OutputArrived(lines=("=" * 30 + " test session starts " + "=" * 30, "collecting ..."))
    yield CasesCollected(node_ids=nodes)
    for place, case in asked:
        yield CaseStarted(node_id=case.node_id)
        result = failing(case, place) if place in failing_places else passing(case, place)
        yield CaseFinished(result=result)
        yield OutputArrived(lines=tuple(output(case, result)))
    failures = tuple(
        failure_of(cases[place], failing(cases[place], place)) for place in failing_places
    )
    passed = len(cases) - len(failures)
    took_s = 1.2 + iteration / 10
    yield OutputArrived(lines=("", f"{len(failures)} failed, {passed} passed in {took_s:.2f}s"))
    results = Results(
        pass_rate=rate(passed, len(cases)),
        passed=passed,
        failed=len(failures),
        total=len(cases),
        failures=failures,
        is_full=not affected,
        duration_s=took_s,
    )
    yield RunFinished(iteration=iteration, results=results)
    return results


def output(case: WrittenCase, result: CaseResult) -> Iterator[str]:
    yield f"{case.node_id} {result.outcome.upper()}"
    if result.outcome is not Outcome.PASSED:
        yield from result.traceback.splitlines()


def passing(case: WrittenCase, place: int) -> CaseResult:
    return CaseResult(
        node_id=case.node_id, outcome=Outcome.PASSED, duration_s=0.004 + (place * 37 % 90) / 1000
    )


def failing(case: WrittenCase, place: int) -> CaseResult:
    left, right, message = REASONS[place % len(REASONS)]
    path = case.node_id.split("::")[0]
    return CaseResult(
        node_id=case.node_id,
        outcome=Outcome.ERROR if place == 20 else Outcome.FAILED,
        stage="setup" if place == 20 else "call",
        duration_s=0.11 + place / 200,
        message=message,
        file=path,
        line=24 + place,
        traceback=(
            f"{path}:{24 + place}: in {case.node_id.split('::')[1]}\n"
            "    receipt = gateway.charge(order)\n"
            "shop/gateway.py:58: in charge\n"
            "    assert answer == expected\n"
            f"E   {message}"
        ),
        comparison=Comparison(op="==", left=left, right=right, explanation=message),
        stdout="charging order 7 for 24.00 EUR\nretry 1 of 3\n",
        log="WARNING shop.gateway:gateway.py:51 slow answer (0.8 s)\n",
    )


def failure_of(case: WrittenCase, result: CaseResult) -> Failure:
    return Failure(
        test=case.node_id,
        file=result.file,
        error=result.message,
        criticality=case.criticality,
        case_id=case.case_id,
        outcome=result.outcome,
        line=result.line,
        traceback=result.traceback,
        comparison=result.comparison,
        output=result.stdout,
    )


def reflect(number: int, results: Results, before: Learnings) -> tuple[HistoryEntry, Learnings]:
    assumed, reality, learned = TAUGHT[number]
    verdicts = (Verdict.PRODUCT_BUG, Verdict.PRODUCT_BUG, Verdict.WRONG_TEST, Verdict.ENVIRONMENT)
    judgements = tuple(
        Judgement(
            test=failure.test,
            verdict=verdicts[place % 4] if number < 4 else Verdict.PRODUCT_BUG,
            root_cause=f"{reality}, so the check at line {failure.line} does not hold",
            confidence=0.8,
        )
        for place, failure in enumerate(results.failures)
    )
    name, reason = CHOICES[number]
    entry = HistoryEntry(
        iteration=number,
        pass_rate=results.pass_rate,
        strategy=name,
        failed_tests=results.failed_tests,
        reflection_summary=f"{reality[0].upper()}{reality[1:]}.",
        strategy_reason=reason,
        reflection=Reflection(
            iteration=number,
            why_it_failed=f"{results.failed} of {results.total} failed because {reality}.",
            assumed_vs_reality=f"Assumed that {assumed}; in reality {reality}.",
            learned=learned,
            next_action="fix the shared cause" if number < 4 else "finish and report",
            judgements=judgements,
            similarity=0.83 if number == 2 else 0.4,
        ),
        commit=f"{number + 1}c9de1f" if number in (1, 3) else "",
        reverted_by="77d0b1e" if number == 2 else "",
    )
    return entry, Learnings(
        iteration=number,
        confirmed=(*before.confirmed, Learning(text=learned, iteration=number)),
        corrected=(
            *before.corrected,
            CorrectedAssumption(old=assumed, new=reality, iteration=number, evidence="run"),
        ),
        effective=(Learning(text="one fixture at a time", iteration=number),),
        ineffective=(Learning(text="raising time-outs", iteration=2),) if number > 2 else (),
        patterns=(Learning(text="money crosses boundaries in two shapes", iteration=1),),
    )


def findings(results: Results) -> Steps[None]:
    for number, failure in zip(count(1), results.failures[2:4]):
        yield BugFound(
            finding=Finding(
                id=f"F-{number}",
                title=("A refund does not restore the stock", "Retries charge twice")[number - 1],
                test=failure.test,
                boundary="shop.payments → shop.gateway",
                contract="docstring shop/payments.py:41",
                observed=failure.error,
                reproduction="from shop import Shop\nassert Shop().refund(7).stock == 3",
                iteration=1,
            )
        )


def fix(number: int) -> Steps[None]:
    path = "tests/integration/test_payments_gateway.py"
    before = "def amount(order):\n    return int(order.total * 100)\n\n\nTIMEOUT = 1\n"
    after = "def amount(order):\n    return order.total\n\n\nTIMEOUT = 1\n"
    yield FixProposed(
        iteration=number,
        edits=(FileEdit(path=path, before=before, after=after),),
        explanation=f"{TAUGHT[number][2][0].upper()}{TAUGHT[number][2][1:]}.",
    )
    if number == 2:
        yield FixRefused(iteration=2, reason="one assertion fewer in test_charge_in_euros")
    yield FixApplied(
        iteration=number,
        entry=FixEntry(
            iteration=number,
            strategy=CHOICES[number][0],
            modification_points=(ModificationPoint(file=path, line=2, what="pass the Decimal on"),),
            affected_tests=(path,),
            confidence=0.7,
            explanation=TAUGHT[number][2],
        ),
        paths=(path,),
    )


def summary(total: int) -> Summary:
    return Summary(
        result=Ending.FAILURE,
        final_pass_rate=rate(total - 2, total),
        total_iterations=4,
        strategies_used=(StrategyName.CONSERVATIVE, StrategyName.AGGRESSIVE, StrategyName.SURGICAL),
        test_metrics=Metrics(
            total_tests=total,
            passed=total - 2,
            failed=2,
            test_files=9,
            integration_points_covered=14,
            integration_points_total=14,
            planned_not_written=3,
        ),
        key_learnings=tuple(TAUGHT[number][2] for number in range(1, 5)),
        product_bugs=("F-1", "F-2"),
        recommendations=("Mend the refund, then run the cycle again.",),
        why="Two product bugs stay red until the shop is mended.",
    )


def events() -> tuple[Event, ...]:
    """The session as it would stand in events.jsonl."""
    steps = journey()
    happened = []
    for second, event in enumerate(steps):
        stamp = f"2026-11-20T10:{second // 60 % 60:02d}:{second % 60:02d}+08:00"
        happened.append(event.but(at=stamp))
    return tuple(happened)
