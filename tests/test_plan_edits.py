"""Edits of the plan while the loop runs: taken up, told, and kept when one leaves before that."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from itc_tui.domain.events import Noted, PlanProposed, PlanTakenUp, QuestionAsked
from itc_tui.domain.plan import Case, Plan, Scenario
from itc_tui.domain.plan_edits import says_the_same, with_new_of
from itc_tui.domain.questions import Question, Reply, Topic
from itc_tui.domain.words import Provenance
from itc_tui.loop import cycle
from itc_tui.ports import Steering, World
from tests.driving import (
    FILE,
    asked,
    driven,
    halted,
    new_session,
    red_while_it_says_red,
    saved,
    text_with,
)
from tests.fakes import FakeStore, ScriptedEngine, fake_world


def green_world(**changes: str) -> World:
    text = text_with("a", "b").replace("red_", "green_")
    return fake_world(ScriptedEngine({FILE: text}, extension=changes), red_while_it_says_red)


def saved_plan(world: World) -> Plan:
    plan = saved(world).test_design
    assert plan is not None
    return plan


def renamed(plan: Plan, name: str) -> Plan:
    first, *rest = plan.integration_scenarios
    return plan.but(integration_scenarios=(first.but(name=name), *rest))


def names(plan: Plan) -> list[str]:
    return [scenario.name for scenario in plan.integration_scenarios]


def when(topic: Topic, deed: Callable[[], Reply | None]) -> Callable[[Question], Reply | None]:
    return lambda question: deed() if question.topic is topic else None


def test_what_is_edited_beside_the_last_question_is_taken_up_and_told() -> None:
    world = green_world()

    def edit() -> None:
        world.steering.offer_plan(renamed(saved_plan(world), "mine"))

    state, events = driven(world, when(Topic.NEXT_STEPS, edit))
    assert state.test_design is not None
    assert names(state.test_design) == ["mine"]
    assert saved_plan(world) == state.test_design
    (told,) = [event for event in events if isinstance(event, PlanTakenUp)]
    assert told.plan == state.test_design


def test_what_is_rejected_after_it_was_written_is_named_for_its_test_still_says_it() -> None:
    world = green_world()

    def observe() -> Reply:
        return Reply(choice="confirm", payload=standing_as(saved_plan(world), Provenance.OBSERVED))

    def reject() -> None:
        world.steering.offer_plan(standing_as(saved_plan(world), Provenance.PENDING))

    answers = {Topic.PLAN: observe, Topic.NEXT_STEPS: reject}
    _, events = driven(world, lambda question: answers.get(question.topic, lambda: None)())
    warnings = [event.text for event in events if isinstance(event, Noted)]
    assert (
        "What you rejected still stands in 1 written test: test_a. "
        "Change what is expected there yourself, or take it out."
    ) in warnings


def test_what_is_reworded_after_it_was_written_is_named_and_nobody_stands_for_the_test() -> None:
    world = green_world()

    def reword() -> None:
        plan = saved_plan(world)
        first, *rest = plan.integration_scenarios
        case, *others = first.test_cases
        case = case.but(expected="total == 8", provenance=Provenance.APPROVED)
        first = first.but(test_cases=(case, *others))
        world.steering.offer_plan(plan.but(integration_scenarios=(first, *rest)))

    state, events = driven(world, when(Topic.NEXT_STEPS, reword))
    warnings = [event.text for event in events if isinstance(event, Noted)]
    assert (
        "What you changed in the plan is not in 1 written test: test_a. Change it there yourself."
    ) in warnings
    assert state.test_inventory is not None
    assert {case.provenance for case in state.test_inventory.cases} == {Provenance.CONTRACT}


def standing_as(plan: Plan, provenance: Provenance) -> Plan:
    """With another standing of the first case."""
    first, *rest = plan.integration_scenarios
    case, *others = first.test_cases
    first = first.but(test_cases=(case.but(provenance=provenance), *others))
    return plan.but(integration_scenarios=(first, *rest))


def test_what_was_observed_when_a_test_was_written_stands_in_the_plan_from_then_on() -> None:
    engine = ScriptedEngine(
        {FILE: text_with("a", "b").replace("red_", "green_")},
        planned=Provenance.PENDING,
        seen={"test_a": "total == 7"},
    )
    world = fake_world(engine, red_while_it_says_red)
    state, events = driven(world, lambda _: None)
    assert state.test_design is not None
    first, second, *_ = state.test_design.integration_scenarios[0].test_cases
    assert (first.expected, first.provenance) == ("total == 7", Provenance.OBSERVED)
    assert "observed when the test was written" in first.evidence
    assert second.provenance is Provenance.OBSERVED
    (told,) = [event for event in events if isinstance(event, PlanTakenUp)]
    assert told.plan == state.test_design


def test_what_is_rejected_once_it_was_written_stays_so_when_the_session_is_extended() -> None:
    more = {"tests/integration/test_more.py": text_with("m").replace("red_", "green_")}
    text = text_with("a", "b").replace("red_", "green_")
    engine = ScriptedEngine({FILE: text}, extension=more, planned=Provenance.PENDING)
    world = fake_world(engine, red_while_it_says_red)
    replies = iter([Reply(choice="extend"), Reply(choice="done")])

    def reject() -> Reply:
        world.steering.offer_plan(standing_as(saved_plan(world), Provenance.PENDING))
        return next(replies)

    state, _ = driven(world, when(Topic.NEXT_STEPS, reject))
    assert state.test_design is not None
    first, *_, new = [case for _, case in state.test_design.enabled_cases]
    assert first.provenance is Provenance.PENDING
    assert (new.name, new.provenance) == ("test_m", Provenance.OBSERVED)


def test_what_was_promised_stays_so_in_the_plan_when_its_test_is_written() -> None:
    state, events = driven(green_world(), lambda _: None)
    assert state.test_design is not None
    provenances = {case.provenance for _, case in state.test_design.enabled_cases}
    assert provenances == {Provenance.CONTRACT}
    assert not any(isinstance(event, PlanTakenUp) for event in events)


def test_what_nobody_took_up_before_the_session_was_stopped_is_there_when_it_goes_on() -> None:
    world = green_world()
    steps = halted(world, asked(Topic.PLAN))
    world.steering.offer_plan(renamed(saved_plan(world), "mine"))
    steps.close()
    assert names(saved_plan(world)) == ["mine"]
    assert any(isinstance(event, PlanTakenUp) for event in cast(FakeStore, world.store).events)
    state, _ = driven(green_world(), state=saved(world))
    assert state.test_design is not None
    assert names(state.test_design) == ["mine"]


def test_what_a_killed_process_had_written_down_is_taken_up_first_and_told() -> None:
    world = green_world()
    steps = halted(world, asked(Topic.PLAN))
    world.steering.offer_plan(renamed(saved_plan(world), "mine"))
    world.steering.keep_plan()
    draft = cast(FakeStore, world.store).draft
    assert draft is not None
    assert names(draft) == ["mine"]

    anew = green_world()
    cast(FakeStore, anew.store).draft = draft
    state, events = driven(anew, state=saved(world))
    assert state.test_design is not None
    assert names(state.test_design) == ["mine"]
    told = [event.text for event in events if isinstance(event, Noted)]
    at = told.index("The plan was being changed when the session was cut short.")
    assert told[at + 1] == "The edited plan was taken up."
    steps.close()  # not sooner: whoever leaves in order keeps the plan in another way


def test_what_was_taken_is_not_written_down_afterwards() -> None:
    steering, kept = Steering(), list[Plan]()
    steering.keep_by(kept.append)
    steering.offer_plan(Plan())
    steering.keep_plan()
    steering.take_plan()
    steering.keep_plan()
    assert kept == [Plan()]


def test_an_edit_of_the_old_plan_stands_beside_what_is_proposed_meanwhile() -> None:
    more = "tests/integration/test_more.py"
    world = green_world(**{more: text_with("m").replace("red_", "green_")})
    replies = iter([Reply(choice="extend"), Reply(choice="done")])
    steps = cycle(new_session(), world)
    event, proposals = next(steps), 0
    while True:
        reply = None
        proposals += isinstance(event, PlanProposed)
        if isinstance(event, QuestionAsked) and event.question.topic is Topic.NEXT_STEPS:
            reply = next(replies)
        try:
            event = steps.send(reply)
        except StopIteration:
            break
        if isinstance(event, PlanProposed) and proposals == 1:
            first = saved_plan(world)
            world.steering.offer_plan(renamed(first, "mine"))
    assert proposals == 2
    assert len(names(saved_plan(world))) == 2
    assert names(saved_plan(world))[0] == "mine"


def test_new_scenarios_stand_beside_an_edited_plan_with_ids_of_their_own() -> None:
    older = Plan(integration_scenarios=(Scenario(name="a"),)).with_ids()
    mine = older.but(
        integration_scenarios=(*older.integration_scenarios, Scenario(id="IS-002", name="mine"))
    )
    proposed = older.but(
        integration_scenarios=(*older.integration_scenarios, Scenario(id="IS-002", name="theirs"))
    )
    merged = with_new_of(mine, older, proposed)
    assert names(merged) == ["a", "mine", "theirs"]
    assert len({scenario.id for scenario in merged.integration_scenarios}) == 3


def test_ids_and_notes_about_an_edit_make_no_other_plan() -> None:
    bare = Plan(integration_scenarios=(Scenario(name="a", test_cases=(Case(name="c"),)),))
    assert says_the_same(bare, bare.with_ids().but(user_feedback=("edited by hand",)))
    assert not says_the_same(bare, renamed(bare, "b"))
