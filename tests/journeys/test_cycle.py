"""From red to green, through regressions and dead ends, on a real repository."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from itc_tui.domain.events import ChangeReverted, Noted, StepPersisted, StrategyChosen
from itc_tui.domain.words import Ending, StrategyName, Verdict
from itc_tui.loop import cycle
from tests.fakes import ScriptedEngine
from tests.fakes.scripted_engine import Change
from tests.journeys.journey import (
    SESSION,
    TEST_FILE,
    cart_tests,
    ride,
    shop_at,
    standing,
    world_in,
)
from tests.person import Person


@pytest.fixture
def ann(tmp_path: Path) -> Person:
    return shop_at(tmp_path / "shop repo")


def expecting(name: str, value: int) -> Change:
    """The engine corrects what one test expects."""

    def change(text: str) -> str:
        lines = [
            f"    assert total(store) == {value}  # {name}" if line.endswith(f"# {name}") else line
            for line in text.splitlines()
        ]
        return "\n".join(lines) + "\n"

    return change


def test_red_becomes_green_and_each_gain_is_a_commit(ann: Person) -> None:
    engine = ScriptedEngine(
        {TEST_FILE: cart_tests(a=5, b=7)}, [expecting("a", 6), expecting("b", 6)]
    )
    with world_in(ann.root, engine) as world:
        state, _ = ride(world)
    assert state.summary is not None
    assert state.summary.result is Ending.SUCCESS
    assert ann.log() == [
        "test(integration): iteration 2 - conservative (pass: 50% → 100%)",
        "test(integration): iteration 1 - conservative (pass: 0% → 50%)",
        "test(integration): generate integration tests for cart",
        "A shop",
    ]
    assert ann.files_in("HEAD") == [TEST_FILE]
    assert ann.status() == []
    assert f"Itc-Session: {SESSION}" in ann.git("log", "-1", "--format=%B")


def test_the_session_folder_holds_the_three_artifacts(ann: Person) -> None:
    engine = ScriptedEngine({TEST_FILE: cart_tests(a=5)}, [expecting("a", 6)])
    with world_in(ann.root, engine) as world:
        ride(world)
    folder = ann.root / ".workflow" / ".integration-test" / SESSION
    state = json.loads((folder / "state.json").read_text())
    assert state["phase"] == "completed"
    assert state["iterations"]["latest_results"]["pass_rate"] == 100
    assert state["test_inventory"]["test_files"][0]["path"] == TEST_FILE
    log = (folder / "reflection-log.md").read_text()
    assert "### Result: SUCCESS" in log
    assert "> Pending..." not in log
    assert (folder / ".trace" / "cli-1.txt").read_text().startswith(TEST_FILE)
    assert "passed" in (folder / ".trace" / "test-output.log").read_text()
    events = (folder / ".trace" / "events.jsonl").read_text().splitlines()
    assert json.loads(events[0])["event"] == "session_opened"
    assert all(json.loads(line)["at"] for line in events)


def test_a_regression_is_reverted_through_git(ann: Person) -> None:
    names = {f"t{number}": 6 for number in range(6)}

    def breaks_the_others(text: str) -> str:
        return expecting("a", 6)(text).replace("== 6  # t", "== 9  # t")

    engine = ScriptedEngine(
        {TEST_FILE: cart_tests(a=5, b=5, **names)},
        [breaks_the_others, expecting("b", 6), expecting("a", 6)],
    )
    with world_in(ann.root, engine) as world:
        state, events = ride(world)
    chosen = [event.choice.name for event in events if isinstance(event, StrategyChosen)]
    assert chosen[1] is StrategyName.SURGICAL
    assert [event.iteration for event in events if isinstance(event, ChangeReverted)] == [1]
    assert state.summary is not None
    assert state.summary.result is Ending.SUCCESS
    assert "test(integration): rollback iteration 1 - regression detected" in ann.log()
    assert "== 9" not in ann.read(TEST_FILE)


def test_a_test_that_stays_red_is_questioned(ann: Person) -> None:
    values = iter(range(100, 200))
    engine = ScriptedEngine(
        {TEST_FILE: cart_tests(a=5)},
        endless_fix=lambda text: expecting("a", next(values))(text),
    )
    with world_in(ann.root, engine) as world:
        state, events = ride(world, max_iterations=4)
    chosen = [event.choice.name for event in events if isinstance(event, StrategyChosen)]
    assert StrategyName.REFLECTIVE in chosen
    assert state.summary is not None
    assert state.summary.result is Ending.FAILURE


def test_ten_iterations_end_in_a_failure_report(ann: Person) -> None:
    values = iter(range(100, 200))
    engine = ScriptedEngine(
        {TEST_FILE: cart_tests(a=5)},
        endless_fix=lambda text: expecting("a", next(values))(text),
    )
    with world_in(ann.root, engine) as world:
        state, _ = ride(world)
        log = world.store.read_log() or ""
    assert [entry.iteration for entry in state.iterations.history] == list(range(1, 11))
    assert "### Result: NEEDS ATTENTION" in log
    assert "all 10 iterations are used" in log
    assert ann.log()[0] == "test(integration): generate integration tests for cart"
    assert ann.status() == []


def test_a_product_bug_stays_red_in_the_committed_suite(ann: Person) -> None:
    engine = ScriptedEngine(
        {TEST_FILE: cart_tests(a=6, promised=7)},
        verdicts={"test_promised": Verdict.PRODUCT_BUG},
    )
    with world_in(ann.root, engine) as world:
        state, _ = ride(world)
    assert [finding.test for finding in state.findings] == [f"{TEST_FILE}::test_promised"]
    assert "== 7  # promised" in ann.read(TEST_FILE)
    assert state.summary is not None
    assert state.summary.product_bugs == ("BUG-001",)


def test_a_draft_writes_test_files_and_nothing_else(ann: Person) -> None:
    """Beside the tests, `shop.py` would be imported in place of the product."""
    evil = {
        "tests/integration/conftest.py": "import shop.cart\n",
        "tests/integration/shop.py": "def total(store):\n    return 5\n",
        "tests/integration/.pytest.ini": "[pytest]\n",
        "sitecustomize.py": "total = 5\n",
        "./tests/integration/test_other.py": "total = 5\n",
    }
    engine = ScriptedEngine({TEST_FILE: cart_tests(a=6), **evil})
    with world_in(ann.root, engine) as world:
        state, _ = ride(world, max_iterations=1)
    assert ann.files_in("HEAD") == [TEST_FILE]
    assert ann.status() == []
    assert state.summary is not None
    assert state.summary.result is Ending.SUCCESS


def test_a_fix_of_one_test_does_not_turn_another_s_product_bug_green(ann: Person) -> None:
    def mends_both(text: str) -> str:
        head, name, tail = expecting("a", 6)(text).partition("def test_promised")
        return head + name + tail.replace("store.add(3, 2)", "store.add(7, 1)")

    engine = ScriptedEngine(
        {TEST_FILE: cart_tests(a=5, promised=7)},
        [mends_both, expecting("a", 6)],
        verdicts={"test_promised": Verdict.PRODUCT_BUG},
    )
    with world_in(ann.root, engine) as world:
        state, _ = ride(world)
    assert [entry.outcome for entry in state.fix_history] == ["refused", "kept"]
    assert "test_promised shows a product bug" in state.fix_history[0].refused_because
    assert "store.add(7, 1)" not in ann.read(TEST_FILE)
    assert state.iterations.latest_results is not None
    assert [name.rsplit("::")[-1] for name in state.iterations.latest_results.failed_tests] == [
        "test_promised"
    ]


def test_what_was_staged_and_what_was_dirty_stays_so(ann: Person) -> None:
    ann.write("staged.txt", "staged\n")
    ann.git("add", "staged.txt")
    ann.write("staged.txt", "staged, then edited\n")
    ann.write("shop/store.py", "# mine\n" + ann.read("shop/store.py"))
    ann.write("notes.txt", "untracked\n")
    before = ann.status()
    engine = ScriptedEngine({TEST_FILE: cart_tests(a=5)}, [expecting("a", 6)])
    with world_in(ann.root, engine) as world:
        ride(world)
    assert ann.status() == before
    assert ann.files_in("HEAD") == [TEST_FILE]


def test_without_git_the_suite_is_made_all_the_same(tmp_path: Path) -> None:
    root = tmp_path / "plain"
    person = shop_at(root)
    for file in sorted((root / ".git").rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    (root / ".git").rmdir()
    engine = ScriptedEngine({TEST_FILE: cart_tests(a=5)}, [expecting("a", 6)])
    with world_in(root, engine) as world:
        assert world.repository.readiness().warnings
        state, _ = ride(world)
    assert state.summary is not None
    assert state.summary.result is Ending.SUCCESS
    assert "== 6" in person.read(TEST_FILE)


def test_a_test_that_the_person_edits_before_it_is_committed_is_taken_up_and_told(
    ann: Person,
) -> None:
    engine = ScriptedEngine({TEST_FILE: cart_tests(a=5)}, [expecting("a", 6)])
    with world_in(ann.root, engine) as world:
        notes = []
        for event in cycle(standing(world.store), world):
            if isinstance(event, StepPersisted) and event.step == "written":
                ann.write(TEST_FILE, "# Ann was here\n" + ann.read(TEST_FILE))
            if isinstance(event, Noted):
                notes.append(event)
        log = world.store.read_log() or ""
    told = (
        f"{TEST_FILE} was changed by hand before it was committed; it is taken up as it stands, "
        "and what was proven is proven of the text before."
    )
    assert [note.level for note in notes if note.text == told] == ["warning"]
    assert told in log
    assert ann.read(TEST_FILE).startswith("# Ann was here\n")
    assert "# Ann was here" in ann.git("show", f"HEAD~1:{TEST_FILE}")
    assert ann.status() == []


def test_a_test_file_that_the_person_edits_meanwhile_is_taken_up(ann: Person) -> None:
    engine = ScriptedEngine({TEST_FILE: cart_tests(a=5)}, [expecting("a", 6)])
    with world_in(ann.root, engine) as world:
        steps = cycle(standing(world.store), world)
        notes = []
        for event in steps:
            if isinstance(event, StepPersisted) and event.step == "choose-1":
                ann.write(TEST_FILE, "# Ann was here\n" + ann.read(TEST_FILE))
            if isinstance(event, Noted):
                notes.append(event.text)
    assert f"{TEST_FILE} was changed by hand; it is taken up as it stands." in notes
    assert ann.read(TEST_FILE).startswith("# Ann was here\n")
    assert "== 6" in ann.read(TEST_FILE)
    assert ann.status() == []


def test_a_log_that_the_person_edits_meanwhile_keeps_their_lines_and_is_told(ann: Person) -> None:
    engine = ScriptedEngine({TEST_FILE: cart_tests(a=5)}, [expecting("a", 6)])
    with world_in(ann.root, engine) as world:
        log = Path(world.store.folder) / "reflection-log.md"
        notes = []
        for event in cycle(standing(world.store), world):
            if isinstance(event, StepPersisted) and event.step == "choose-1":
                log.write_text(log.read_text() + "\nAnn thinks it is the store.\n")
            if isinstance(event, Noted):
                notes.append(event.text)
    assert "Ann thinks it is the store." in log.read_text()
    assert len([text for text in notes if "log was changed by hand" in text]) == 1
    kept = log.parent / ".trace" / "reflection-log-by-hand-1.md"
    assert kept.read_text().endswith("\nAnn thinks it is the store.\n")
