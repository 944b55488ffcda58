"""What a run tells of tests that behave."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from itc_tui.adapters.running.pytest_runner import REPORTER_DIR
from itc_tui.domain.events import CaseFinished, CasesCollected, CaseStarted, RunStarted
from itc_tui.domain.trouble import TargetTrouble
from itc_tui.domain.words import Outcome
from tests.adapters.little_repository import LittleRepository

MIXED = """
    import logging, sys, unittest, warnings
    import pytest

    def test_passes():
        print("said aloud")

    def test_fails():
        print("to stdout")
        print("to stderr", file=sys.stderr)
        logging.getLogger("shop").warning("to the log")
        assert {"tea": 2} == {"tea": 3}

    def test_raises():
        raise ValueError("no such order\\nsecond line")

    @pytest.fixture
    def broken():
        raise RuntimeError("cannot set up")

    def test_setup(broken): pass

    @pytest.fixture
    def untidy():
        yield
        raise OSError("cannot tear down")

    def test_teardown(untidy): pass

    @pytest.mark.skip(reason="not today")
    def test_skipped(): pass

    @pytest.mark.xfail(reason="known")
    def test_xfails(): assert 0

    @pytest.mark.xfail
    def test_xpasses(): pass

    @pytest.mark.xfail(strict=True)
    def test_xpasses_strictly(): pass

    class Case(unittest.TestCase):
        def test_unit(self): self.assertEqual(1, 1)
        def test_subs(self):
            for number in range(3):
                with self.subTest(number=number):
                    self.assertNotEqual(number, 1)
    """


def test_every_kind_of_ending_has_its_own_outcome(repository: LittleRepository) -> None:
    file = repository.write("tests/test_mixed.py", MIXED)
    ran = repository.run(file)
    assert ran.outcomes == {
        "test_passes": "passed",
        "test_fails": "failed",
        "test_raises": "failed",
        "test_setup": "error",
        "test_teardown": "error",
        "test_skipped": "skipped",
        "test_xfails": "xfailed",
        "test_xpasses": "xpassed",
        "test_xpasses_strictly": "xpassed",
        "test_unit": "passed",
        "test_subs": "failed",
    }
    assert ran.report.exit_code == 1
    assert ran.report.trouble == ""
    assert ran.result("test_setup").stage == "setup"
    assert ran.result("test_teardown").stage == "teardown"
    assert ran.result("test_skipped").message == "Skipped: not today"
    assert ran.result("test_xfails").message == "known"


def test_a_failure_comes_with_all_that_explains_it(repository: LittleRepository) -> None:
    file = repository.write("tests/test_mixed.py", MIXED)
    ran = repository.run(f"{file}::test_fails", f"{file}::test_raises")
    failed = ran.result("test_fails")
    assert failed.message == "AssertionError: assert {'tea': 2} == {'tea': 3}"
    assert (failed.file, failed.line) == ("tests/test_mixed.py", 11)
    assert 'assert {"tea": 2} == {"tea": 3}' in failed.traceback
    assert failed.comparison is not None
    assert (failed.comparison.op, failed.comparison.left) == ("==", "{'tea': 2}")
    assert failed.comparison.right == "{'tea': 3}"
    assert "Differing items" in failed.comparison.explanation
    assert failed.stdout == "to stdout\n"
    assert failed.stderr == "to stderr\n"
    assert "to the log" in failed.log
    raised = ran.result("test_raises")
    assert raised.message == "ValueError: no such order"
    assert raised.comparison is None


def test_the_order_asked_for_is_the_order_that_runs(repository: LittleRepository) -> None:
    first = repository.write("tests/test_a.py", "def test_1(): pass\ndef test_2(): pass\n")
    second = repository.write("tests/test_b.py", "def test_3(): pass\n")
    names = (f"{first}::test_2", f"{second}::test_3", f"{first}::test_1")
    ran = repository.run(*names)
    assert [event.node_id for event in ran.told(CaseStarted)] == list(names)
    assert ran.told(CasesCollected)[0].node_ids == names
    assert ran.told(RunStarted)[0].expected == names
    assert [event.result.node_id for event in ran.told(CaseFinished)] == list(names)
    assert ran.report.exit_code == 0
    assert ran.report.trouble == ""


def test_a_seed_shuffles_always_the_same_way(repository: LittleRepository) -> None:
    text = "\n".join(f"def test_{number}(): pass" for number in range(8))
    file = repository.write("tests/test_many.py", text)

    def order(seed: int | None) -> list[str]:
        return [
            event.node_id for event in repository.run(file, shuffle_seed=seed).told(CaseStarted)
        ]

    assert order(7) == order(7) != order(None)


def test_the_hash_seed_is_set(repository: LittleRepository) -> None:
    file = repository.write(
        "tests/test_seed.py",
        "import os\ndef test_seed(): assert os.environ['PYTHONHASHSEED'] == '3'\n",
    )
    assert repository.run(file, hash_seed=3).outcome("test_seed") is Outcome.PASSED


def test_from_elsewhere_only_what_leans_on_the_working_directory_fails(
    repository: LittleRepository,
) -> None:
    repository.write("shop/__init__.py", "PRICE = 3\n")
    repository.write("menu.txt", "tea\n")
    file = repository.write(
        "tests/test_place.py",
        """
        import pathlib
        from shop import PRICE
        def test_imports(): assert PRICE == 3
        def test_leans(): assert pathlib.Path("menu.txt").read_text() == "tea\\n"
        def test_does_not_lean():
            assert (pathlib.Path(__file__).parents[1] / "menu.txt").exists()
        """,
    )
    assert set(repository.run(file).outcomes.values()) == {"passed"}
    ran = repository.run(file, elsewhere=True)
    assert ran.outcomes == {
        "test_imports": "passed",
        "test_leans": "failed",
        "test_does_not_lean": "passed",
    }


def test_names_with_odd_characters_come_back_as_they_are(repository: LittleRepository) -> None:
    file = repository.write(
        "tests/test_odd.py",
        """
        import pytest
        ODD = ["a b", "é", "a::b", "[x]", "a/b", "\\x1b[3m", "\\udc80", "%"]
        @pytest.mark.parametrize("x", ODD)
        def test_odd(x): pass
        """,
    )
    everything = repository.run(file)
    names = everything.report.collected
    assert len(names) == 8
    again = repository.run(*names)
    assert [event.node_id for event in again.told(CaseStarted)] == list(names)
    assert again.report.trouble == ""


def test_nothing_of_ours_reaches_what_the_tests_start(repository: LittleRepository) -> None:
    file = repository.write(
        "tests/test_env.py",
        """
        import json, os, subprocess, sys
        def test_env():
            script = "import os, sys, json; print(json.dumps([dict(os.environ), sys.path]))"
            env, path = json.loads(subprocess.check_output([sys.executable, "-c", script]))
            assert "ITC_REPORT" not in env
            assert env.get("PYTHONPATH") == "/given"
            assert not [part for part in [*path, *sys.path] if part.endswith("reporter")]
            fds = os.listdir("/proc/self/fd") if os.path.isdir("/proc/self/fd") else []
            assert len(fds) < 20
        """,
    )
    repository.environment += (("PYTHONPATH", "/given"),)
    ran = repository.run(file)
    assert ran.outcome("test_env") is Outcome.PASSED, ran.result("test_env").traceback


def test_the_whole_output_is_in_the_log_and_only_that_of_the_last_run(
    repository: LittleRepository,
) -> None:
    file = repository.write("tests/test_out.py", "def test_out(): print('one'); assert 0\n")
    repository.run(file)
    repository.write("tests/test_out.py", "def test_out(): print('two'); assert 0\n")
    ran = repository.run(file)
    assert "two" in repository.log
    assert "one" not in repository.log
    assert repository.log.splitlines() == ran.lines


def test_colours_and_escapes_are_gone_from_everything(repository: LittleRepository) -> None:
    repository.options("--color=yes")
    file = repository.write(
        "tests/test_colour.py",
        """
        def test_colour():
            print("\\x1b[31mred\\x1b[0m \\u202e \\x00 \\x1b]0;title\\x07 end")
            raise ValueError("\\x1b[31mred\\x1b[0m \\udc80")
        """,
    )
    ran = repository.run(file)
    result = ran.result("test_colour")
    assert result.message == "ValueError: red \ufffd"
    assert result.stdout == "red    end\n"
    for text in (repository.log, "\n".join(ran.lines), result.traceback):
        assert "\x1b" not in text
        assert "\u202e" not in text
    result.model_dump_json().encode("utf-8")


def test_the_person_s_tree_is_left_as_it_was_but_for_the_byte_code(
    repository: LittleRepository,
) -> None:
    file = repository.write("tests/test_tree.py", "def test_tree(cache): cache.set('a', 1)\n")
    before = set(repository.root.rglob("*"))
    repository.run(file)
    left = set(repository.root.rglob("*")) - before
    left = {path for path in left if repository.trace_dir not in (path, *path.parents)}
    assert {path.name for path in left if path.is_dir()} <= {"__pycache__"}


@pytest.mark.parametrize("order", [{}, {"keeps_log": False, "shuffle_seed": 7, "hash_seed": 3}])
def test_the_command_that_is_shown_runs_the_same_cases_again(
    repository: LittleRepository, order: dict[str, Any]
) -> None:
    file = repository.write("tests/test_a.py", "def test_1(): pass\ndef test_2(): assert 0\n")
    command = repository.run(f"{file}::test_1", **order).report.command
    assert ("PYTHONHASHSEED=3" in command) is bool(order)
    done = subprocess.run(command, cwd="/", capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert "1 passed, 1 deselected" in done.stdout


def test_without_an_interpreter_or_pytest_it_says_what_to_do(
    repository: LittleRepository, tmp_path: Path
) -> None:
    file = repository.write("tests/test_a.py", "def test_1(): pass\n")
    repository.python = str(tmp_path / "no" / "python")
    with pytest.raises(TargetTrouble, match="cannot be started"):
        repository.run(file)
    bare = tmp_path / "bare"
    bare.write_text(f'#!/bin/sh\nexec {json.dumps(sys.executable)} -S "$@"\n')
    bare.chmod(0o755)
    repository.python = str(bare)
    with pytest.raises(TargetTrouble, match=r"There is no pytest in .*pip install pytest"):
        repository.run(file)


def test_the_folder_that_we_put_on_its_path_holds_one_file() -> None:
    assert {path.name for path in REPORTER_DIR.iterdir()} - {"__pycache__"} == {"itc_reporter.py"}


def test_the_reporter_speaks_python_3_8() -> None:
    source = (REPORTER_DIR / "itc_reporter.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 8))
