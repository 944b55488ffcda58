"""Persist: after every step the disk holds the whole session, and every event is on record."""

from __future__ import annotations

from contextlib import suppress

from itc_tui.domain.counting import counted
from itc_tui.domain.edits_of_written import followed, rejected, reworded
from itc_tui.domain.events import Noted, PlanTakenUp, StepPersisted
from itc_tui.domain.inventory import Inventory
from itc_tui.domain.log import fresh_log, updated_log
from itc_tui.domain.plan import Plan
from itc_tui.domain.plan_edits import says_the_same
from itc_tui.domain.questions import Reply
from itc_tui.domain.state import State
from itc_tui.domain.trouble import Trouble
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


def take_up_kept_draft(world: World) -> Steps[None]:
    """What a process that was killed had been told of the plan, and had not come to take up."""
    world.steering.keep_by(world.store.keep_draft)
    draft = world.store.kept_draft()
    if draft is not None:
        text = "The plan was being changed when the session was cut short."
        yield Noted(text=text, level="warning")  # so that it is told, and not only noted
        world.steering.offer_plan(draft)


def recorded(steps: Steps[State], world: World) -> Steps[State]:
    """The same generator, with every event stamped and written to the trace on its way."""
    reply: Reply | None = None
    try:
        while True:
            try:
                event = steps.send(reply)
            except StopIteration as end:
                final: State = end.value
                return final
            reply = yield world.store.record(event)
    finally:
        _keep_draft(world)


def _with_edits(state: State, draft: Plan, world: World) -> Steps[State]:
    """A plan edited while the loop ran is taken up between two steps, and logged."""
    after = _edited(state, draft)
    if after is None:
        return state
    yield from _told(state, after)
    state = yield from persist(state, after, "plan-edited", world)
    world.steering.keep_plan()  # what came meanwhile was kept as made upon the plan of before
    return state


def _keep_draft(world: World) -> None:
    """What nobody took up before the session was stopped is there when it goes on."""
    draft = world.steering.take_plan()
    if draft is None:
        return
    with suppress(Trouble):  # the session is being left; what is wrong is told when it goes on
        state = world.store.load()
        after = _edited(state, draft) if state else None
        if state and after:
            for event in (*write_down(state, after, world.store), *_told(state, after)):
                world.store.record(event)


def _edited(state: State, draft: Plan) -> State | None:
    """None when there is nothing new in it."""
    if state.test_design is None or says_the_same(draft, state.test_design):
        return None
    plan = draft.with_ids().but(
        user_feedback=(*draft.user_feedback, "edited by hand while the session ran")
    )
    inventory = state.test_inventory
    if inventory is not None:
        inventory = followed(inventory, state.test_design, plan)
    return state.but(test_design=plan, test_inventory=inventory)


def _told(before: State, after: State) -> Steps[None]:
    """Where tests are written already, the plan alone has changed."""
    old, new = before.test_design or Plan(), after.test_design or Plan()
    written = after.test_inventory or Inventory()
    more = " New cases are written when the tests are extended." if after.test_inventory else ""
    yield Noted(text=f"The edited plan was taken up.{more}")
    if names := rejected(written, old, new):
        yield Noted(
            text=f"What you rejected still stands in {counted(len(names), 'written test')}: "
            f"{', '.join(names)}. Change what is expected there yourself, or take it out.",
            level="warning",
        )
    if names := reworded(written, old, new):
        yield Noted(
            text=f"What you changed in the plan is not in {counted(len(names), 'written test')}: "
            f"{', '.join(names)}. Change it there yourself.",
            level="warning",
        )
    yield PlanTakenUp(plan=new)
