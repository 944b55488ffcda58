"""What the target's own pytest options may do to a run, and what they may not."""

from __future__ import annotations

import pytest

from itc_tui.adapters.running.pytest_runner import PytestRunner
from itc_tui.adapters.target.target_python import detect_target
from itc_tui.domain.events import CaseFinished, Noted
from itc_tui.ports import RunOrder
from tests.adapters.little_repository import QUICK, LittleRepository, RealClock

SUITE = """
    def test_1(): print("aloud")
    def test_2(): assert [1] == [2]
    def test_3(): assert 0
    def test_4(): pass
    """
OUTCOMES = {"test_1": "passed", "test_2": "failed", "test_3": "failed", "test_4": "passed"}


@pytest.mark.parametrize(
    "addopts",
    [
        "-n 2",
        "-n auto --dist loadfile -x",
        "--tx 2*popen --dist load",
        "-p no:xdist -x",
        "--maxfail=1 -q -q --lf --ff --nf --sw --cache-clear",
        "-p no:terminal",
        "-p no:cacheprovider -p no:faulthandler -p no:logging",
        "--strict-markers --strict-config -W error",
        "--tb=no -s --color=yes --pdb",
        "--doctest-modules -vv --import-mode=importlib tests/other",
    ],
)
def test_options_of_the_target_neither_hide_nor_stop_anything(
    repository: LittleRepository, addopts: str
) -> None:
    repository.options(addopts)
    repository.with_plugins()
    repository.write("tests/other/test_other.py", "def test_other(): pass\n")
    file = repository.write("tests/test_suite.py", SUITE)
    ran = repository.run(file)
    assert ran.outcomes == OUTCOMES
    assert ran.report.trouble == ""
    assert ran.report.exit_code == 1
    compared = ran.result("test_2").comparison
    assert compared is not None
    assert "assert [1] == [2]" in ran.result("test_2").traceback


def test_asynchronous_tests_run_as_their_plugin_runs_them(repository: LittleRepository) -> None:
    repository.options("-o asyncio_mode=auto")
    repository.with_plugins()
    file = repository.write(
        "tests/test_async.py",
        """
        import asyncio
        async def test_waits(): await asyncio.sleep(0)
        async def test_fails(): assert await asyncio.sleep(0, 1) == 2
        """,
    )
    ran = repository.run(file)
    assert ran.outcomes == {"test_waits": "passed", "test_fails": "failed"}
    assert ran.result("test_fails").comparison is not None


def test_a_plugin_that_reorders_does_not_change_our_order(repository: LittleRepository) -> None:
    repository.write(
        "conftest.py",
        """
        import pytest
        @pytest.hookimpl(trylast=True)
        def pytest_collection_modifyitems(items): items.reverse()
        """,
    )
    file = repository.write("tests/test_suite.py", SUITE)
    names = [f"{file}::test_{number}" for number in (1, 3, 2, 4)]
    assert list(repository.run(*names).report.collected) == names


def test_what_the_target_s_options_leave_out_is_said_to_be_left_out(
    repository: LittleRepository,
) -> None:
    repository.options('-k "not test_4"')
    file = repository.write("tests/test_suite.py", SUITE)
    ran = repository.run(f"{file}::test_1", f"{file}::test_4")
    assert ran.outcomes == {"test_1": "passed", "test_4": "not_run"}
    assert ran.result("test_4").message == "left out by the target's own pytest options"
    assert "1 of 2 planned tests did not run" in ran.report.trouble


def test_an_option_that_its_pytest_does_not_know_is_told_in_pytest_s_words(
    repository: LittleRepository,
) -> None:
    repository.options("--no-such-option")
    ran = repository.run(repository.write("tests/test_suite.py", SUITE))
    assert "unrecognized arguments: --no-such-option" in ran.report.trouble


def test_file_names_with_escapes_stay_names(repository: LittleRepository) -> None:
    text = "import os\ndef test_1(): os._exit(1)\n"
    file = repository.write("tests/test_\x1b[31mred\u202e.py", text)
    ran = repository.run(f"{file}::test_1", f"{file}::test_gone")
    assert ran.report.results[0].node_id == f"{file}::test_1"
    shown = [ran.notes, ran.report.trouble, *ran.purposes, *ran.lines]
    assert not [text for text in shown if "\x1b" in text or "\u202e" in text]


def test_options_that_nothing_installed_knows_are_left_out_and_told_once(
    repository: LittleRepository,
) -> None:
    repository.options("--isort -q")
    file = repository.write("tests/test_suite.py", "def test_tea(): pass\n")
    target = detect_target(repository.root, repository.python)
    runner = PytestRunner(target, repository.trace_dir, repository.stop, RealClock(), QUICK)
    order = RunOrder(node_ids=(f"{file}::test_tea",))
    first, again = list(runner.run(order)), list(runner.run(order))
    assert any(isinstance(event, CaseFinished) and event.result.is_passing for event in first)
    (note,) = [event.text for event in first if isinstance(event, Noted)]
    assert note.startswith("Its pytest settings ask for --isort, which nothing installed knows")
    assert not any(isinstance(event, Noted) for event in again)
