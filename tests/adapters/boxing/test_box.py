"""Each wall of the box is tried by a script that attacks it."""

from __future__ import annotations

import datetime
import json
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from itc_tui.adapters.boxing.box import ScratchBox
from itc_tui.adapters.boxing.survivors import MARKER
from itc_tui.domain.target import Target
from itc_tui.domain.trouble import Stopped
from itc_tui.ports import BoxOrder, BoxReport, StopSwitch
from tests.draining import drained


class Yard:
    """A small repository of somebody's, and a box for it."""

    def __init__(self, folder: Path, *, kernel: bool) -> None:
        self.person = folder / "person"
        (self.person / "src" / "shop").mkdir(parents=True)
        (self.person / "src" / "shop" / "__init__.py").write_text("PRICE = 2\n", encoding="utf-8")
        (self.person / "notes.txt").write_text("mine", encoding="utf-8")
        (self.person / ".git").mkdir()
        (self.person / ".git" / "HEAD").write_text("ref", encoding="utf-8")
        self.folder = folder
        self.stop = StopSwitch()
        self.target = Target(
            root=str(self.person),
            python=sys.executable,
            source_roots=("src",),
            packages=("shop",),
        )
        self.box = ScratchBox(self.target, self.stop, allow_kernel_walls=kernel, parent=folder)
        self.messages: list[dict[str, Any]] = []

    def script(self, text: str) -> str:
        path = self.folder / "attack.py"
        path.write_text("import itc_box, os, sys\n" + text, encoding="utf-8")
        return str(path)

    def run(self, text: str, **order: Any) -> BoxReport:
        steps = self.box.run(BoxOrder(script=self.script(text), **order))
        report, self.messages = drained(steps)
        return report

    def refusal_of(self, attack: str) -> str:
        """What the code was told when it tried; empty when it got through."""
        body = "".join(f"    {line}\n" for line in attack.splitlines())
        self.run(
            f"try:\n{body}    itc_box.send({{'refusal': ''}})\n"
            "except OSError as error:\n    itc_box.send({'refusal': str(error) or 'no'})\n"
        )
        return str(self.messages[0]["refusal"])


@pytest.fixture(params=[True, False], ids=["kernel", "guard"])
def yard(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Yard]:
    made = Yard(tmp_path, kernel=request.param)
    yield made
    made.box.close()


@pytest.fixture
def strong(tmp_path: Path) -> Iterator[Yard]:
    made = Yard(tmp_path, kernel=True)
    yield made
    made.box.close()


def marked_processes() -> list[str]:
    found = []
    for process in psutil.process_iter():
        try:
            environment = process.environ()
        except (psutil.Error, OSError):
            continue
        if MARKER in environment and "survivor" in " ".join(process.cmdline()):
            found.append(environment[MARKER])
    return found


def test_what_the_script_sends_arrives_and_its_payload_reaches_it(yard: Yard) -> None:
    report = yard.run("itc_box.send({'twice': itc_box.payload['n'] * 2})", payload={"n": 4})
    assert report.is_clean
    assert yard.messages == [{"twice": 8}]


def test_every_report_says_which_walls_are_in_force(tmp_path: Path) -> None:
    weak = Yard(tmp_path, kernel=False)
    report = weak.run("pass")
    weak.box.close()
    assert (report.walls.network, report.walls.writes) == ("guard", "guard")


def test_messages_arrive_while_the_script_still_runs(strong: Yard) -> None:
    steps = strong.box.run(
        BoxOrder(script=strong.script("itc_box.send({'n': 1})\nimport time\ntime.sleep(60)"))
    )
    assert next(steps) == {"n": 1}
    steps.close()


def test_home_is_a_place_of_its_own(yard: Yard) -> None:
    yard.run(
        "from pathlib import Path\n"
        "(Path.home() / 'x').write_text('y')\n"
        "itc_box.send({'home': str(Path.home())})"
    )
    home = Path(yard.messages[0]["home"])
    assert home != Path.home()
    assert not (Path.home() / "x").exists()


