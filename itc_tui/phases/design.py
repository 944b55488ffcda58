"""Design: plan the scenarios, and have the person confirm them (phase 3)."""

from __future__ import annotations

from itc_tui.domain.counting import counted
from itc_tui.domain.events import Noted, PhaseStarted, PlanApproved, PlanProposed
from itc_tui.domain.exploration import Exploration
from itc_tui.domain.plan import Plan
from itc_tui.domain.questions import Choice, Question, Reply, Topic
from itc_tui.domain.requests import DesignRequest
from itc_tui.domain.session_id import timestamp
from itc_tui.domain.state import State
from itc_tui.domain.trouble import Stopped
from itc_tui.phases.ask import ask
from itc_tui.ports import Steps, World


def consent(world: World) -> Steps[None]:
    """Code of the target is run to observe it only after the person said so."""
    reply = yield from ask(
        Question(
            topic=Topic.CONSENT,
            text="May the code be run to observe what it does?",
            detail=f"It runs in a scratch copy of {world.target.root}, with its own home, "
            "no network beyond this machine, no writes outside, and limits on time and memory.",
            choices=(
                Choice(
                    key="y",
                    name="yes",
                    label="Yes, in the box",
                    consequence="Asked once for this session.",
                    is_recommended=True,
                ),
                Choice(key="n", name="no", label="No", consequence="The session stops here."),
            ),
        )
    )
    if reply.choice != "yes":
        raise Stopped


def design(state: State, world: World, feedback: str = "") -> Steps[Plan]:
    """A proposal; nothing is developed before it is confirmed."""
    yield PhaseStarted(number=3, name="design")
    plan = yield from _designed(state, world, feedback, state.test_design)
    yield PlanProposed(plan=plan)
    return plan


def confirm(state: State, world: World) -> Steps[Plan]:
    """The specification's four choices, until the plan is confirmed."""
    plan = state.test_design or Plan()
    while True:
        reply = yield from ask(_plan_question(plan))
        plan = _taken_up(plan, reply)
        if reply.choice == "confirm":
            by_person = bool(reply.note or reply.payload)
            yield PlanApproved(plan=plan, by="person" if by_person else "auto")
            return plan
        wish = f"{_WISHES.get(reply.choice, reply.choice)}: {reply.note}".rstrip(": ")
        plan = yield from _designed(state, world, wish, plan)
        plan = plan.but(user_feedback=(*plan.user_feedback, wish))
        yield PlanProposed(plan=plan)


_WISHES = {"scope": "adjust scope", "mocks": "change mocking", "scenarios": "add scenarios"}


def _designed(state: State, world: World, feedback: str, earlier: Plan | None) -> Steps[Plan]:
    plan = yield from world.engine.design(
        DesignRequest(
            topic=state.module,
            exploration=state.exploration or Exploration(),
            feedback=feedback,
            earlier=earlier,
            max_tests=world.limits.max_tests,
            budget_s=world.limits.budget_s,
        )
    )
    if not plan.enabled_cases:
        yield Noted(text=f"The plan holds no case: {_why_empty(state)}.", level="warning")
    return plan.with_ids().but(timestamp=timestamp(world.clock.now()))


def _why_empty(state: State) -> str:
    if state.exploration is not None and not state.exploration.integration_points:
        return "these modules call neither one another nor anything outside"
    return "no call was found that crosses a boundary and holds when it is repeated"


def _taken_up(plan: Plan, reply: Reply) -> Plan:
    """The plan as the person edited it, in place of the proposal."""
    if reply.payload is None:
        return plan
    edited = (
        reply.payload if isinstance(reply.payload, Plan) else Plan.model_validate(reply.payload)
    ).with_ids()
    if edited == plan:
        return plan
    return edited.but(user_feedback=(*edited.user_feedback, "edited by hand"))


def _plan_question(plan: Plan) -> Question:
    return Question(
        topic=Topic.PLAN,
        text="How shall the integration test strategy be adjusted?",
        detail=f"{counted(len(plan.integration_scenarios), 'scenario')}, "
        f"{counted(len(plan.enabled_cases), 'case')}",
        choices=(
            Choice(
                key="c",
                name="confirm",
                label="Confirm, start developing",
                consequence="The tests of this plan are written.",
                is_recommended=True,
            ),
            Choice(
                key="o",
                name="scope",
                label="Adjust the scope",
                consequence="You say what to add or leave out; a new plan is proposed.",
            ),
            Choice(
                key="m",
                name="mocks",
                label="Change the mocking",
                consequence="You say what must be real or replaced; a new plan is proposed.",
            ),
            Choice(
                key="a",
                name="scenarios",
                label="Add scenarios",
                consequence="You say what is missing; a new plan is proposed.",
            ),
        ),
    )
