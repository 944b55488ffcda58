"""The whole cycle on one page: a generator of events.

Whoever drives it decides when to ask for the next event; not asking is pausing. Every step is
persisted before the next begins and is safe to repeat, so a session that was killed anywhere
goes on from its state.
"""

from __future__ import annotations

from itc_tui.domain.events import (
    InventoryFrozen,
    IterationStarted,
    Noted,
    PhaseStarted,
    PlanTakenUp,
    SessionOpened,
)
from itc_tui.domain.inventory import Inventory
from itc_tui.domain.iterations import Iterations, Reflection
from itc_tui.domain.learned import after_fix
from itc_tui.domain.plan_edits import with_new_of
from itc_tui.domain.quality_gate import Decision
from itc_tui.domain.results import Results
from itc_tui.domain.session_id import timestamp
from itc_tui.domain.state import State
from itc_tui.domain.undoing import again, going_on, without_tests
from itc_tui.domain.words import Phase, Step
from itc_tui.phases.ahead import goes_ahead
from itc_tui.phases.choose import choose
from itc_tui.phases.complete import complete, gate_of, next_steps
from itc_tui.phases.design import confirm, consent, design
from itc_tui.phases.develop import develop, with_what_was_observed
from itc_tui.phases.explore import explore
from itc_tui.phases.fix import fix
from itc_tui.phases.keep import keep_development, keep_gain, roll_back, stands_to_be_reverted
from itc_tui.phases.notice import take_up_edits, take_up_unproven
from itc_tui.phases.persist import persist, recorded, take_up_kept_draft, with_draft
from itc_tui.phases.reflect import reflect, with_reflection
from itc_tui.phases.restate import restate
from itc_tui.phases.run import run_all, run_shuffled
from itc_tui.phases.skip import skip
from itc_tui.phases.tackle import fixable, is_hopeless
from itc_tui.ports import Steps, World
from itc_tui.strategies.situation import REGRESSION_POINTS


def cycle(state: State, world: World) -> Steps[State]:
    """One session, from wherever its state stands to its summary."""
    return recorded(_cycle(state, world), world)


def _cycle(state: State, world: World) -> Steps[State]:
    yield SessionOpened(
        session_id=state.session_id,
        module=state.module,
        mode=state.mode,
        folder=world.store.folder,
        phase=state.phase,
        engine=state.engine,
    )
    yield PhaseStarted(number=1, name="initialize")
    for warning in world.repository.readiness().warnings:
        yield Noted(text=warning, level="warning")
    yield from take_up_kept_draft(world)
    state = yield from persist(state, going_on(state), "initialized", world)
    while True:
        state = yield from _to_inventory(state, world)
        while state.phase in (Phase.DEVELOPED, Phase.ITERATING):
            state = yield from _iterate(state, world)
        reply = yield from next_steps(state, world)
        state = yield from restate((yield from with_draft(state, world)), world)
        if reply.choice not in ("extend", "again"):
            return state
        reopened = again(state) if reply.choice == "again" else _reopened(state, reply.note)
        state = yield from persist(state, reopened, "reopened", world)


def _to_inventory(state: State, world: World) -> Steps[State]:
    """Phases 2 to 4: from a module's name to committed tests and a frozen denominator."""
    if state.phase is Phase.INIT:
        yield from goes_ahead(state, world)
        exploration = yield from explore(state, world)
        after = state.but(exploration=exploration, phase=Phase.EXPLORED)
        state = yield from persist(state, after, "explored", world)
    if state.phase is Phase.EXPLORED:
        if state.test_design is None or state.extension:
            yield from goes_ahead(state, world)
            state = yield from _consented(state, world)
            plan = yield from design(state, world, state.extension)
            edited = world.steering.take_plan()
            if edited and state.test_design:  # in the old plan, while the new one was made
                plan = with_new_of(edited, state.test_design, plan)
            after = state.but(test_design=plan, extension="")
            state = yield from persist(state, after, "planned", world)
        plan = yield from confirm(state, world)
        after = state.but(test_design=plan, phase=Phase.DESIGNED)
        state = yield from persist(state, after, "designed", world)
    if state.phase is Phase.DESIGNED and not state.awaits_commit:
        yield from goes_ahead(state, world)
        state = yield from with_draft(state, world)
        inventory = yield from develop(state, world)
        plan = with_what_was_observed(state, inventory)
        if plan != state.test_design:
            yield PlanTakenUp(plan=plan)
        after = state.but(test_inventory=inventory, test_design=plan, awaits_commit=True)
        state = yield from persist(state, after, "written", world)
    if state.phase is Phase.DESIGNED:
        yield from goes_ahead(state, world)
        state = yield from take_up_unproven(state, world)
        state = yield from restate(state, world)
        after = yield from keep_development(state, world)
        yield InventoryFrozen(inventory=after.test_inventory or Inventory())
        after = after.but(
            phase=Phase.DEVELOPED,
            awaits_commit=False,
            iterations=Iterations(current=1).at(Step.TEST),
        )
        state = yield from persist(state, after, "developed", world)
    return state


def _consented(state: State, world: World) -> Steps[State]:
    """A step of its own: designing takes longest, and whoever interrupts it has answered."""
    if state.consent.run_code:
        return state
    yield from consent(world)
    after = state.but(consent=state.consent.but(run_code=True))
    return (yield from persist(state, after, "consented", world))


def _iterate(state: State, world: World) -> Steps[State]:
    """One step of an iteration: test → (roll back) → reflect → choose → fix → keep → test."""
    is_wanted = yield from goes_ahead(state, world)
    state = yield from with_draft(state, world)
    yield from take_up_edits(world)
    state = yield from restate(state, world)
    standing, number = state.iterations.standing, state.iterations.current
    after = yield from (_STEPS[standing] if is_wanted else _skip)(state, world)
    return (yield from persist(state, after, f"{standing}-{number}", world))


