"""Fix: have a change proposed, refuse what bends a rule, apply it, and see what it brought."""

from __future__ import annotations

from collections.abc import Sequence

from itc_tui.domain.events import ChangeUndone, FixApplied, FixProposed, FixRefused, Noted
from itc_tui.domain.exploration import Exploration
from itc_tui.domain.interventions import Intervention
from itc_tui.domain.inventory import Inventory
from itc_tui.domain.iterations import (
    CorrectedAssumption,
    FixEntry,
    Judgement,
    StrategyChoice,
)
from itc_tui.domain.plan import Plan
from itc_tui.domain.record import Record
from itc_tui.domain.refusal import fix_digest, why_refused
from itc_tui.domain.requests import Fix, FixRequest
from itc_tui.domain.results import Failure, Results
from itc_tui.domain.state import State
from itc_tui.phases.ahead import PHASE_OF_ITERATIONS
from itc_tui.phases.reflect import bug_tests
from itc_tui.phases.review import Review, review
from itc_tui.phases.run import run_affected
from itc_tui.phases.tackle import to_tackle
from itc_tui.ports import Steps, World

#: A test with two faults shows the second only when the first is mended.
_ROUNDS = 3
_REFUSALS = 2


class FixOutcome(Record):
    """What one iteration's fix came to; with `gained` it stands in the tree, uncommitted."""

    entry: FixEntry
    results: Results
    """The affected cases laid over the last full run."""
    corrected: tuple[CorrectedAssumption, ...] = ()
    interventions: tuple[Intervention, ...] = ()


def fix(state: State, world: World) -> Steps[FixOutcome]:
    # A process that was killed here may have left half a fix.
    world.repository.restore(world.repository.owned_paths())
    choice = state.iterations.strategy_choice or StrategyChoice()
    before = state.iterations.latest_results or Results()
    attempt = _Attempt(state, choice, to_tackle(state, choice), before)
    for _ in range(_ROUNDS):
        proposal = yield from _proposal(attempt, world)
        if proposal is None:
            return attempt.undone(world, "none" if not attempt.applied else "undone")
        yield from _apply(attempt, proposal, world)
        results = yield from run_affected(
            attempt.inventory,
            (*attempt.affected, *attempt.red_bugs),
            before,
            state.iterations.current,
            world,
        )
        if turned := attempt.red_bugs - set(results.failed_tests):
            reason = f"{min(turned)} shows a product bug, which no change of a test turns green"
            yield ChangeUndone(iteration=state.iterations.current, reason=reason)
            attempt.refused.append(reason)
            return attempt.undone(world, "refused")
        if results.passed > before.passed:
            return attempt.gained(results)
        if not attempt.moved_on(results):
            break
    yield ChangeUndone(iteration=state.iterations.current, reason="no case more passes")
    return attempt.undone(world, "undone")


class _Attempt:
    """One iteration's fix while it is being made, over one or more rounds."""

    def __init__(
        self,
        state: State,
        choice: StrategyChoice,
        failures: tuple[Failure, ...],
        before: Results,
    ) -> None:
        self.state, self.choice, self.before = state, choice, before
        self.targets = failures
        self.failures = failures
        """As they stand now; a round may change why they fail."""
        self.red_bugs = bug_tests(state) & set(before.failed_tests)
        """They run along with every fix: what the engine calls its aim is not all it touches."""
        self.applied: list[Fix] = []
        self.refused: list[str] = []
        self.interventions: list[Intervention] = []

    @property
    def inventory(self) -> Inventory:
        return self.state.test_inventory or Inventory()

    @property
    def affected(self) -> tuple[str, ...]:
        named = [test for fix in self.applied for test in fix.affected_tests]
        return tuple(dict.fromkeys([failure.test for failure in self.targets] + named))

    def moved_on(self, results: Results) -> bool:
        """No gain yet, but nothing lost, and what was tackled fails for another reason now."""
        now = {failure.test: failure for failure in results.failures}
        old = {failure.test: failure.signature for failure in self.failures}
        if results.passed < self.before.passed or not old:
            return False
        if any(test in now and now[test].signature == old[test] for test in old):
            return False
        self.failures = tuple(now[test] for test in old if test in now)
        return True

    def gained(self, results: Results) -> FixOutcome:
        corrected = tuple(
            CorrectedAssumption(
                old=one.old,
                new=one.new,
                iteration=self.state.iterations.current,
                evidence=f"{one.evidence} ({one.provenance})",
            )
            for fix in self.applied
            for one in fix.corrections
        )
        return FixOutcome(
            entry=self._entry("gained"),
            results=results,
            corrected=corrected,
            interventions=tuple(self.interventions),
        )

    def undone(self, world: World, outcome: str) -> FixOutcome:
        world.repository.restore(world.repository.owned_paths())
        return FixOutcome(
            entry=self._entry(outcome),
            results=self.before,
            interventions=tuple(self.interventions),
        )

    def _entry(self, outcome: str) -> FixEntry:
        refused = "; ".join(dict.fromkeys(self.refused))
        return FixEntry(
            iteration=self.state.iterations.current,
            strategy=self.choice.name,
            modification_points=tuple(
                point for fix in self.applied for point in fix.modification_points
            ),
            affected_tests=self.affected,
            confidence=min((fix.confidence for fix in self.applied), default=0.0),
            signatures=tuple(dict.fromkeys(failure.signature for failure in self.targets)),
            explanation="; then ".join(fix.explanation for fix in self.applied),
            digests=tuple(fix_digest(fix.edits) for fix in self.applied),
            outcome="refused" if refused and outcome == "none" else outcome,
            refused_because=refused,
        )


