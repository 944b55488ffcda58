"""Two products of ours, whole: what the engine must reach in them, and the faults it must find.

`lending` has no type hints, and keeps books in SQLite, files and a command line. `courier` is
typed and asynchronous, with events and retries. Each breaks a few of its own documented promises
where one of its modules meets another.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from itc_tui.domain.trouble import ExitCode
from tests.journeys.whole_run import WholeRun, run_whole
from tests.person import Person

FIXTURES = Path(__file__).parent / "fixtures"
CROSSED = 0.6
"""The least share of the map's boundaries that the suite has to cross."""

#: Fixture → what breaks its promise, by the place that the finding has to name.
PLANTED = {
    "lending": {"lending/fines.py", "README.md"},
    "courier": {"src/courier/codec.py", "src/courier/settings.py"},
}

#: A broken promise that is harder to come by: found in some runs, as the time allows.
SUBTLE = {"lending": set[str](), "courier": {"src/courier/tracking.py"}}


@pytest.fixture(scope="module", params=sorted(PLANTED))
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> WholeRun:
    name = str(request.param)
    root = tmp_path_factory.mktemp(name) / name
    shutil.copytree(FIXTURES / name, root, ignore=shutil.ignore_patterns("__pycache__"))
    (root / ".gitignore").write_text("__pycache__/\n.workflow/\n", encoding="utf-8")
    person = Person(root)
    person.git("init", "-q", "-b", "main")
    person.git("config", "user.name", "Ann")
    person.git("config", "user.email", "ann@example.invalid")
    person.git("add", ".")
    person.git("commit", "-q", "-m", "As it is")
    return run_whole(root, name)


@pytest.mark.slow
def test_the_planted_faults_are_found_and_nothing_else_is_accused(run: WholeRun) -> None:
    assert run.exit_code == ExitCode.PRODUCT_BUGS, run.said
    accused = {
        place for place in PLANTED[run.topic] if any(place in promise for promise in run.promises)
    }
    assert accused == PLANTED[run.topic], run.said
    broken = PLANTED[run.topic] | SUBTLE[run.topic]
    assert all(any(place in promise for place in broken) for promise in run.promises), run.promises


@pytest.mark.slow
def test_what_is_red_is_a_finding_and_nothing_flickers(run: WholeRun) -> None:
    assert run.red == run.found_in
    assert run.flaky == []


@pytest.mark.slow
def test_the_suite_crosses_most_boundaries_of_the_map(run: WholeRun) -> None:
    assert run.crossed_share >= CROSSED, run.said


@pytest.mark.slow
def test_the_suite_is_committed_and_the_product_as_it_was(run: WholeRun) -> None:
    person = Person(run.root)
    assert person.log()[-1] == "As it is"
    assert f"test(integration): generate integration tests for {run.topic}" in person.log()
    assert person.status() == []
    changed = person.git("diff", "--name-only", "HEAD~1", "HEAD").split()
    assert changed
    assert all(name.startswith("tests/integration/") for name in changed)


@pytest.mark.slow
def test_its_tests_read_as_people_name_them(run: WholeRun) -> None:
    names = run.test_names
    assert len(names) == len(set(names))
    assert all(len(name.rpartition("::")[2]) <= 70 for name in names)
