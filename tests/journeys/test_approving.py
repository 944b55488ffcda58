"""What a person approves once its test is written: the docstring says so, in a commit of ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from itc_tui.domain.events import ChangeReverted, Event, Noted, StepPersisted
from itc_tui.domain.questions import Question, Topic
from itc_tui.domain.words import Outcome, Provenance
from itc_tui.headless.drive import drive
from itc_tui.loop import cycle
from itc_tui.ports import RunOrder, World
from itc_tui.take_back import take_back
from tests.driving import saved
from tests.fakes import ScriptedEngine
from tests.fakes.world import FakeRunner
from tests.journeys.journey import SESSION, TEST_FILE, cart_tests, shop_at, standing, world_in
from tests.journeys.test_cycle import expecting
from tests.person import Person

OBSERVED = "(as observed, nowhere promised)"
APPROVED = "(as observed, and approved in the plan by a person)"
NOTED = "test(integration): note what was approved for cart"
DEVELOPED = "test(integration): generate integration tests for cart"


@pytest.fixture
def ann(tmp_path: Path) -> Person:
    return shop_at(tmp_path / "shop repo")


class RealTree:
    """What the runner looks at, in a repository that is real."""

    def __init__(self, world: World) -> None:
        self._world = world

    @property
    def files(self) -> dict[str, str]:
        return {TEST_FILE: self._world.repository.read(TEST_FILE) or ""}


@contextmanager
def session_of(ann: Person, engine: ScriptedEngine) -> Iterator[World]:
    """Git is real; pytest has no say in what is proven here, and takes its time."""

    def passes_at_six(node_id: str, files: Mapping[str, str], order: RunOrder) -> Outcome:
        name = node_id.rpartition("::test_")[2]
        is_green = f"== 6  # {name}\n" in files[TEST_FILE]
        return Outcome.PASSED if is_green else Outcome.FAILED

    with world_in(ann.root, engine) as world:
        yield replace(world, runner=FakeRunner(RealTree(world), passes_at_six))


def observing(**expected: int) -> ScriptedEngine:
    """Its tests say in their docstrings that nobody promised what they expect."""
    says = (
        f'"""The cart adds up.\n\n    Success criteria: the total is as stated {OBSERVED}\n    """'
    )
    text = cart_tests(**expected).replace("():\n", f"():\n    {says}\n")
    return ScriptedEngine(
        {TEST_FILE: text}, [expecting(name, 6) for name in expected], planned=Provenance.OBSERVED
    )


def all_approved(world: World) -> None:
    """As `A` in the plan does it."""
    plan = saved(world).test_design
    assert plan is not None
    scenarios = (
        scenario.but(
            test_cases=tuple(
                case.but(provenance=Provenance.APPROVED) for case in scenario.test_cases
            )
        )
        for scenario in plan.integration_scenarios
    )
    world.steering.offer_plan(plan.but(integration_scenarios=tuple(scenarios)))


def approving_at(step: str, world: World) -> list[Event]:
    """The whole session, with everything approved as soon as that step is persisted."""
    events = []
    for event in cycle(standing(world.store), world):
        events.append(event)
        if isinstance(event, StepPersisted) and event.step == step:
            all_approved(world)
    return events


def told(events: Iterable[Event]) -> list[str]:
    return [event.text for event in events if isinstance(event, Noted)]


def test_what_is_approved_before_the_tests_are_committed_is_in_their_commit(ann: Person) -> None:
    with session_of(ann, observing(a=6)) as world:
        events = approving_at("written", world)
    assert ann.log() == [DEVELOPED, "A shop"]
    assert APPROVED in " ".join(ann.git("show", f"HEAD:{TEST_FILE}").split())
    assert "Who stands for what is expected is now said in 1 docstring: test_a." in told(events)


def test_what_is_approved_between_iterations_has_a_commit_of_its_own(ann: Person) -> None:
    with session_of(ann, observing(a=5, b=7)) as world:
        approving_at("keep-1", world)
        inventory = saved(world).test_inventory
        taken_back = take_back(saved(world), 1, world.repository, world.store, world.clock)
        list(taken_back)
    subjects = ann.log()
    assert subjects[1:] == [
        "test(integration): iteration 2 - conservative (pass: 50% → 100%)",
        NOTED,
        "test(integration): iteration 1 - conservative (pass: 0% → 50%)",
        DEVELOPED,
        "A shop",
    ]
    text = ann.read(TEST_FILE)
    assert OBSERVED not in " ".join(text.split())
    assert "== 5  # a" in text, "iteration 1 is taken back, and the docstrings stay"
    assert inventory is not None
    assert {case.provenance for case in inventory.cases} == {Provenance.APPROVED}
    assert not any(case.docstring_says for case in inventory.cases)
    assert ann.status() == []


def test_what_is_approved_while_a_gain_stands_uncommitted_waits_until_it_is(ann: Person) -> None:
    with session_of(ann, observing(a=5, b=6)) as world:
        approving_at("fix-1", world)
    assert ann.log()[:2] == [
        NOTED,
        "test(integration): iteration 1 - conservative (pass: 50% → 100%)",
    ]
    assert ann.git("show", "--format=", "--stat", "HEAD~1").count("|") == 1
    assert APPROVED not in " ".join(ann.git("show", f"HEAD~1:{TEST_FILE}").split())


def test_what_is_approved_beside_the_last_question_goes_with_the_whole_session(
    ann: Person,
) -> None:
    with session_of(ann, observing(a=6)) as world:

        def approve(question: Question) -> None:
            if question.topic is Topic.NEXT_STEPS:
                all_approved(world)

        drive(cycle(standing(world.store), world), lambda _: None, approve)
        assert ann.log()[0] == NOTED
        summary = saved(world).summary
        assert summary is not None
        assert summary.recommendations == (), "nothing is left that was only observed"
        assert "Approve what was only observed" not in (world.store.read_log() or "")
        back = take_back(saved(world), 0, world.repository, world.store, world.clock)
        assert len([one for one in back if isinstance(one, ChangeReverted)]) == 2
    assert not (ann.root / TEST_FILE).exists()
    assert ann.status() == []


def test_a_process_killed_before_that_commit_makes_it_when_the_session_goes_on(
    ann: Person,
) -> None:
    with session_of(ann, observing(a=5, b=7)) as world:
        for event in cycle(standing(world.store), world):
            if isinstance(event, StepPersisted) and event.step == "keep-1":
                all_approved(world)
            if isinstance(event, StepPersisted) and event.step == "plan-edited":
                break
        text = world.repository.read(TEST_FILE) or ""
        world.repository.write(TEST_FILE, text.replace(OBSERVED, APPROVED))
    assert ann.log()[0] != NOTED
    with session_of(ann, observing(a=5, b=7)) as world:
        list(cycle(standing(world.store), world))
    assert NOTED in ann.log()
    assert SESSION in ann.git("log", "-1", "--format=%B", f"--grep={NOTED}")
    assert OBSERVED not in " ".join(ann.read(TEST_FILE).split())
    assert ann.status() == []
