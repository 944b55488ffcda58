"""The command as a person or a pipeline calls it: words, exit codes, and nothing lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.journey import shop_at, virtual_environment
from tests.person import Person

#: Enough for three small modules.
QUICK = ("--budget", "2")


@pytest.fixture
def ann(tmp_path: Path) -> Person:
    return shop_at(tmp_path / "shop")


@dataclass(frozen=True)
class Finished:
    person: Person
    done: subprocess.CompletedProcess[str]
    python: Path = Path(sys.executable)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """A session that was told in plain words, in a pipe."""
    person = shop_at(tmp_path_factory.mktemp("finished") / "shop")
    return Finished(person, itc("-y", "购物车模块的集成测试", *QUICK, at=person.root))


@pytest.fixture(scope="module")
def finished_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """A session in the repository's own environment, told as JSON."""
    person = shop_at(tmp_path_factory.mktemp("elsewhere") / "shop")
    python = virtual_environment(person.root / ".venv", with_pytest=True)
    person.write(".gitignore", "__pycache__/\n.workflow/\n.venv/\n")
    return Finished(person, itc("-y", "cart", "--json", *QUICK, at=person.root), python)


def itc(*words: str, at: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "itc_tui", *words],
        cwd=at,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env=os.environ | {"XDG_CONFIG_HOME": str(at / ".none")} | environment,
    )


def session_folder(person: Person) -> Path:
    (folder,) = (person.root / ".workflow" / ".integration-test").glob("ITG-*")
    return folder


def trace_of(person: Person) -> str:
    return (session_folder(person) / ".trace" / "events.jsonl").read_text()


def test_a_chinese_description_ends_in_a_committed_suite(finished: Finished) -> None:
    ann, done = finished.person, finished.done
    assert done.returncode == 0, done.stdout + done.stderr
    assert "shop.cart" in done.stdout
    assert "SUCCESS" in done.stdout
    assert "\x1b" not in done.stdout
    assert session_folder(ann).name.startswith("ITG-购物车模块的集成测试-")
    assert ann.log()[0].startswith("test(integration): generate integration tests for 购物车")
    assert ann.status() == []


def test_the_session_does_not_show_up_among_the_persons_changes(ann: Person) -> None:
    ann.commit(".gitignore", "__pycache__/\n")
    itc("-y", "cart", "--step", at=ann.root)
    assert session_folder(ann).is_dir()
    assert ann.status() == []


def test_json_is_all_that_is_printed_and_it_is_the_trace(finished_elsewhere: Finished) -> None:
    printed = [json.loads(line) for line in finished_elsewhere.done.stdout.splitlines()]
    trace = (
        (session_folder(finished_elsewhere.person) / ".trace" / "events.jsonl")
        .read_text()
        .splitlines()
    )
    assert printed[0]["event"] == "session_opened"
    assert printed[-1]["event"] == "question_answered"
    assert [one["event"] for one in printed if one["event"] != "output_arrived"] == [
        one["event"] for one in map(json.loads, trace) if one["event"] != "output_arrived"
    ]


@pytest.mark.slow
def test_step_by_step_comes_to_the_same_end(ann: Person) -> None:
    phases = []
    for _ in range(20):
        done = itc("-y", "--step", "cart", *QUICK, at=ann.root)
        assert done.returncode in (0, 3), done.stdout + done.stderr
        state = json.loads((session_folder(ann) / "state.json").read_text())
        phases.append(state["phase"])
        if state["phase"] == "completed":
            break
    assert list(dict.fromkeys(phases)) == [
        "explored",
        "designed",
        "developed",
        "iterating",
        "completed",
    ]


def test_a_completed_session_is_told_again_and_not_run_again(finished: Finished) -> None:
    ann = finished.person
    commits = ann.log()
    done = itc("-y", "-c", at=ann.root)
    assert done.returncode == 0, done.stderr
    assert ann.log() == commits


def test_without_a_terminal_and_without_yes_nothing_is_run(ann: Person) -> None:
    done = itc("cart", *QUICK, at=ann.root)
    assert done.returncode == 2
    assert "add -y" in done.stderr
    assert ann.log() == ["A shop"]


