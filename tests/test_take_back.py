"""Taking back in memory: what the state says after, and how a session goes on from there."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from itc_tui.domain.events import ChangeKept, ChangeReverted, RunFinished
from itc_tui.domain.exit_codes import exit_code_of
from itc_tui.domain.questions import Question, Reply, Topic
from itc_tui.domain.state import State
from itc_tui.domain.trouble import ExitCode
from itc_tui.domain.words import Ending
from itc_tui.ports import World
from itc_tui.take_back import take_back
from tests.driving import (
    FILE,
    driven,
    halted,
    mend,
    persisted,
    red_while_it_says_red,
    saved,
    text_with,
)
from tests.fakes import FakeRepository, FakeStore, ScriptedEngine, fake_world
from tests.fakes.scripted_engine import Change

NAMES = ("a", "b", "c")


def three_iterations() -> World:
    engine = ScriptedEngine({FILE: text_with(*NAMES)}, [mend(name) for name in NAMES])
    return fake_world(engine, red_while_it_says_red)


def taken_back(world: World, state: State, iteration: int) -> State:
    list(take_back(state, iteration, world.repository, world.store, world.clock))
    return saved(world)


def repository_of(world: World) -> FakeRepository:
    return cast(FakeRepository, world.repository)


def log_of(world: World) -> str:
    return cast(FakeStore, world.store).log or ""


def standing_after(world: World, step: str) -> State:
    halted(world, persisted(step)).close()
    return saved(world)


def going_on(world: World, *fixes: Change) -> World:
    """With another engine, as a new process has one; the fixes that were made stand first."""
    return replace(world, engine=ScriptedEngine({FILE: text_with(*NAMES)}, fixes))


def otherwise(name: str) -> Change:
    """The fix that was taken back is not made again."""
    return lambda text: text.replace(f"'red_{name}'", f"'blue_{name}'")


def test_what_was_measured_stays_on_record_and_is_said_to_be_of_before() -> None:
    world = three_iterations()
    ended, _ = driven(world)
    state = taken_back(world, ended, 3)
    assert state.taken_back is not None
    assert state.taken_back.iterations == (3,)
    assert state.taken_back.at.startswith("2026-03-04")
    assert state.summary is not None
    assert state.summary.result is Ending.SUCCESS
    assert exit_code_of(state) is ExitCode.NOT_REACHED
    assert "**Taken Back** - 2026-03-04T12:00:00+08:00: the change of iteration 3." in log_of(world)
    assert "change rolled back" in log_of(world)


def test_taking_back_all_is_said_of_the_whole_session() -> None:
    world = three_iterations()
    ended, _ = driven(world)
    events = list(take_back(ended, 0, world.repository, world.store, world.clock))
    numbers = [event.iteration for event in events if isinstance(event, ChangeReverted)]
    assert numbers == [3, 2, 1, 0]
    assert saved(world).taken_back is not None
    assert saved(world).taken_back.is_everything  # type: ignore[union-attr]
    assert "the whole session, its tests included" in log_of(world)


def test_a_run_that_passes_less_on_purpose_is_no_regression() -> None:
    """The person took iteration 1 back; iteration 2's gain is not made to answer for it."""
    world = three_iterations()
    state = taken_back(world, standing_after(world, "keep-2"), 1)
    ended, events = driven(
        going_on(world, mend("a"), mend("b"), otherwise("a"), mend("c")), state=state
    )
    assert not [event for event in events if isinstance(event, ChangeReverted)]
    rates = [event.results.passed for event in events if isinstance(event, RunFinished)]
    assert rates[0] == 1
    assert ended.taken_back is None, "the tests were measured again"
    assert "green_b" in repository_of(world).kept[FILE]


def test_a_session_that_stood_before_a_fix_measures_first() -> None:
    world = three_iterations()
    state = taken_back(world, standing_after(world, "choose-2"), 1)
    fixes = (mend("a"), otherwise("a"), mend("b"), mend("c"))
    _, events = driven(going_on(world, *fixes), state=state)
    runs = [event for event in events if isinstance(event, RunFinished)]
    assert runs[0].purpose == "full"
    assert runs[0].results.passed == 0


def test_a_session_without_its_tests_writes_them_anew() -> None:
    world = three_iterations()
    state = taken_back(world, standing_after(world, "keep-2"), 0)
    assert FILE not in repository_of(world).files
    ended, events = driven(going_on(world, *map(mend, NAMES)), state=state)
    kept = [event.sha for event in events if isinstance(event, ChangeKept)]
    assert len(set(kept)) == len(kept) == 4, "the tests, and each gain, are commits of their own"
    assert ended.summary is not None
    assert ended.summary.result is Ending.SUCCESS


def test_the_gain_of_an_extended_session_is_committed_though_it_counts_anew() -> None:
    more = "tests/integration/test_more.py"
    engine = ScriptedEngine(
        {FILE: text_with("a")}, [mend("a"), mend("m")], extension={more: text_with("m")}
    )
    world = fake_world(engine, red_while_it_says_red)
    next_steps = iter([Reply(choice="extend"), Reply(choice="done")])

    def answer(question: Question) -> Reply | None:
        return next(next_steps) if question.topic is Topic.NEXT_STEPS else None

    ended, events = driven(world, answer)
    kept = [event.sha for event in events if isinstance(event, ChangeKept)]
    assert len(set(kept)) == len(kept) == 4
    assert "green_m" in repository_of(world).kept[more]
    state = taken_back(world, ended, 1)
    assert state.taken_back is not None
    assert state.commits[-1].step == "rollback-1-again-2", "the newest iteration 1"


def test_a_completed_session_of_which_all_was_taken_back_says_so_and_can_write_it_anew() -> None:
    world = three_iterations()
    ended, _ = driven(world)
    state = taken_back(world, ended, 0)
    asked: list[Question] = []

    def answer(question: Question) -> Reply | None:
        if question.topic is Topic.NEXT_STEPS:
            asked.append(question)
        return None

    anew, _ = driven(going_on(world, *map(mend, NAMES)), answer, state=state)
    first, last = asked
    assert first.text.startswith("All that this session wrote is taken back")
    assert first.recommended.label == "Write the tests anew"
    assert last.text == "The integration tests are complete. What next?"
    assert anew.taken_back is None
    assert anew.summary is not None
    assert anew.summary.result is Ending.SUCCESS
    assert exit_code_of(anew) is ExitCode.SUCCESS
    assert FILE in repository_of(world).files


def test_a_completed_session_of_which_something_was_taken_back_runs_its_tests_again() -> None:
    world = three_iterations()
    ended, _ = driven(world)
    state = taken_back(world, ended, 3)
    asked: list[Question] = []

    def answer(question: Question) -> Reply | None:
        if question.topic is Topic.NEXT_STEPS:
            asked.append(question)
        return None

    again, events = driven(going_on(world, otherwise("c")), answer, state=state)
    assert asked[0].text.startswith("Something was taken back")
    assert asked[0].recommended.label == "Run the tests again"
    runs = [event.results for event in events if isinstance(event, RunFinished)]
    assert runs[0].passed == runs[0].total - 1
    assert again.taken_back is None


def test_who_leaves_what_was_taken_back_as_it_is_changes_nothing() -> None:
    world = three_iterations()
    ended, _ = driven(world)
    state = taken_back(world, ended, 0)
    left, _ = driven(
        going_on(world),
        lambda question: Reply(choice="done") if question.topic is Topic.NEXT_STEPS else None,
        state=state,
    )
    assert left.taken_back == state.taken_back
    assert left.summary == state.summary
    assert FILE not in repository_of(world).files
