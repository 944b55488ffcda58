"""What a run does about tests that hang, crash, flood, fork and lie."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from itc_tui.domain.events import CaseStarted, Event
from itc_tui.domain.trouble import Stopped
from itc_tui.domain.words import Outcome
from tests.adapters.little_repository import QUICK, LittleRepository
from tests.fakes.pulled_meanwhile import PulledMeanwhile


def alive(marker: str) -> list[psutil.Process]:
    """Processes whose command line holds the marker."""
    return [
        process
        for process in psutil.process_iter(["cmdline", "status"])
        if any(marker in part for part in process.info["cmdline"] or ())
        and process.info["status"] != psutil.STATUS_ZOMBIE
    ]


def test_a_case_that_hangs_is_timed_out_with_its_stack_and_the_others_still_run(
    repository: LittleRepository,
) -> None:
    file = repository.write(
        "tests/test_hang.py",
        """
        import time
        def wait_for_ever(): time.sleep(600)
        def test_before(): pass
        def test_hangs(): wait_for_ever()
        def test_after(): pass
        """,
    )
    ran = repository.run(file, case_limit_s=1.2)
    assert ran.outcomes == {
        "test_before": "passed",
        "test_hangs": "timed_out",
        "test_after": "passed",
    }
    hung = ran.result("test_hangs")
    assert hung.message == "no sign of life for 1.2 s; it was ended"
    assert "in wait_for_ever" in hung.traceback
    assert "_pytest" not in hung.traceback
    assert hung.stage == "call"
    assert ran.report.retried_without == (f"{file}::test_hangs",)
    assert ran.report.exit_code is None
    assert ran.report.trouble == ""
    assert ran.purposes == ["full", f"retry without {file}::test_hangs"]
    assert [event.node_id for event in ran.told(CaseStarted)].count(f"{file}::test_before") == 1


def test_a_fixture_that_hangs_is_said_to_hang_in_setup(repository: LittleRepository) -> None:
    file = repository.write(
        "tests/test_hang.py",
        """
        import pytest, time
        @pytest.fixture
        def slow(): time.sleep(600)
        def test_hangs(slow): pass
        """,
    )
    assert repository.run(file, case_limit_s=1.2).result("test_hangs").stage == "setup"


@pytest.mark.parametrize(
    ("deed", "message"),
    [
        ("import faulthandler; faulthandler._sigsegv()", "SIGSEGV"),
        ("import os; os._exit(0)", "exit code 0"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "out of memory"),
        ("import pytest; pytest.exit('enough')", "stopped the whole run"),
        ("raise KeyboardInterrupt", "stopped the whole run"),
    ],
)
def test_a_case_that_takes_the_interpreter_down_is_named_and_the_others_still_run(
    repository: LittleRepository, deed: str, message: str
) -> None:
    file = repository.write(
        "tests/test_crash.py",
        f"def test_before(): pass\ndef test_crash():\n    {deed}\ndef test_after(): pass\n",
    )
    ran = repository.run(file)
    assert ran.outcomes == {
        "test_before": "passed",
        "test_crash": "crashed",
        "test_after": "passed",
    }
    assert message in ran.result("test_crash").message
    assert ran.report.retried_without == (f"{file}::test_crash",)
    if message == "SIGSEGV":
        assert "Fatal Python error" in ran.result("test_crash").traceback
        assert "in test_crash" in ran.result("test_crash").traceback


def test_retries_end(repository: LittleRepository) -> None:
    text = "import os\n" + "\n".join(f"def test_{n}(): os._exit(1)" for n in range(5))
    file = repository.write("tests/test_all.py", text)
    ran = repository.run(file, guards=replace(QUICK, max_attempts=3))
    outcomes = list(ran.outcomes.values())
    assert outcomes.count("crashed") == 3
    assert "took pytest down; the rest was not run" in ran.report.trouble
    assert len(ran.report.retried_without) == 3


def test_a_file_that_hangs_at_import_takes_only_its_own_cases_along(
    repository: LittleRepository,
) -> None:
    bad = repository.write("tests/test_bad.py", "import time; time.sleep(600)\ndef test_x(): pass")
    good = repository.write("tests/test_good.py", "def test_y(): pass")
    ran = repository.run(
        f"{bad}::test_x", f"{good}::test_y", guards=replace(QUICK, start_limit_s=3.0)
    )
    assert ran.outcomes == {"test_x": "timed_out", "test_y": "passed"}
    assert "while tests/test_bad.py was collected" in ran.result("test_x").message
    assert "test_bad.py" in ran.result("test_x").traceback


def test_a_file_that_crashes_at_import_takes_only_its_own_cases_along(
    repository: LittleRepository,
) -> None:
    bad = repository.write("tests/test_bad.py", "import os; os._exit(0)\ndef test_x(): pass")
    good = repository.write("tests/test_good.py", "def test_y(): pass")
    ran = repository.run(f"{bad}::test_x", f"{good}::test_y")
    assert ran.outcomes == {"test_x": "crashed", "test_y": "passed"}


def test_a_daemon_is_found_by_its_mark_and_ended(repository: LittleRepository) -> None:
    file = repository.write(
        "tests/test_daemon.py",
        """
        import os, sys
        def test_daemon():
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    os.execv(sys.executable, [sys.executable, "-c",
                        "import time; time.sleep(600)  # itc-daemon-of-a-test"])
                os._exit(0)
            os.wait()
        def test_forks_and_goes_on():
            if os.fork() == 0:
                return  # the child goes on as if it were pytest
            os.wait()
        """,
    )
    ran = repository.run(file)
    assert ran.outcome("test_daemon") is Outcome.PASSED
    assert len([name for name in ran.outcomes if name == "test_forks_and_goes_on"]) == 1
    assert "Left running by the tests, and ended: python" in ran.notes
    assert alive("itc-daemon-of-a-test") == []


def test_output_without_end_is_bounded_in_memory_and_ended(repository: LittleRepository) -> None:
    repository.options("-s")
    file = repository.write(
        "tests/test_flood.py",
        """
        def test_flood():
            while True: print("again and again " * 60)
        def test_after(): pass
        """,
    )
    ran = repository.run(file, guards=replace(QUICK, flood_bytes=30_000_000))
    assert ran.outcomes == {"test_flood": "crashed", "test_after": "passed"}
    assert ran.result("test_flood").message == "wrote output without end; it was ended"
    assert len(repository.log) >= 30_000_000


@pytest.mark.skipif(not psutil.LINUX, reason="the captured output is only seen on Linux")
def test_output_without_end_that_pytest_captures_is_ended_too(
    repository: LittleRepository,
) -> None:
    file = repository.write(
        "tests/test_flood.py",
        """
        def test_flood():
            while True: print("again and again " * 60)
        """,
    )
    ran = repository.run(file, guards=replace(QUICK, flood_bytes=30_000_000))
    assert ran.outcome("test_flood") is Outcome.CRASHED


def test_one_endless_line_does_not_fill_the_memory(repository: LittleRepository) -> None:
    repository.options("-s")
    file = repository.write(
        "tests/test_line.py", "def test_line():\n    print('x' * 10_000_000, flush=True)\n"
    )
    ran = repository.run(file)
    assert ran.outcome("test_line") is Outcome.PASSED
    assert max(len(line) for line in ran.lines) < 5_000
    assert repository.log.count("x") >= 10_000_000


def test_tests_that_change_directory_and_environment_do_not_disturb_the_report(
    repository: LittleRepository,
) -> None:
    file = repository.write(
        "tests/test_moves.py",
        """
        import os, shutil, sys, tempfile
        def test_moves():
            folder = tempfile.mkdtemp(); os.chdir(folder); shutil.rmtree(folder)
            os.environ.clear()
        def test_closes_its_streams():
            sys.stdout = sys.stderr = None
            sys.path.clear()
        def test_after(): assert 0
        """,
    )
    ran = repository.run(file)
    assert list(ran.outcomes.values()) == ["passed", "passed", "failed"]
    assert ran.report.trouble == ""


def test_a_test_that_closes_our_pipe_is_found_out(repository: LittleRepository) -> None:
    file = repository.write(
        "tests/test_close.py",
        """
        import os
        def test_closes():
            os.closerange(3, 200)
            assert 0
        def test_after(): pass
        """,
    )
    ran = repository.run(file)
    assert ran.outcome("test_closes") is Outcome.CRASHED
    assert ran.outcome("test_after") is Outcome.PASSED


def test_a_conftest_that_fails_is_told_in_its_own_words(repository: LittleRepository) -> None:
    text = "raise RuntimeError('needs a library\\nget it with:\\n $ pip install it')\n"
    repository.write("tests/conftest.py", text)
    file = repository.write("tests/test_a.py", "def test_x(): pass\n")
    ran = repository.run(f"{file}::test_x")
    assert ran.outcome("test_x") is Outcome.NOT_RUN
    assert "pytest did not start: RuntimeError: needs a library." in ran.report.trouble
    assert "No tests ran." in ran.report.trouble


def test_a_file_that_cannot_be_collected_leaves_its_cases_not_run(
    repository: LittleRepository,
) -> None:
    bad = repository.write("tests/test_bad.py", "import no_such_library\ndef test_x(): pass\n")
    good = repository.write("tests/test_good.py", "def test_y(): pass\n")
    ran = repository.run(f"{bad}::test_x", f"{good}::test_y")
    assert ran.outcomes == {"test_x": "not_run", "test_y": "passed"}
    assert "No module named 'no_such_library'" in ran.result("test_x").message
    assert "import no_such_library" in ran.result("test_x").traceback
    assert [error.node_id for error in ran.report.collection_errors] == [bad]
    assert "1 of 2 planned tests did not run" in ran.report.trouble
    assert ran.report.exit_code == 1


def test_what_is_not_there_is_not_run_and_said(repository: LittleRepository) -> None:
    file = repository.write("tests/test_a.py", "def test_x(): pass\n")
    ran = repository.run(f"{file}::test_x", f"{file}::test_gone", "tests/test_gone.py::test_z")
    assert ran.outcomes == {"test_x": "passed", "test_gone": "not_run", "test_z": "not_run"}
    assert "2 of 3 planned tests did not run" in ran.report.trouble


@pytest.mark.parametrize("names", [(), ("tests/test_gone.py::test_z",), ("../outside.py::test_z",)])
def test_a_run_of_nothing_is_not_green(
    repository: LittleRepository, names: tuple[str, ...]
) -> None:
    (repository.root.parent / "outside.py").write_text("def test_z(): pass\n")
    report = repository.run(*names).report
    assert report.trouble.startswith("No tests")
    assert not [result for result in report.results if result.is_passing]


def test_an_exit_code_without_a_failure_is_not_believed(repository: LittleRepository) -> None:
    repository.write(
        "tests/conftest.py", "def pytest_sessionfinish(session): session.exitstatus = 1\n"
    )
    file = repository.write("tests/test_a.py", "def test_x(): pass\n")
    trouble = repository.run(file).report.trouble
    assert trouble == "pytest ended with exit code 1, but no test failed."


def test_a_failure_with_exit_code_0_is_not_believed(repository: LittleRepository) -> None:
    repository.write(
        "tests/conftest.py", "def pytest_sessionfinish(session): session.exitstatus = 0\n"
    )
    file = repository.write("tests/test_a.py", "def test_x(): assert 0\n")
    ran = repository.run(file)
    assert ran.report.trouble == "Tests failed, but pytest ended with exit code 0."


def test_another_end_than_the_one_reported_is_not_believed(repository: LittleRepository) -> None:
    file = repository.write(
        "tests/test_a.py",
        "import atexit, os\ndef test_x(): atexit.register(os._exit, 7)\n",
    )
    trouble = repository.run(file).report.trouble
    assert trouble == "pytest reported exit code 0, but its process ended with exit code 7."


def test_the_case_whose_thread_keeps_pytest_from_ending_does_not_pass(
    repository: LittleRepository,
) -> None:
    file = repository.write(
        "tests/test_a.py",
        """
        import threading, time
        from concurrent.futures import ThreadPoolExecutor
        def test_idle_pool(): ThreadPoolExecutor().submit(int).result()
        def test_x(): threading.Thread(target=time.sleep, args=(600,), name="ward").start()
        def test_y(): pass
        """,
    )
    ran = repository.run(file, guards=replace(QUICK, end_limit_s=0.5))
    assert ran.outcome("test_x") is Outcome.TIMED_OUT
    assert ran.result("test_x").message == (
        "left a thread running (ward), and pytest did not end; it was ended"
    )
    assert ran.outcome("test_idle_pool") is ran.outcome("test_y") is Outcome.PASSED
    assert (ran.report.trouble, ran.report.exit_code) == ("", None)


def test_a_pytest_that_does_not_end_without_anybody_s_thread_is_told(
    repository: LittleRepository,
) -> None:
    file = repository.write(
        "tests/test_a.py",
        "import atexit, time\ndef test_x(): atexit.register(time.sleep, 600)\n",
    )
    ran = repository.run(file, guards=replace(QUICK, end_limit_s=0.5))
    assert ran.outcome("test_x") is Outcome.PASSED
    assert "did not end by itself" in ran.report.trouble


def test_a_pytest_that_is_at_work_after_its_last_test_is_given_time(
    repository: LittleRepository,
) -> None:
    """Old temporary folders are cleared then, which may be many."""
    file = repository.write(
        "tests/test_a.py",
        """
        import atexit, time
        def work():
            until = time.monotonic() + 0.8
            while time.monotonic() < until: pass
        def test_x(): atexit.register(work)
        """,
    )
    ran = repository.run(file, guards=replace(QUICK, end_limit_s=0.5))
    assert ran.outcome("test_x") is Outcome.PASSED
    assert (ran.report.trouble, ran.report.exit_code) == ("", 0)


@pytest.mark.parametrize(
    ("deed", "told"),
    [
        ("os._exit(0)", "pytest broke off after a test: exit code 0."),
        (
            "time.sleep(600)",
            "pytest gave no sign of life after a test; it was ended.",
        ),
    ],
)
def test_a_hook_that_breaks_off_after_the_tests_is_told(
    repository: LittleRepository, deed: str, told: str
) -> None:
    repository.write("tests/conftest.py", f"import os, time\ndef pytest_sessionfinish(): {deed}\n")
    file = repository.write("tests/test_a.py", "def test_x(): pass\n")
    ran = repository.run(file, guards=replace(QUICK, start_limit_s=2.0))
    assert ran.outcome("test_x") is Outcome.PASSED
    assert ran.report.trouble == told


def test_an_error_within_pytest_is_told(repository: LittleRepository) -> None:
    repository.write(
        "tests/conftest.py", "def pytest_runtest_logfinish(): raise ValueError('in a plugin')\n"
    )
    file = repository.write("tests/test_a.py", "def test_x(): pass\n")
    ran = repository.run(file)
    assert "in a plugin" in ran.report.trouble + ran.result("test_x").message
    assert not ran.result("test_x").is_passing or ran.report.trouble


def test_a_stop_ends_the_whole_group_in_under_a_second(repository: LittleRepository) -> None:
    file = repository.write(
        "tests/test_long.py",
        """
        import signal, subprocess, sys, time
        def test_long():
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            subprocess.run([sys.executable, "-c",
                "import time; time.sleep(600)  # itc-child-of-a-stopped-run"])
        """,
    )
    pulled_at: list[float] = []

    def pull() -> None:
        while not alive("itc-child-of-a-stopped-run"):
            pass
        pulled_at.append(time.monotonic())
        repository.stop.pull()

    def watch(event: Event) -> None:
        if isinstance(event, CaseStarted):
            threading.Thread(target=pull).start()

    with pytest.raises(Stopped):
        repository.run(file, watch=watch)
    assert time.monotonic() - pulled_at[0] < 1.0
    assert alive("itc-child-of-a-stopped-run") == []
    assert alive(str(repository.root)) == []


def test_a_stop_ends_a_run_that_nobody_asks_for_its_next_event(
    repository: LittleRepository,
) -> None:
    file = repository.write("tests/test_long.py", "import time\ndef test_long(): time.sleep(600)\n")

    def watch(event: Event) -> None:
        if isinstance(event, CaseStarted):
            repository.stop.pull()
            until = time.monotonic() + 5
            while alive(str(repository.root)) and time.monotonic() < until:
                pass
            assert alive(str(repository.root)) == []

    with pytest.raises(Stopped):
        repository.run(file, watch=watch)


def test_a_stop_that_comes_while_a_run_begins_is_heard(repository: LittleRepository) -> None:
    file = repository.write("tests/test_long.py", "import time\ndef test_long(): time.sleep(600)\n")
    repository.stop = PulledMeanwhile()
    began = time.monotonic()
    with pytest.raises(Stopped):
        repository.run(file)
    assert time.monotonic() - began < 15


def test_a_pause_of_who_watches_is_no_sign_of_a_hanging_case(
    repository: LittleRepository,
) -> None:
    text = "\n".join(f"def test_{number}(): print('x' * 1000)" for number in range(300))
    file = repository.write("tests/test_many.py", text)
    paused: list[bool] = []

    def watch(event: Event) -> None:
        if isinstance(event, CaseStarted) and not paused:
            paused.append(True)
            until = time.monotonic() + 20
            while alive(str(repository.root)) and time.monotonic() < until:
                pass
            paused.append(alive(str(repository.root)) == [])

    ran = repository.run(file, watch=watch, case_limit_s=5.0)
    assert paused == [True, True]
    assert len(ran.report.results) == 300
    assert ran.report.trouble == ""


def test_a_case_that_is_silent_while_nobody_looks_gets_its_whole_time_afterwards(
    repository: LittleRepository,
) -> None:
    """As after ctrl+z, when the threads that hear it were put aside too."""
    file = repository.write(
        "tests/test_silent.py",
        """
        import pathlib, time
        def test_waits():
            while not pathlib.Path("go.txt").exists(): time.sleep(0.01)
            time.sleep(0.3)
        """,
    )

    def watch(event: Event) -> None:
        if isinstance(event, CaseStarted):
            until = time.monotonic() + 2
            while time.monotonic() < until:
                pass
            (repository.root / "go.txt").touch()

    ran = repository.run(file, watch=watch, case_limit_s=1.5)
    assert ran.outcomes == {"test_waits": "passed"}


def test_a_run_whose_starter_was_killed_ends_by_itself(repository: LittleRepository) -> None:
    repository.write(
        "tests/test_long.py",
        "\n".join(
            f"""
import time, pathlib
def test_{number}():
    pathlib.Path("begun").touch()
    time.sleep(0.05)
"""
            for number in range(200)
        ),
    )
    script = f"""
from tests.adapters.little_repository import LittleRepository
from pathlib import Path
LittleRepository(Path({str(repository.root)!r})).run("tests/test_long.py")
"""
    starter = subprocess.Popen([sys.executable, "-c", script], cwd=Path(__file__).parents[2])
    while not (repository.root / "begun").exists():
        assert starter.poll() is None
    children = psutil.Process(starter.pid).children()
    assert children
    starter.kill()
    starter.wait()
    _, staying = psutil.wait_procs(children, timeout=5)
    assert staying == []