def test_a_target_without_pytest_is_told_what_to_install(ann: Person) -> None:
    python = virtual_environment(ann.root / ".venv", with_pytest=False)
    done = itc("-y", "cart", at=ann.root)
    assert done.returncode == 2
    assert "pip install pytest" in done.stderr
    assert str(python) in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("-y", "cart", "--step"), 0, "There is no git on this machine."),
        (("doctor",), 2, "Install git"),
        (("sessions",), 0, "No session yet"),
        (("demo", "--plain"), 2, "install git"),
    ],
    ids=lambda word: word[0] if isinstance(word, tuple) else "",
)
def test_a_machine_without_git_is_told_so_in_a_sentence(
    ann: Person, tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    bare = tmp_path / "bin"
    bare.mkdir()
    done = itc(*words, at=ann.root, PATH=str(bare))
    assert done.returncode == code, done.stdout + done.stderr
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_source_that_cannot_be_read_is_named(ann: Person) -> None:
    ann.write("shop/broken.py", "def (\n")
    said = itc("-y", "cart", "--step", at=ann.root).stdout
    assert "not read: shop/broken.py" in said


def test_what_git_gives_to_think_about_is_said_before_anything_is_written(ann: Person) -> None:
    ann.git("checkout", "-q", "--detach")
    ann.write("notes.txt", "mine")
    ann.git("add", "notes.txt")
    said = itc("-y", "cart", "--step", at=ann.root).stdout
    assert "HEAD is detached" in said
    assert "it stays staged" in said


def test_the_targets_own_environment_is_used(finished_elsewhere: Finished) -> None:
    python = str(finished_elsewhere.python)
    assert python in itc("doctor", at=finished_elsewhere.person.root).stdout
    done = finished_elsewhere.done
    assert done.returncode == 0, done.stdout + done.stderr
    assert python in trace_of(finished_elsewhere.person)


def test_a_second_process_on_the_session_is_turned_away(ann: Person) -> None:
    itc("-y", "cart", "--step", *QUICK, at=ann.root)
    from itc_tui.adapters.session.session_files import open_session
    from itc_tui.adapters.system_clock import SystemClock

    with open_session(session_folder(ann), SystemClock()):
        before = (session_folder(ann) / "state.json").read_bytes()
        done = itc("-y", "cart", at=ann.root)
        assert done.returncode == 2
        assert str(os.getpid()) in done.stderr
        assert (session_folder(ann) / "state.json").read_bytes() == before


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("{broken", "state.json"),
        ('{"session_id": "x", "module": "cart", "iterations": {"current": "many"}}', "current"),
        ('{"session_id": "x", "module": "cart", "schema_version": 99}', "schema_version"),
    ],
    ids=["damaged", "foreign", "newer"],
)
def test_a_bad_state_file_is_named_and_left_alone(ann: Person, content: str, named: str) -> None:
    itc("-y", "cart", "--step", *QUICK, at=ann.root)
    file = session_folder(ann) / "state.json"
    file.write_text(content)
    done = itc("-y", "cart", at=ann.root)
    assert done.returncode == 2
    assert named in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert file.read_text() == content