@pytest.mark.parametrize("place", ["person/notes.txt", "person/new.txt", "elsewhere.txt"])
def test_writing_outside_the_scratch_copy_is_refused(yard: Yard, place: str) -> None:
    path = yard.folder / place
    before = path.read_text(encoding="utf-8") if path.exists() else None
    assert yard.refusal_of(f"open({str(path)!r}, 'w').write('evil')")
    assert (path.read_text(encoding="utf-8") if path.exists() else None) == before


@pytest.mark.parametrize(
    "attack",
    [
        "os.remove({file!r})",
        "os.rename({file!r}, {file!r} + '2')",
        "os.symlink('/', {file!r} + '.link')",
        "os.mkdir({file!r} + '.d')",
        "os.truncate({file!r}, 0)",
        "os.rename('notes.txt', {file!r})",
        "os.link({file!r}, {file!r} + '.hard')",
        "os.open({file!r}, os.O_WRONLY | os.O_APPEND)",
        "import shutil; shutil.rmtree(os.path.dirname({file!r}))",
        "os.symlink({file!r}, 'way-out'); open('way-out', 'w')",
    ],
)
def test_other_ways_of_changing_the_person_s_files_are_refused(yard: Yard, attack: str) -> None:
    file = yard.person / "notes.txt"
    assert yard.refusal_of(attack.format(file=str(file)))
    assert file.read_text(encoding="utf-8") == "mine"
    assert {path.name for path in yard.person.iterdir()} == {"src", "notes.txt", ".git"}


def test_a_database_outside_cannot_be_made(yard: Yard) -> None:
    path = yard.folder / "evil.db"
    yard.run(
        "import sqlite3\n"
        "try:\n"
        f"    sqlite3.connect({str(path)!r}).execute('create table t (x)')\n"
        "except (OSError, sqlite3.Error) as error:\n"
        "    itc_box.send({'refused': str(error)})\n"
    )
    assert yard.messages
    assert not path.exists()


def test_another_program_cannot_write_outside_either(yard: Yard) -> None:
    path = yard.folder / "evil.txt"
    yard.run(
        "import subprocess\n"
        f"subprocess.run(['sh', '-c', 'echo evil > ' + {str(path)!r}], check=False)\n"
    )
    assert not path.exists()


def test_a_child_interpreter_is_held_by_the_same_walls(yard: Yard) -> None:
    path = yard.folder / "evil.txt"
    report = yard.run(
        "import subprocess\n"
        "done = subprocess.run([sys.executable, '-c',"
        f" 'import shop; print(shop.__file__); open(' + repr({str(path)!r}) + ', \"w\")'],"
        " capture_output=True, text=True)\n"
        "itc_box.send({'out': done.stdout, 'err': done.stderr})"
    )
    assert report.is_clean
    assert yard.messages[0]["out"].startswith(yard.box.tree)
    assert "PermissionError" in yard.messages[0]["err"]
    assert not path.exists()


def test_connecting_out_is_refused_and_loopback_works(yard: Yard) -> None:
    assert yard.refusal_of("import socket\nsocket.create_connection(('192.0.2.1', 80), 5)")
    assert not yard.refusal_of(
        "import socket\n"
        "server = socket.create_server(('127.0.0.1', 0))\n"
        "socket.create_connection(server.getsockname(), 5)"
    )


def test_the_loopback_of_the_machine_is_out_of_reach_behind_kernel_walls(strong: Yard) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        if strong.run("pass").walls.network != "namespace":
            pytest.skip("this kernel gives us no network namespace")
        assert strong.refusal_of(
            f"import socket\nsocket.create_connection(('127.0.0.1', {server.getsockname()[1]}), 5)"
        )


def test_secrets_of_the_environment_do_not_get_in(
    yard: Yard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "s3cret")
    monkeypatch.setenv("SOME_SETTING", "s3cret")
    yard.run(
        "seen = dict(os.environ)\n"
        "try:\n"
        "    with open(f'/proc/{os.getppid()}/environ') as file: seen['parent'] = file.read()\n"
        "except OSError: pass\n"
        "itc_box.send(seen)",
        environment=(("APP_MODE", "quick"), ("API_KEY", "s3cret")),
    )
    assert "s3cret" not in json.dumps(yard.messages)
    assert yard.messages[0]["APP_MODE"] == "quick"


