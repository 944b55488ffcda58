"""Reflect: why each case is red, what was assumed, and what that teaches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from itc_tui.domain.events import BugFound, Progressed, Reflected
from itc_tui.domain.exploration import Exploration
from itc_tui.domain.failure_signature import similarity
from itc_tui.domain.iterations import (
    Finding,
    HistoryEntry,
    Judgement,
    Reflection,
)
from itc_tui.domain.learned import after_reflection, with_patterns
from itc_tui.domain.log.wording import headline
from itc_tui.domain.plan import Plan
from itc_tui.domain.requests import AnalyseRequest
from itc_tui.domain.results import Failure, Results
from itc_tui.domain.session_id import timestamp
from itc_tui.domain.state import State
from itc_tui.domain.words import StrategyName, Verdict
from itc_tui.ports import Steps, World

#: As many causes as a person reads in one paragraph of the log.
_TOLD_CAUSES = 4


def reflect(state: State, world: World) -> Steps[State]:
    """The state with this iteration's entry, its findings and the learnings."""
    results = state.iterations.latest_results or Results()
    number = state.iterations.current
    judgements = []
    for index, failure in enumerate(results.failures):
        yield Progressed(what="analysing failures", done=index, total=len(results.failures))
        judgements.append((yield from _judge(state, failure, world)))
    reflection = _reflection(number, results.failures, judgements)
    world.store.write_trace(f"cli-{number}.txt", _words_of_engine(judgements))
    state = with_reflection(state, results, reflection, timestamp(world.clock.now()))
    state = _with_flaky_noted(state, results.failures, judgements)
    known = {finding.test for finding in state.findings}
    for failure, judgement in zip(results.failures, judgements, strict=True):
        if judgement.verdict is Verdict.PRODUCT_BUG and failure.test not in known:
            finding = _finding(len(state.findings) + 1, number, failure, judgement, state)
            state = state.but(findings=(*state.findings, finding))
            yield BugFound(finding=finding)
    yield Reflected(entry=state.iterations.history[-1], learnings=state.learnings)
    return state


def with_reflection(state: State, results: Results, reflection: Reflection, at: str) -> State:
    """The entry of this iteration at the end of the history, in place of an earlier try."""
    iterations = state.iterations
    earlier = tuple(
        entry for entry in iterations.history if entry.iteration != reflection.iteration
    )
    verdicts = {judgement.test: judgement.verdict for judgement in reflection.judgements}
    entry = HistoryEntry(
        iteration=reflection.iteration,
        timestamp=at,
        pass_rate=results.pass_rate,
        passed=results.passed,
        total=results.total,
        strategy=iterations.strategy or StrategyName.CONSERVATIVE,
        failed_tests=results.failed_tests,
        reflection_summary=reflection.why_it_failed or "all cases pass",
        reflection=reflection,
        signatures=tuple(failure.signature for failure in results.failures),
    )
    history = (*earlier, entry)
    judged = tuple(
        failure.but(verdict=verdicts.get(failure.test, failure.verdict))
        for failure in results.failures
    )
    return state.but(
        iterations=iterations.but(history=history, latest_results=results.but(failures=judged)),
        learnings=with_patterns(after_reflection(state.learnings, reflection), history),
    )


def _with_flaky_noted(
    state: State, failures: Sequence[Failure], judgements: Sequence[Judgement]
) -> State:
    """What fails only now and then is not passing when it happens to pass the next time."""
    seen = {failure.test: failure for failure in state.flaky}
    for failure, judgement in zip(failures, judgements, strict=True):
        if judgement.verdict is Verdict.FLAKY or failure.signature.startswith("flaky|"):
            seen.setdefault(failure.test, failure)
    return state.but(flaky=tuple(seen.values()))


def bug_tests(state: State) -> frozenset[str]:
    return frozenset(finding.test for finding in state.findings)


def _judge(state: State, failure: Failure, world: World) -> Steps[Judgement]:
    judgement = yield from world.engine.analyse(
        AnalyseRequest(
            exploration=state.exploration or Exploration(),
            plan=state.test_design or Plan(),
            failure=failure,
            source=world.repository.read(failure.test.split("::", 1)[0]) or "",
            learnings=state.learnings,
            earlier_fixes=state.fix_history,
            seen_signatures=tuple(
                signature for entry in state.iterations.history for signature in entry.signatures
            ),
        )
    )
    return judgement.but(test=failure.test, case_id=failure.case_id)


def _reflection(
    number: int, failures: Sequence[Failure], judgements: Sequence[Judgement]
) -> Reflection:
    fixable = [
        failure
        for failure, judgement in zip(failures, judgements, strict=True)
        if judgement.verdict is not Verdict.PRODUCT_BUG
    ]
    return Reflection(
        iteration=number,
        why_it_failed=_told(headline(judgement.root_cause) for judgement in judgements),
        assumed_vs_reality=_told(
            f"assumed {one.assumed}, but {one.reality}"
            for one in judgements
            if one.assumed and one.reality
        ),
        learned=_told(one.learned for one in judgements),
        judgements=tuple(judgements),
        similarity=similarity([failure.signature for failure in fixable]),
    )


def _told(parts: Iterable[str]) -> str:
    unique = list(dict.fromkeys(part for part in parts if part))
    more = len(unique) - _TOLD_CAUSES
    return "; ".join(unique[:_TOLD_CAUSES]) + (f"; and {more} more" if more > 0 else "")


def _finding(
    number: int, iteration: int, failure: Failure, judgement: Judgement, state: State
) -> Finding:
    inventory = state.test_inventory
    boundary = (
        next((case.boundary for case in inventory.cases if case.node_id == failure.test), "")
        if inventory
        else ""
    )
    return Finding(
        id=f"BUG-{number:03d}",
        title=("broken promise: " if judgement.contract else "")
        + headline(judgement.root_cause or failure.error),
        test=failure.test,
        case_id=failure.case_id,
        boundary=boundary,
        contract=judgement.contract,
        observed=judgement.reality or failure.error,
        reproduction=judgement.reproduction,
        iteration=iteration,
    )


def _words_of_engine(judgements: Sequence[Judgement]) -> str:
    return (
        "\n\n".join(
            f"{one.test}\nverdict: {one.verdict} (confidence {one.confidence:.2f})\n"
            f"root cause: {one.root_cause}\nassumed: {one.assumed}\nreality: {one.reality}\n"
            f"learned: {one.learned}"
            for one in judgements
        )
        + "\n"
    )
