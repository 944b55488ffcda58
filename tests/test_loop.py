"""The cycle, driven in memory: what it decides, and in which order it does things."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import pytest

from itc_tui.domain.events import (
    BugFound,
    ChangeReverted,
    FixRefused,
    Noted,
    PhaseStarted,
    QuestionAsked,
    RunFinished,
    StepPersisted,
    StrategyChosen,
)
from itc_tui.domain.exploration import Exploration
from itc_tui.domain.questions import Reply, Topic
from itc_tui.domain.requests import DevelopRequest, Draft, ExploreRequest
from itc_tui.domain.trouble import TargetTrouble
from itc_tui.domain.words import (
    Ending,
    Level,
    Outcome,
    Phase,
    Provenance,
    StrategyName,
    Verdict,
)
from itc_tui.loop import cycle
from itc_tui.ports import RunOrder, Steps, World
from tests.driving import FILE, driven, mend, new_session, red_while_it_says_red, text_with
from tests.fakes import FakeRepository, FakeRunner, FakeStore, ScriptedEngine, fake_world


def repository_of(world: World) -> FakeRepository:
    return cast(FakeRepository, world.repository)


def test_a_green_suite_is_a_success_after_one_iteration() -> None:
    engine = ScriptedEngine({FILE: text_with("a").replace("red_", "green_")})
    state, _ = driven(fake_world(engine, red_while_it_says_red))
    assert state.phase is Phase.COMPLETED
    assert state.summary is not None
    assert state.summary.result is Ending.SUCCESS
    assert state.summary.total_iterations == 1
    assert [entry.pass_rate for entry in state.iterations.history] == [100]


def test_each_gain_is_committed_with_its_rates() -> None:
    engine = ScriptedEngine({FILE: text_with("a", "b")}, [mend("a"), mend("b")])
    world = fake_world(engine, red_while_it_says_red)
    state, _ = driven(world)
    assert [commit.message for commit in repository_of(world).commits] == [
        "test(integration): generate integration tests for cart",
        "test(integration): iteration 1 - conservative (pass: 0% → 50%)",
        "test(integration): iteration 2 - conservative (pass: 50% → 100%)",
    ]
    assert state.summary is not None
    assert state.summary.result is Ending.SUCCESS


def test_a_change_that_breaks_others_is_reverted_and_the_next_is_surgical() -> None:
    names = [f"t{number}" for number in range(8)]
    text = text_with("a", "b", *names).replace("'red_t", "'green_t")

    def breaks_the_others(before: str) -> str:
        return mend("a")(before).replace("'green_t", "'red_t")

    engine = ScriptedEngine({FILE: text}, [breaks_the_others, mend("b"), mend("a")])
    world = fake_world(engine, red_while_it_says_red)
    state, events = driven(world)
    messages = [commit.message for commit in repository_of(world).commits]
    assert messages[2] == "test(integration): rollback iteration 1 - regression detected"
    chosen = [event.choice.name for event in events if isinstance(event, StrategyChosen)]
    assert chosen[:2] == [StrategyName.CONSERVATIVE, StrategyName.SURGICAL]
    assert [event.iteration for event in events if isinstance(event, ChangeReverted)] == [1]
    assert state.fix_history[0].outcome == "reverted"
    assert state.summary is not None
    assert state.summary.result is Ending.SUCCESS


def test_a_change_without_a_gain_is_undone_and_never_committed() -> None:
    engine = ScriptedEngine({FILE: text_with("a")}, [lambda text: text + "\n# no use\n"])
    world = fake_world(engine, red_while_it_says_red)
    state, _ = driven(world)
    assert len(repository_of(world).commits) == 1
    assert repository_of(world).files[FILE] == text_with("a")
    assert state.fix_history[0].outcome == "undone"


def test_a_test_that_stays_red_three_iterations_is_questioned() -> None:
    counter = iter(range(100))
    engine = ScriptedEngine(
        {FILE: text_with("a")}, endless_fix=lambda text: f"{text}\n# {next(counter)}\n"
    )
    _, events = driven(fake_world(engine, red_while_it_says_red))
    chosen = [event.choice.name for event in events if isinstance(event, StrategyChosen)]
    assert chosen[:4] == [
        StrategyName.CONSERVATIVE,
        StrategyName.CONSERVATIVE,
        StrategyName.REFLECTIVE,
        StrategyName.REFLECTIVE,
    ]


def test_ten_iterations_without_success_end_in_a_failure_report() -> None:
    counter = iter(range(100))
    engine = ScriptedEngine(
        {FILE: text_with("a")}, endless_fix=lambda text: f"{text}\n# {next(counter)}\n"
    )
    world = fake_world(engine, red_while_it_says_red)
    state, _ = driven(world)
    assert state.summary is not None
    assert state.summary.result is Ending.FAILURE
    assert state.summary.total_iterations == 10
    assert len(state.iterations.history) == 10
    assert "all 10 iterations are used" in state.summary.why
    log = cast(FakeStore, world.store).log or ""
    assert "### Result: NEEDS ATTENTION" in log
    assert "### Iteration 10" in log


def test_the_same_change_for_the_same_failure_is_refused_the_second_time() -> None:
    engine = ScriptedEngine({FILE: text_with("a")}, endless_fix=lambda text: text + "\n# again\n")
    state, events = driven(fake_world(engine, red_while_it_says_red))
    refused = [event.reason for event in events if isinstance(event, FixRefused)]
    assert refused
    assert "was tried" in refused[0]
    assert [entry.outcome for entry in state.fix_history][:2] == ["undone", "refused"]


def test_a_product_bug_stays_red_becomes_a_finding_and_ends_the_iterations() -> None:
    engine = ScriptedEngine(
        {FILE: text_with("a", "b")},
        [mend("b")],
        verdicts={"test_a": Verdict.PRODUCT_BUG},
    )
    world = fake_world(engine, red_while_it_says_red)
    state, events = driven(world)
    assert [event.finding.test for event in events if isinstance(event, BugFound)] == [
        f"{FILE}::test_a"
    ]
    assert state.summary is not None
    assert state.summary.result is Ending.FAILURE
    assert state.summary.product_bugs == ("BUG-001",)
    assert "red_a" in repository_of(world).files[FILE]
    assert state.iterations.current == 2


def test_low_criticality_alone_makes_a_partial_success() -> None:
    names = [f"t{number}" for number in range(19)]
    text = text_with("a", *names).replace("'red_t", "'green_t")
    engine = ScriptedEngine({FILE: text}, levels={"test_a": Level.LOW})
    state, _ = driven(fake_world(engine, red_while_it_says_red))
    assert state.summary is not None
    assert state.summary.result is Ending.PARTIAL_SUCCESS


def test_a_case_that_fails_in_another_order_is_not_passing() -> None:
    def fails_when_shuffled(node_id: str, files: Mapping[str, str], order: RunOrder) -> Outcome:
        return Outcome.FAILED if order.shuffle_seed else Outcome.PASSED

    engine = ScriptedEngine({FILE: text_with("a")})
    state, _ = driven(fake_world(engine, fails_when_shuffled), state=new_session(2))
    assert state.summary is not None
    assert state.summary.result is Ending.FAILURE
    assert state.iterations.history[0].pass_rate == 0


def test_a_case_that_was_judged_flaky_does_not_pass_by_luck_the_next_time() -> None:
    runs = iter(range(100))

    def fails_once(node_id: str, files: Mapping[str, str], order: RunOrder) -> Outcome:
        return Outcome.FAILED if next(runs) == 0 else Outcome.PASSED

    engine = ScriptedEngine({FILE: text_with("a")}, verdicts={"test_a": Verdict.FLAKY})
    state, events = driven(fake_world(engine, fails_once))
    told = [event.results for event in events if isinstance(event, RunFinished)]
    assert {results.passed for results in told} == {0}, "not for a moment is it told as passing"
    assert told[-1].failures[0].signature.startswith("flaky|")
    assert state.summary is not None
    assert state.summary.result is Ending.FAILURE
    assert {entry.pass_rate for entry in state.iterations.history} == {0}
    assert state.iterations.current < 10, "it is seen soon that nobody has an idea"


def test_a_rejected_case_is_left_out_with_its_reason_and_counts_as_not_written() -> None:
    engine = ScriptedEngine({FILE: text_with("a", "b").replace("red_", "green_")})
    world = fake_world(engine, red_while_it_says_red, rejected={"test_b": "no fault made it red"})
    state, _ = driven(world)
    assert state.test_inventory is not None
    assert [case.node_id for case in state.test_inventory.cases] == [f"{FILE}::test_a"]
    assert [one.reason for one in state.test_inventory.unwritten] == ["no fault made it red"]
    assert "test_b" not in repository_of(world).files[FILE]
    assert state.summary is not None
    assert state.summary.result is Ending.PARTIAL_SUCCESS


def test_what_nobody_stated_or_promised_counts_as_observed_once_it_is_written() -> None:
    """A rejected expectation that was left empty is observed anew, and has to be seen as such."""

    class Observing(ScriptedEngine):
        def develop(self, request: DevelopRequest) -> Steps[Draft]:
            draft = yield from super().develop(request)
            (file,) = draft.files
            cases = tuple(case.but(provenance=Provenance.PENDING) for case in file.cases)
            return draft.but(files=(file.but(cases=cases),))

    state, _ = driven(fake_world(Observing({FILE: text_with("a")}), red_while_it_says_red))
    assert state.test_inventory is not None
    assert [case.provenance for case in state.test_inventory.cases] == [Provenance.OBSERVED]


def test_a_file_of_the_person_with_our_name_is_left_alone() -> None:
    engine = ScriptedEngine({FILE: text_with("a").replace("red_", "green_")})
    world = fake_world(engine, red_while_it_says_red, files={FILE: "theirs"})
    state, _ = driven(world)
    assert repository_of(world).files[FILE] == "theirs"
    assert state.test_inventory is not None
    assert state.test_inventory.test_files[0].path == "tests/integration/test_cart_2.py"


def test_a_verdict_rests_on_a_full_run() -> None:
    engine = ScriptedEngine({FILE: text_with("a", "b")}, [mend("a"), mend("b")])
    world = fake_world(engine, red_while_it_says_red)
    driven(world)
    orders = cast(FakeRunner, world.runner).orders
    assert [order.purpose for order in orders] == [
        "full",
        "affected",
        "full",
        "affected",
        "full",
        "shuffled",
    ]
    assert len(orders[-2].node_ids) == 2


def test_an_unmatched_description_is_asked_about_and_the_whole_package_is_taken() -> None:
    engine = ScriptedEngine({FILE: text_with("a").replace("red_", "green_")}, chosen=())
    world = fake_world(engine, red_while_it_says_red)
    state, events = driven(world, state=new_session().but(module="what a customer pays"))
    topics = [event.question.topic for event in events if isinstance(event, QuestionAsked)]
    assert topics == [Topic.MODULE, Topic.CONSENT, Topic.PLAN, Topic.NEXT_STEPS]
    assert state.exploration is not None
    assert "whole package" in state.exploration.metadata.chosen_because


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("crat", "Did you mean shop.cart?"), ("shop/crat.py", "shop.cart?"), ("zoo", "There are: ")],
)
def test_a_name_of_nothing_is_not_taken_for_the_whole_package(typed: str, offered: str) -> None:
    engine = ScriptedEngine({FILE: text_with("a")}, chosen=())
    world = fake_world(engine, red_while_it_says_red)
    with pytest.raises(TargetTrouble, match=typed) as trouble:
        driven(world, state=new_session().but(module=typed))
    assert offered in trouble.value.sentence
    assert repository_of(world).commits == []


def test_an_extended_session_keeps_what_is_written_and_adds_to_it() -> None:
    more = "tests/integration/test_more.py"
    engine = ScriptedEngine(
        {FILE: text_with("a")}, [mend("a")], extension={more: text_with("m").replace("red_", "")}
    )
    world = fake_world(engine, red_while_it_says_red)
    next_steps = iter([Reply(choice="extend"), Reply(choice="done")])
    state, _ = driven(
        world, lambda asked: next(next_steps) if asked.topic is Topic.NEXT_STEPS else None
    )
    assert state.test_inventory is not None
    assert [case.node_id for case in state.test_inventory.cases] == [
        f"{FILE}::test_a",
        f"{more}::test_m",
    ]
    assert "green_a" in repository_of(world).files[FILE], "the fix of the first round is kept"
    assert state.summary is not None
    assert state.summary.test_metrics.total_tests == 2
    messages = [commit.message for commit in repository_of(world).commits]
    assert messages.count("test(integration): generate integration tests for cart") == 2


def test_a_session_can_be_continued_after_every_step_with_the_same_end() -> None:
    def engine_at(fix_from: int) -> ScriptedEngine:
        return ScriptedEngine({FILE: text_with("a", "b")}, [mend("a"), mend("b")][fix_from:])

    world = fake_world(engine_at(0), red_while_it_says_red)
    whole, events = driven(world)
    steps = [event.step for event in events if isinstance(event, StepPersisted)]
    assert len(steps) > 10
    for number in range(1, len(steps)):
        world = fake_world(engine_at(0), red_while_it_says_red)
        running = cycle(new_session(), world)
        seen = 0
        for event in running:
            seen += isinstance(event, StepPersisted)
            if seen == number:
                break
        running.close()
        saved = cast(FakeStore, world.store).saved[-1]
        resumed, _ = driven(world, state=saved)
        assert resumed == whole, f"after {steps[number - 1]}"


def test_who_interrupts_the_design_is_not_asked_for_consent_again() -> None:
    """“Asked once for this session”, and designing is where it takes longest."""
    world = fake_world(ScriptedEngine({FILE: text_with("a")}), red_while_it_says_red)
    running = cycle(new_session(), world)
    told = next(running)
    while not (isinstance(told, PhaseStarted) and told.name == "design"):
        told = next(running)
    running.close()
    saved = cast(FakeStore, world.store).saved[-1]
    assert saved.test_design is None
    _, events = driven(world, state=saved)
    topics = [event.question.topic for event in events if isinstance(event, QuestionAsked)]
    assert "plan" in topics
    assert "consent" not in topics


def test_an_empty_plan_says_why_it_is_empty() -> None:
    _, events = driven(fake_world(ScriptedEngine({}), red_while_it_says_red))
    notes = [event.text for event in events if isinstance(event, Noted)]
    assert (
        "The plan holds no case: no call was found that crosses a boundary and holds when it is"
        " repeated." in notes
    )


def test_modules_without_a_boundary_are_told_as_such() -> None:
    class OfOneScript(ScriptedEngine):
        def explore(self, request: ExploreRequest) -> Steps[Exploration]:
            found = yield from super().explore(request)
            return found.but(integration_points=())

    _, events = driven(fake_world(OfOneScript({}), red_while_it_says_red))
    notes = [event.text for event in events if isinstance(event, Noted)]
    told = "The plan holds no case: these modules call neither one another nor anything outside."
    assert told in notes