def test_a_merge_under_way_is_not_joined(ann: Person) -> None:
    ann.git("checkout", "-q", "-b", "other")
    ann.commit("shop/store.py", "x = 1\n")
    ann.git("checkout", "-q", "main")
    ann.commit("shop/store.py", "x = 2\n")
    ann.git("merge", "other", code=1)
    before = ann.status()
    done = itc("-y", "cart", at=ann.root)
    assert done.returncode == 2
    assert "merge" in done.stderr
    assert ann.status() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-y", "cart", "nowhere"), "not a folder"),
        (("-y",), "which module"),
        (("-y", "-c"), "no session"),
        (("-y", "cart", "--engine", "oracle"), "oracle"),
        (("-y", "cart", "--max-iterations", "0"), "max-iterations"),
        (("show", "nothing"), "nothing"),
        (("sessions", "no-such-folder"), "is not a folder"),
    ],
)
def test_wrong_use_is_one_sentence_and_code_two(
    ann: Person, words: tuple[str, ...], said: str
) -> None:
    done = itc(*words, at=ann.root)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_an_interrupt_stops_in_good_order_and_the_session_goes_on(ann: Person) -> None:
    command = [sys.executable, "-m", "itc_tui", "-y", "cart", "--json", "--budget", "60"]
    with subprocess.Popen(
        command, cwd=ann.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        for line in running.stdout:
            if json.loads(line)["event"] == "phase_started" and '"design"' in line:
                running.send_signal(signal.SIGINT)
                break
        running.stdout.read()
        assert running.wait() == 130
    state = json.loads((session_folder(ann) / "state.json").read_text())
    assert state["phase"] == "explored"
    done = itc("-y", "-c", *QUICK, at=ann.root)
    assert done.returncode == 0, done.stdout + done.stderr


def test_under_nohup_it_outlives_its_terminal(ann: Person) -> None:
    words = [sys.executable, "-m", "itc_tui", "-y", "cart", "--json", *QUICK]
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # what nohup does
    try:
        running = subprocess.Popen(words, cwd=ann.root, stdout=subprocess.PIPE, text=True)
    finally:
        signal.signal(signal.SIGHUP, before)
    with running:
        assert running.stdout is not None
        steps = []
        for line in running.stdout:
            if '"phase_started"' in line and '"design"' in line:
                running.send_signal(signal.SIGHUP)
            if '"step_persisted"' in line:
                steps.append(json.loads(line)["step"])
            if "planned" in steps:
                running.kill()
                break
    assert "planned" in steps


def test_sessions_and_show_read_without_disturbing(ann: Person, finished: Finished) -> None:
    assert "No session yet" in itc("sessions", at=ann.root).stdout
    ann = finished.person
    listed = itc("sessions", at=ann.root).stdout
    assert "completed" in listed
    assert "100%" in listed
    assert "## Conclusions" in itc("show", "购物车", at=ann.root).stdout
    assert "[5/6] iterate" in itc("show", "购物车", "--events", at=ann.root).stdout


def test_the_version_and_the_completion_are_there(ann: Person) -> None:
    assert itc("--version", at=ann.root).stdout.startswith("itc, version ")
    for shell in ("bash", "zsh", "fish"):
        assert "_ITC_COMPLETE" in itc("completion", shell, at=ann.root).stdout


def test_settings_and_keys_are_shown_with_where_they_come_from(ann: Person) -> None:
    text = "repeats = 4\nrepeat = 5\n[keys]\napp.help = 'f9'\n"
    own = ann.write("config/itc-tui/settings.toml", text)
    ann.write("pyproject.toml", "[tool.itc]\nmax_iterations = 3\n")
    where = {"XDG_CONFIG_HOME": str(own.parents[1]), "ITC_MAX_TESTS": "7"}
    told = itc("settings", at=ann.root, **where)
    assert told.returncode == 0, told.stderr
    lines = [" ".join(line.split()) for line in told.stdout.splitlines()]
    assert f"Your file: {own}" in lines
    assert "“repeat” in" in told.stdout
    assert "is repeats meant?" in told.stdout
    assert {
        f"repeats 4 {own}",
        "max_iterations 3 [tool.itc] in pyproject.toml",
        "max_tests 7 the environment",
        "budget_s 0 defaults",
        f"keys.app.help f9 {own}",
    } <= set(lines)
    keys = itc("keys", at=ann.root, **where).stdout
    assert "app.help* f9 " in " ".join(keys.split())
    assert str(own) in itc("doctor", at=ann.root, **where).stdout


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[keys]\nworkbench.stepp = 'x'\n", "workbench.stepp"),
        ("[keys]\nworkbench.step = 'hyperspace'\n", "hyperspace"),
        ("[keys]\nworkbench.step = 'q'\n", "app.quit"),
    ],
)
def test_a_key_that_cannot_be_is_one_sentence(ann: Person, text: str, named: str) -> None:
    own = ann.write("config/itc-tui/settings.toml", text)
    done = itc("keys", at=ann.root, XDG_CONFIG_HOME=str(own.parents[1]))
    assert done.returncode == 2
    assert done.stderr.startswith("itc: ")
    assert named in done.stderr
    assert done.stderr.count("\n") == 1
