"""Step mode in memory: each step is shown first, and what the person changes holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import cast

import pytest

from itc_tui.domain.events import (
    ChangeKept,
    ChangeUndone,
    Event,
    FixProposed,
    FixRefused,
    Intervened,
    QuestionAsked,
    RunFinished,
    StepPersisted,
    StrategyChosen,
)
from itc_tui.domain.interventions import Deed
from itc_tui.domain.questions import Question, Reply, Topic
from itc_tui.domain.state import State
from itc_tui.domain.words import Ending, Phase, StrategyName, Verdict
from itc_tui.headless.drive import Answer, drive
from itc_tui.loop import cycle
from itc_tui.ports import Pace, Steering, World
from tests.driving import FILE, driven, mend, new_session, red_while_it_says_red, text_with
from tests.fakes import FakeRepository, FakeStore, ScriptedEngine, fake_world


def stepping(engine: ScriptedEngine, pace: Pace = Pace.STEP) -> World:
    return replace(fake_world(engine, red_while_it_says_red), steering=Steering(pace))


def asked(events: list[Event]) -> list[Question]:
    return [event.question for event in events if isinstance(event, QuestionAsked)]


def log_of(world: World) -> str:
    return cast(FakeStore, world.store).log or ""


def once(answers: Mapping[str, Reply]) -> Answer:
    """The first time a step or topic of that name is asked about; afterwards the recommended."""
    waiting = dict(answers)

    def answer(question: Question) -> Reply | None:
        name = question.ahead.step if question.ahead else str(question.topic)
        return waiting.pop(name, None)

    return answer


def test_before_each_step_it_says_what_it_is_about_to_do() -> None:
    world = stepping(ScriptedEngine({FILE: text_with("a", "b")}, [mend("a"), mend("b")]))
    state, events = driven(world)
    assert state.summary is not None
    assert state.summary.result is Ending.SUCCESS
    shown = [q.ahead.step if q.ahead else str(q.topic) for q in asked(events)]
    iteration = ["test", "reflect", "strategy", "failures", "fix", "fix", "keep"]
    assert shown == [
        *("explore", "design", "consent", "plan", "develop", "commit"),
        *iteration,
        *(name for name in iteration if name != "failures"),
        *("test", "complete", "next_steps"),
    ]
    by_step = {q.ahead.step: q for q in reversed(asked(events)) if q.ahead}
    assert by_step["test"].text == "Run 2 cases with your own pytest"
    assert by_step["fix"].text == "Make a fix, conservative, for: test_a"
    assert by_step["fix"].detail.startswith("Iteration 1 starts carefully.")
    assert by_step["keep"].text == "Commit the gain: 0 → 1 pass"
    assert "iteration 1 - conservative (pass: 0% → 50%)" in by_step["keep"].detail


def test_nothing_is_asked_when_nobody_steps() -> None:
    world = stepping(ScriptedEngine({FILE: text_with("a")}, [mend("a")]), Pace.RUN)
    _, events = driven(world)
    assert [q.topic for q in asked(events)] == [Topic.CONSENT, Topic.PLAN, Topic.NEXT_STEPS]


def test_stepping_and_running_come_to_the_same_state() -> None:
    def engine() -> ScriptedEngine:
        return ScriptedEngine({FILE: text_with("a", "b")}, [mend("a"), mend("b")])

    stepped, _ = driven(stepping(engine()))
    ran, _ = driven(stepping(engine(), Pace.RUN))
    assert stepped == ran


def test_the_rest_of_a_phase_is_gone_through_without_asking() -> None:
    world = stepping(ScriptedEngine({FILE: text_with("a")}, [mend("a")]))

    def answer(question: Question) -> None:
        world.steering.walk(Pace.PHASE)

    _, events = driven(world, answer)
    shown = [q.ahead.step for q in asked(events) if q.ahead]
    assert shown == ["explore", "design", "develop", "test", "complete"]


def test_another_strategy_is_followed_and_logged_as_the_person_s() -> None:
    world = stepping(ScriptedEngine({FILE: text_with("a", "b")}, [mend("a", "b")]))
    state, events = driven(world, once({"strategy": Reply(choice="aggressive")}))
    (first, *_) = [event.choice for event in events if isinstance(event, StrategyChosen)]
    assert (first.name, first.by) == (StrategyName.AGGRESSIVE, "person")
    assert "chosen by you instead of conservative" in first.reason
    question = next(q for q in asked(events) if q.topic is Topic.STRATEGY)
    assert {choice.name: choice.about for choice in question.choices} == {
        "conservative": "test_a",
        "aggressive": "test_a, test_b",
        "surgical": "test_a",
        "reflective": "test_a",
        "skip": "",
    }
    assert question.recommended.name == "conservative"
    assert [one.deed for one in state.interventions] == [Deed.STRATEGY]
    assert "**Chosen by You**: the strategy: aggressive instead of conservative" in log_of(world)
    assert state.iterations.history[0].strategy is StrategyName.AGGRESSIVE


def test_only_the_ticked_failures_are_taken_on() -> None:
    world = stepping(ScriptedEngine({FILE: text_with("a", "b")}, [mend("b"), mend("a")]))
    picked = Reply(choice="go", payload=[f"{FILE}::test_b", "no such test"])
    state, events = driven(world, once({"failures": picked}))
    assert state.fix_history[0].affected_tests == (f"{FILE}::test_b",)
    assert [event.intervention.what for event in events if isinstance(event, Intervened)] == [
        f"{FILE}::test_b"
    ]
    question = next(q for q in asked(events) if q.topic is Topic.FAILURES)
    assert [(one.label, one.is_ticked) for one in question.options] == [
        ("test_a", True),
        ("test_b", False),
    ]


def test_a_product_bug_is_not_offered_among_the_failures() -> None:
    engine = ScriptedEngine(
        {FILE: text_with("a", "b", "c")}, [mend("b")], verdicts={"test_a": Verdict.PRODUCT_BUG}
    )
    _, events = driven(stepping(engine))
    offered = [
        option.label
        for question in asked(events)
        if question.topic is Topic.FAILURES
        for option in question.options
    ]
    assert "test_b" in offered
    assert "test_a" not in offered


def test_a_rejected_fix_is_never_written_and_the_engine_is_told_why() -> None:
    world = stepping(ScriptedEngine({FILE: text_with("a")}, [mend("a")]))
    no = Reply(choice="reject", note="not like this")

    def answer(question: Question) -> Reply | None:
        return no if question.topic is Topic.FIX else None

    state, events = driven(world, answer, new_session(1))
    assert FILE in cast(FakeRepository, world.repository).files
    assert "red_a" in cast(FakeRepository, world.repository).files[FILE]
    refused = [event.reason for event in events if isinstance(event, FixRefused)]
    assert refused == ["the person left it: not like this"] * 2
    assert state.fix_history[0].outcome == "refused"
    assert "**Chosen by You**: the fix was left: not like this" in log_of(world)


def edit_of(question_events: list[Event], change: Callable[[str], str]) -> list[dict[str, str]]:
    proposed = [event for event in question_events if isinstance(event, FixProposed)][-1]
    return [edit.but(after=change(edit.after)).model_dump() for edit in proposed.edits]


def with_edits(world: World, *changes: Callable[[str], str]) -> tuple[State, list[Event]]:
    """Each time the fix is shown, the next of these changes is made to it, and it is applied."""
    waiting = list(changes)
    told: list[Event] = []

    def answer(question: Question) -> Reply | None:
        if question.topic is not Topic.FIX or not waiting:
            return None
        return Reply(choice="apply", payload=edit_of(told, waiting.pop(0)))

    state = drive(cycle(new_session(2), world), told.append, answer)
    assert state is not None
    return state, told


def test_an_edited_fix_is_what_is_applied_and_is_the_person_s() -> None:
    world = stepping(ScriptedEngine({FILE: text_with("a")}, [lambda text: text + "# no use\n"]))
    state, events = with_edits(world, mend("a"))
    assert "green_a" in cast(FakeRepository, world.repository).files[FILE]
    proposed = [event.by for event in events if isinstance(event, FixProposed)]
    assert proposed == ["auto", "person"]
    assert [one.deed for one in state.interventions] == [Deed.EDITED]
    assert state.summary is not None
    assert state.summary.result is Ending.SUCCESS


@pytest.mark.parametrize(
    ("spoil", "because"),
    [
        (lambda text: text + "def (:\n", "would not be Python any more"),
        (lambda text: text.replace("== 3", "!= None"), "weakens test_a"),
        (lambda text: text.replace("assert ", ""), "weakens test_a"),
        (lambda text: "import nowhere\n" + text, "nowhere is neither in the repository nor"),
        (lambda _: text_with("a"), "changes nothing any more"),
    ],
    ids=["no Python", "looser", "no assertion", "the gate", "no change"],
)
def test_an_edit_is_judged_like_any_fix_and_asked_about_again(
    spoil: Callable[[str], str], because: str
) -> None:
    world = stepping(ScriptedEngine({FILE: text_with("a")}, [mend("a")]))
    state, events = with_edits(world, spoil, lambda _: mend("a")(text_with("a")))
    problems = [q.problem for q in asked(events) if q.topic is Topic.FIX]
    assert problems[0] == ""
    assert because in problems[1]
    assert state.summary is not None
    assert state.summary.result is Ending.SUCCESS


def test_an_expectation_that_the_person_writes_is_a_corrected_assumption() -> None:
    world = stepping(ScriptedEngine({FILE: text_with("a")}, [mend("a")]))
    state, _ = with_edits(world, lambda text: text.replace("== 3", "== 4"))
    (corrected,) = state.learnings.corrected
    assert (corrected.old, corrected.new) == ("3", "4")
    assert "approved by the person" in corrected.evidence


@pytest.mark.parametrize("where", ["strategy", "failures", "fix"])
def test_skipping_ends_the_iteration_without_a_fix_and_the_next_one_runs(where: str) -> None:
    world = stepping(ScriptedEngine({FILE: text_with("a", "b")}, [mend("a"), mend("b")]))
    state, events = driven(world, once({where: Reply(choice="skip")}))
    assert [one.deed for one in state.interventions] == [Deed.SKIPPED]
    assert "was skipped" in log_of(world)
    assert [entry.iteration for entry in state.fix_history] == [2, 3]
    runs = [e.iteration for e in events if isinstance(e, RunFinished) and e.purpose == "full"]
    assert runs == [1, 2, 3, 4]


def test_skipping_in_the_last_iteration_ends_the_session() -> None:
    world = stepping(ScriptedEngine({FILE: text_with("a")}, [mend("a")]))
    state, _ = driven(world, once({"strategy": Reply(choice="skip")}), new_session(1))
    assert state.phase is Phase.COMPLETED
    assert state.summary is not None
    assert "all 1 iterations are used" in state.summary.why


def test_a_gain_that_is_not_wanted_leaves_the_tree_and_is_not_committed() -> None:
    world = stepping(ScriptedEngine({FILE: text_with("a")}, [mend("a")]))
    state, events = driven(world, once({"keep": Reply(choice="skip")}), new_session(1))
    assert [event.iteration for event in events if isinstance(event, ChangeKept)] == [0]
    assert [event.reason for event in events if isinstance(event, ChangeUndone)] == [
        "the person took it back"
    ]
    assert "red_a" in cast(FakeRepository, world.repository).files[FILE]
    assert state.learnings.effective == ()
    assert state.learnings.corrected == ()
    assert state.iterations.latest_results is not None
    assert state.iterations.latest_results.passed == 0, "measured again"


def test_what_may_not_be_skipped_offers_no_such_choice() -> None:
    world = stepping(ScriptedEngine({FILE: text_with("a")}, [mend("a")]))
    _, events = driven(world)
    for question in asked(events):
        if question.ahead:
            may_skip = question.ahead.step in ("fix", "keep")
            assert ("skip" in [one.name for one in question.choices]) is may_skip


def test_a_plan_edited_while_it_waits_is_what_is_developed() -> None:
    world = stepping(ScriptedEngine({FILE: text_with("a", "b").replace("red_", "green_")}))

    def answer(question: Question) -> None:
        if question.ahead and question.ahead.step == "develop":
            plan = cast(FakeStore, world.store).saved[-1].test_design
            assert plan is not None
            (scene,) = plan.integration_scenarios
            only_a = scene.but(test_cases=scene.test_cases[:1])
            world.steering.offer_plan(plan.but(integration_scenarios=(only_a,)))

    state, _ = driven(world, answer)
    assert state.test_inventory is not None
    assert [case.node_id for case in state.test_inventory.cases] == [f"{FILE}::test_a"]


def test_killed_after_any_step_what_the_person_chose_still_holds() -> None:
    def engine() -> ScriptedEngine:
        return ScriptedEngine({FILE: text_with("a", "b")}, [mend("b"), mend("a")])

    def answers() -> Answer:
        picked = Reply(choice="go", payload=[f"{FILE}::test_b"])
        return once({"strategy": Reply(choice="reflective"), "failures": picked})

    whole, events = driven(stepping(engine()), answers())
    assert len(whole.interventions) == 2
    steps = [event.step for event in events if isinstance(event, StepPersisted)]
    for number in range(steps.index("choose-1") + 1, len(steps)):
        world = stepping(engine())
        running, seen, reply, answer = cycle(new_session(), world), 0, None, answers()
        while seen < number:
            event = running.send(reply)
            reply = answer(event.question) if isinstance(event, QuestionAsked) else None
            seen += isinstance(event, StepPersisted)
        running.close()
        resumed, _ = driven(world, state=cast(FakeStore, world.store).saved[-1])
        assert resumed == whole, f"after {steps[number - 1]}"


def test_a_gain_taken_back_and_killed_before_that_was_written_is_not_told_as_kept() -> None:
    world = stepping(ScriptedEngine({FILE: text_with("a")}, [mend("a")]))
    running, reply = cycle(new_session(1), world), None
    while True:
        event = running.send(reply)
        reply = None
        if isinstance(event, QuestionAsked) and event.question.ahead:
            reply = Reply(choice="skip") if event.question.ahead.step == "keep" else None
        if isinstance(event, ChangeUndone):
            break
    running.close()
    state, _ = driven(world, state=cast(FakeStore, world.store).saved[-1])
    assert [entry.outcome for entry in state.fix_history] == ["undone"]
    assert state.iterations.latest_results is not None
    assert state.iterations.latest_results.passed == 0