def _proposal(attempt: _Attempt, world: World) -> Steps[Fix | None]:
    """The engine's fix, if it has one that may be applied; it is told why one was refused."""
    number = attempt.state.iterations.current
    refusals: list[str] = []
    while attempt.failures and len(refusals) < _REFUSALS:
        sources = {
            file.path: world.repository.read(file.path) or ""
            for file in attempt.inventory.test_files
        }
        proposal = yield from world.engine.fix(_request(attempt, sources, refusals))
        if not proposal.edits:
            if proposal.explanation:
                yield Noted(text=proposal.explanation)
            return None
        yield FixProposed(iteration=number, edits=proposal.edits, explanation=proposal.explanation)
        reason = _objection(attempt, proposal, sources, world)
        if not reason and world.steering.asks_in(PHASE_OF_ITERATIONS):
            seen = yield from _reviewed(attempt, proposal, sources, world)
            if seen.is_over:
                return None
            proposal, reason = seen.fix, seen.rejected_because
        if not reason:
            return proposal
        yield FixRefused(iteration=number, reason=reason)
        refusals.append(reason)
        attempt.refused.append(reason)
    return None


def _objection(attempt: _Attempt, proposal: Fix, sources: dict[str, str], world: World) -> str:
    return why_refused(
        proposal,
        sources=sources,
        signatures=[failure.signature for failure in attempt.failures],
        history=attempt.state.fix_history,
        may_change_product=attempt.state.consent.change_product,
        provenances={case.node_id: case.provenance for case in attempt.inventory.cases},
        known=world.library.known_names(),
    )


def _reviewed(
    attempt: _Attempt, proposal: Fix, sources: dict[str, str], world: World
) -> Steps[Review]:
    """Step mode: the person takes the fix, changes it, or leaves it."""
    seen = yield from review(
        proposal,
        attempt.state.iterations.current,
        lambda edited: _objection(attempt, edited, sources, world),
        world.library.known_names(),
    )
    attempt.interventions += seen.interventions
    attempt.refused += [seen.rejected_because] if seen.is_over else []
    return seen


def _request(attempt: _Attempt, sources: dict[str, str], refusals: Sequence[str]) -> FixRequest:
    state = attempt.state
    wanted = {failure.test for failure in attempt.failures}
    return FixRequest(
        exploration=state.exploration or Exploration(),
        plan=state.test_design or Plan(),
        strategy=attempt.choice,
        failures=attempt.failures,
        judgements=tuple(one for one in _latest_judgements(state) if one.test in wanted),
        sources=sources,
        learnings=state.learnings,
        earlier_fixes=state.fix_history,
        refusals=tuple(refusals),
    )


def _latest_judgements(state: State) -> tuple[Judgement, ...]:
    history = state.iterations.history
    reflection = history[-1].reflection if history else None
    return reflection.judgements if reflection else ()


def _apply(attempt: _Attempt, proposal: Fix, world: World) -> Steps[None]:
    for edit in proposal.edits:
        world.repository.write(edit.path, edit.after)
    attempt.applied.append(proposal)
    yield FixApplied(
        iteration=attempt.state.iterations.current,
        entry=attempt.gained(attempt.before).entry,
        paths=tuple(edit.path for edit in proposal.edits),
    )
