"""Persist: after every step the disk holds the whole session, and every event is on record."""

from __future__ import annotations

from itc_tui.domain.events import Noted, StepPersisted
from itc_tui.domain.inventory import Inventory
from itc_tui.domain.log import fresh_log, updated_log
from itc_tui.domain.plan import Plan
from itc_tui.domain.questions import Reply
from itc_tui.domain.state import State
from itc_tui.domain.words import Phase, Provenance
from itc_tui.ports import SessionStore, Steps, World


def persist(before: State, after: State, step: str, world: World) -> Steps[State]:
    yield from write_down(before, after, world.store)
    yield StepPersisted(step=step)
    world.stop.check()
    return (yield from with_draft(after, world))


def write_down(before: State, after: State, store: SessionStore) -> Steps[None]:
    """The log first, then the state: a process killed between them repeats the step."""
    text = store.read_log()
    kept = store.write_log(fresh_log(after) if text is None else updated_log(text, before, after))
    if kept:
        yield Noted(
            text="The reflection log was changed by hand: your lines stay, and the sections of itc "
            f"are written anew. As you left it, it is in {kept}.",
            level="warning",
        )
    store.save(after)


def with_draft(state: State, world: World) -> Steps[State]:
    """The state with what the person changed in the plan since the last step."""
    draft = world.steering.take_plan()
    return state if draft is None else (yield from _with_edits(state, draft, world))


def recorded(steps: Steps[State], world: World) -> Steps[State]:
    """The same generator, with every event stamped and written to the trace on its way."""
    reply: Reply | None = None
    while True:
        try:
            event = steps.send(reply)
        except StopIteration as end:
            final: State = end.value
            return final
        reply = yield world.store.record(event)


def _with_edits(state: State, draft: Plan, world: World) -> Steps[State]:
    """A plan edited while the loop ran is taken up between two steps, and logged."""
    if state.test_design is None or draft == state.test_design:
        return state
    plan = draft.with_ids().but(
        user_feedback=(*draft.user_feedback, "edited by hand while the session ran")
    )
    after = state.but(test_design=plan)
    if state.test_inventory is not None:
        after = after.but(test_inventory=_followed(state.test_inventory, plan))
        yield Noted(
            text="The edited plan was taken up. New cases are written when the tests are extended."
        )
    elif state.phase in (Phase.EXPLORED, Phase.DESIGNED):
        yield Noted(text="The edited plan was taken up.")
    return (yield from persist(state, after, "plan-edited", world))


def _followed(inventory: Inventory, plan: Plan) -> Inventory:
    """A person may approve or re-weigh a written case; the list itself stays."""
    planned = {case.id: case for _, case in plan.enabled_cases}
    return inventory.but(
        cases=tuple(
            written.but(
                provenance=planned[written.case_id].provenance,
                criticality=planned[written.case_id].criticality,
            )
            if written.case_id in planned
            and planned[written.case_id].provenance is not Provenance.PENDING
            else written
            for written in inventory.cases
        )
    )
