"""The seatbelt of a trial: this machine's own servers may be reached, and nothing beyond."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TRIAL = """
import socket, threading, urllib.request, http.server
from itc_tui.engines.builtin.inside.seatbelt import OutOfBounds, Seatbelt

belt = Seatbelt()
belt.install({folder!r})
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler)
threading.Thread(target=server.serve_forever, daemon=True).start()
port = server.server_address[1]
belt.is_fastened = True
try:
    {deed}
    print("done")
except OutOfBounds as refusal:
    print("refused:", refusal)
"""


def tried(deed: str, folder: Path) -> str:
    """In a process of its own: an audit hook cannot be taken off again."""
    done = subprocess.run(
        [sys.executable, "-c", TRIAL.format(folder=str(folder), deed=deed)],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
        env={"PYTHONPATH": str(Path(__file__).parents[4])},
    )
    return done.stdout.strip()


@pytest.mark.parametrize(
    "deed",
    [
        "urllib.request.urlopen(f'http://127.0.0.1:{{port}}/').read()",
        "urllib.request.urlopen(f'http://localhost:{{port}}/').read()",
        "socket.getaddrinfo('localhost', port)",
        "socket.create_connection(('127.0.0.1', port)).close()",
    ],
)
def test_a_server_on_this_machine_may_be_asked(deed: str, tmp_path: Path) -> None:
    assert tried(deed.replace("{{", "{").replace("}}", "}"), tmp_path) == "done"


@pytest.mark.parametrize(
    "deed",
    [
        "urllib.request.Request('http://example.invalid/'); urllib.request.urlopen('http://example.invalid/')",
        "socket.getaddrinfo('example.invalid', 80)",
        "socket.gethostbyname('example.invalid')",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 9))",
        "open('/etc/itc-was-here', 'w')",
    ],
)
def test_what_lies_beyond_is_refused(deed: str, tmp_path: Path) -> None:
    assert tried(deed, tmp_path).startswith("refused:")


READING = """
import os
from itc_tui.engines.builtin.inside.seatbelt import Seatbelt

belt = Seatbelt()
belt.install({folder!r})
belt.is_fastened = True
try:
    {deed}
except (OSError, ValueError):
    pass
print(belt.was_tight)
"""


@pytest.mark.parametrize(
    ("deed", "is_elsewhere"),
    [
        ("os.listdir('/')", True),
        ("list(os.scandir('/etc'))", True),
        ("open('/etc/hosts').read()", True),
        ("os.listdir('.')", False),
        ("open('missing.txt')", False),
        ("open(os.__file__).read()", False),
        ("import wave", False),
        ("import zoneinfo; zoneinfo.ZoneInfo('Europe/Berlin')", False),
    ],
)
def test_what_lies_elsewhere_on_this_machine_is_no_ground_for_an_expectation(
    deed: str, is_elsewhere: bool, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", READING.format(folder=str(tmp_path), deed=deed)],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path(__file__).parents[4])},
    )
    assert done.stdout.strip() == str(is_elsewhere)


def test_a_number_may_not_stand_for_a_file_that_was_open_before(tmp_path: Path) -> None:
    """Who asks for a path may be handed one, and would close what others talk through."""
    kept = "belt.keep_what_is_open(); import os, tempfile; "
    assert tried(kept + "open(server.socket.fileno())", tmp_path).startswith("refused")
    own = "number, _ = tempfile.mkstemp(dir='.'); os.fdopen(number).close()"
    assert tried(kept + own, tmp_path) == "done"