def test_a_prompt_gets_an_end_of_file(yard: Yard) -> None:
    report = yard.run("input('name? ')")
    assert report.exit_code == 1
    assert "EOFError" in report.output


def test_given_input_is_read(yard: Yard) -> None:
    yard.run("itc_box.send({'name': input()})", stdin="ada\n")
    assert yard.messages == [{"name": "ada"}]


def test_endless_work_is_ended_by_time(yard: Yard) -> None:
    report = yard.run("while True: pass", limit_s=0.5)
    assert (report.ended_by, report.exit_code) == ("time", None)
    assert report.duration_s < 3


def test_endless_printing_is_bounded_and_ended(yard: Yard) -> None:
    report = yard.run("while True: print('flood ' * 100)", output_limit=2_000_000)
    assert report.ended_by == "output"
    assert len(report.output) < 600_000
    assert "left out" in report.output


def test_filling_memory_is_ended(yard: Yard) -> None:
    report = yard.run(
        "held = []\nwhile True: held.append(bytearray(8 << 20))", memory_mb=200, limit_s=20
    )
    assert report.ended_by == "memory"


def test_memory_is_counted_over_all_processes(strong: Yard) -> None:
    report = strong.run(
        "import time\nfor _ in range(4): os.fork()\nheld = b'x' * (30 << 20)\ntime.sleep(30)",
        memory_mb=200,
        limit_s=20,
    )
    assert report.ended_by == "memory"


DAEMON = """
import subprocess, time
argv = [sys.executable, '-c', 'import time; time.sleep(300) # survivor']
{start}
itc_box.send({{'started': True}})
"""
DOUBLE_FORK = """
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execv(sys.executable, argv)
    os._exit(0)
os.wait()
"""


@pytest.mark.parametrize(
    "start",
    ["subprocess.Popen(argv, start_new_session=True)", DOUBLE_FORK],
    ids=["new session", "double fork"],
)
def test_a_daemon_does_not_survive(yard: Yard, start: str) -> None:
    report = yard.run(DAEMON.format(start=start))
    assert yard.messages == [{"started": True}]
    assert report.survivors_killed >= 1
    assert marked_processes() == []


def test_a_daemon_that_hides_its_mark_does_not_survive(strong: Yard) -> None:
    report = strong.run(
        "argv = [sys.executable, '-c', 'import time; time.sleep(300) # hidden-survivor']\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    if os.fork() == 0: os.execve(sys.executable, argv, {})\n"
        "    os._exit(0)\n"
        "os.wait()"
    )
    assert report.survivors_killed >= 1
    commands = [
        " ".join(process.info["cmdline"] or []) for process in psutil.process_iter(["cmdline"])
    ]
    assert not any("hidden-survivor" in command for command in commands)


def test_a_fork_bomb_is_ended(strong: Yard) -> None:
    report = strong.run(
        "import time\n"
        "for _ in range(200):\n"
        "    if os.fork() == 0: time.sleep(60); os._exit(0)\n"
        "time.sleep(60)",
        limit_s=20,
    )
    assert report.ended_by == "processes"


def test_stop_ends_everything_in_under_a_second(strong: Yard) -> None:
    steps = strong.box.run(
        BoxOrder(script=strong.script("itc_box.send({'pid': os.getpid()})\nwhile True: pass"))
    )
    pid = next(steps)["pid"]
    pulled = threading.Timer(0.05, strong.stop.pull)
    pulled.start()
    started = time.monotonic()
    with pytest.raises(Stopped):
        next(steps)
    assert time.monotonic() - started < 1
    assert not psutil.pid_exists(pid)


def test_leaving_the_generator_ends_everything(strong: Yard) -> None:
    steps = strong.box.run(
        BoxOrder(script=strong.script("itc_box.send({'pid': os.getpid()})\nwhile True: pass"))
    )
    pid = next(steps)["pid"]
    steps.close()
    assert not psutil.pid_exists(pid)


def test_imports_come_from_the_scratch_copy_in_spite_of_an_editable_install(yard: Yard) -> None:
    editable = str(yard.person / "src")
    report = yard.run(
        f"sys.path.append({editable!r})\nimport shop\nitc_box.send({{'file': shop.__file__}})"
    )
    assert yard.messages[0]["file"].startswith(yard.box.tree)
    assert report.strays == ()