def _test(state: State, world: World) -> Steps[State]:
    """A full run, and what it says: take back, complete, or reflect."""
    number = max(state.iterations.current, 1)
    is_closing = number > state.max_iterations
    if number == 1:
        yield PhaseStarted(number=5, name="iterate")
    if not is_closing:
        yield IterationStarted(iteration=number, max_iterations=state.max_iterations)
    inventory = state.test_inventory or Inventory()
    if not inventory.cases:
        state = state.but(phase=Phase.ITERATING)
        return _ended(state, "no case could be planned and written for these modules")
    results = yield from run_all(inventory, state.flaky, number, world)
    # What a person took back is missing on purpose: fewer passing cases accuse no change of ours.
    is_less_on_purpose = state.taken_back is not None
    fell = not is_less_on_purpose and _fell(state, results)
    state = state.but(
        phase=Phase.ITERATING,
        taken_back=None,
        iterations=state.iterations.but(
            current=number,
            latest_results=results,
            regression_detected=state.iterations.regression_detected or fell,
        ),
    )
    if not is_less_on_purpose and stands_to_be_reverted(state, results):
        return _at(state, Step.ROLL_BACK)
    if gate_of(state).decision in (Decision.SUCCESS, Decision.PARTIAL):
        results = yield from run_shuffled(inventory, results, number, world)
        state = state.but(iterations=state.iterations.but(latest_results=results))
        if gate_of(state).decision is Decision.SUCCESS:
            return _ended(_noted_as_passing(state, world), "the quality gate is passed")
    if is_closing:
        return _ended(state, f"all {state.max_iterations} iterations are used")
    return _at(state, Step.REFLECT)


def _roll_back(state: State, world: World) -> Steps[State]:
    """What it leaves is tested again in the same iteration."""
    return _at((yield from roll_back(state, world)), Step.TEST)


def _reflect(state: State, world: World) -> Steps[State]:
    state = yield from reflect(state, world)
    gate = gate_of(state)
    if gate.decision is not Decision.GO_ON:
        return _ended(state, gate.why)
    if not fixable(state):
        return _ended(state, "there is no failing case to fix")
    if is_hopeless(state):
        return _ended(state, "no engine has another idea for what is still red")
    return _at(state, Step.CHOOSE)


def _choose(state: State, world: World) -> Steps[State]:
    after = yield from choose(state, world)
    return (yield from _skip(state, world)) if after is None else _at(after, Step.FIX)


def _fix(state: State, world: World) -> Steps[State]:
    outcome = yield from fix(state, world)
    entry = outcome.entry
    iterations = state.iterations.but(latest_results=outcome.results)
    state = state.but(
        fix_history=(*state.fix_history, entry),
        iterations=iterations,
        interventions=(*state.interventions, *outcome.interventions),
    )
    if entry.outcome == "gained":
        kept = entry.but(outcome="kept")
        state = state.but(learnings=after_fix(state.learnings, kept, outcome.corrected))
        return _at(state, Step.KEEP)
    return _without_gain(state.but(learnings=after_fix(state.learnings, entry)))


def _keep(state: State, world: World) -> Steps[State]:
    return _next((yield from keep_gain(state, world)))


def _skip(state: State, world: World) -> Steps[State]:
    """A gain that is taken back is followed by a run, whatever iteration it is."""
    skipped = yield from skip(state, world)
    return _next(skipped) if state.iterations.standing is Step.KEEP else _without_gain(skipped)


def _complete(state: State, world: World) -> Steps[State]:
    summary = yield from complete(state, world)
    return state.but(summary=summary, phase=Phase.COMPLETED)


_STEPS = {
    Step.TEST: _test,
    Step.ROLL_BACK: _roll_back,
    Step.REFLECT: _reflect,
    Step.CHOOSE: _choose,
    Step.FIX: _fix,
    Step.KEEP: _keep,
    Step.COMPLETE: _complete,
}


def _at(state: State, step: Step) -> State:
    return state.but(iterations=state.iterations.at(step))


def _next(state: State) -> State:
    """The next iteration begins with its run; past the last one this is the closing run."""
    number = state.iterations.current + 1
    return state.but(iterations=state.iterations.at(Step.TEST, current=number))


def _without_gain(state: State) -> State:
    """Nothing changed, so that past the last iteration there is nothing to measure again."""
    if state.iterations.current >= state.max_iterations:
        return _ended(state, f"all {state.max_iterations} iterations are used")
    return _next(state)


def _ended(state: State, why: str) -> State:
    return state.but(iterations=state.iterations.at(Step.COMPLETE, stop_because=why))


def _fell(state: State, results: Results) -> bool:
    """The pass rate dropped by more than ten points since the iteration before."""
    history = state.iterations.history
    return bool(history) and history[-1].pass_rate - results.pass_rate > REGRESSION_POINTS


def _noted_as_passing(state: State, world: World) -> State:
    """The iteration that ends green stands in the history too."""
    iterations = state.iterations
    if iterations.current > state.max_iterations:
        return state
    results = iterations.latest_results or Results()
    reflection = Reflection(iteration=iterations.current, next_action="complete")
    return with_reflection(state, results, reflection, timestamp(world.clock.now()))


def _reopened(state: State, wish: str) -> State:
    """A completed session that is extended: more scenarios, the same written cases."""
    return without_tests(state).but(
        phase=Phase.EXPLORED,
        summary=None,
        extension=f"extend: {wish}".rstrip(": "),
        iterations=Iterations(),
    )