def test_a_module_that_still_came_from_the_person_s_tree_is_told(yard: Yard) -> None:
    (yard.person / "src" / "stray.py").write_text("", encoding="utf-8")
    yard.run("pass")
    editable = str(yard.person / "src")
    report = yard.run(f"sys.path.insert(0, {editable!r})\nsys.meta_path.pop(0)\nimport stray\n")
    assert report.strays == ("stray",)


def test_the_copy_has_no_history_and_is_the_same_again_after_each_order(yard: Yard) -> None:
    yard.run(
        "import shutil\n"
        "open('made.txt', 'w').close()\n"
        "open('notes.txt', 'w').write('spoilt')\n"
        "shutil.rmtree('src')\n"
    )
    tree = Path(yard.box.tree)
    files = {path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file()}
    assert files == {"notes.txt", "src/shop/__init__.py"}
    assert (tree / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_an_overlay_holds_for_one_order(yard: Yard) -> None:
    show = "import shop\nitc_box.send({'price': shop.PRICE})"
    yard.run(show, overlays={"src/shop/__init__.py": "PRICE = 3\n"})
    assert yard.messages == [{"price": 3}]
    yard.run(show)
    assert yard.messages == [{"price": 2}]


def test_an_overlay_cannot_leave_the_copy(yard: Yard) -> None:
    with pytest.raises(ValueError, match="outside"):
        yard.run("pass", overlays={"../evil.py": ""})


def test_a_refresh_takes_up_what_the_person_changed(yard: Yard) -> None:
    show = "import shop\nitc_box.send({'price': shop.PRICE})"
    yard.run(show)
    (yard.person / "src" / "shop" / "__init__.py").write_text("PRICE = 40\n", encoding="utf-8")
    yard.run(show)
    assert yard.messages == [{"price": 2}]
    yard.run(show, refresh=True)
    assert yard.messages == [{"price": 40}]


def test_links_into_the_tree_stay_inside_the_copy(yard: Yard) -> None:
    (yard.person / "again").symlink_to(yard.person / "src")
    assert not yard.refusal_of("open('again/new.txt', 'w').close()")
    assert not (yard.person / "src" / "new.txt").exists()


def test_a_signal_to_a_process_outside_is_refused_behind_kernel_walls(strong: Yard) -> None:
    if strong.run("pass").walls.writes != "landlock":
        pytest.skip("this kernel has no Landlock")
    assert strong.refusal_of(f"os.kill({os.getpid()}, 0)")


def test_a_closed_box_leaves_no_folder(tmp_path: Path) -> None:
    with Yard(tmp_path, kernel=True).box as box:
        tree = Path(box.tree)
        assert tree.parent.exists()
    assert not tree.parent.exists()


def test_the_clock_in_the_box_can_be_set_ahead_for_every_way_to_ask_it(strong: Yard) -> None:
    ahead_s = 400 * 86400
    asked = (
        "import datetime, time\n"
        "seen = [time.time(), time.time_ns() / 1e9, time.mktime(time.localtime()),\n"
        "        time.mktime(time.strptime(time.ctime())), datetime.datetime.now().timestamp(),\n"
        "        datetime.datetime.now(datetime.timezone.utc).timestamp(),\n"
        "        datetime.datetime.today().timestamp()]\n"
        "kept = type(datetime.datetime.now()) is datetime.datetime\n"
        "itc_box.send({'seen': seen, 'kept': kept, 'day': datetime.date.today().toordinal()})"
    )
    strong.run(asked, clock_ahead_s=ahead_s)
    told = strong.messages[0]
    now = time.time()
    assert all(abs(moment - ahead_s - now) < 30 for moment in told["seen"]), told["seen"]
    assert told["kept"]
    assert abs(told["day"] - 400 - datetime.datetime.now(datetime.UTC).toordinal()) <= 1


def test_the_clock_in_the_box_is_right_unless_told_otherwise(strong: Yard) -> None:
    strong.run("import time\nitc_box.send({'now': time.time()})")
    assert abs(strong.messages[0]["now"] - time.time()) < 30
