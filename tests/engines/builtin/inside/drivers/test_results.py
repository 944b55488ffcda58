"""What commands print and applications answer is seen, and asserted by a few telling attributes."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from typing import Any

import click
import pytest
from click.testing import CliRunner

from itc_tui.engines.builtin.inside.drivers.plain_requests import asgi_request, wsgi_request
from itc_tui.engines.builtin.inside.faces import crash_of, face_of, is_breakdown, is_tool, mark_of
from itc_tui.engines.builtin.inside.programs import Caught, Program, Step, run
from itc_tui.engines.builtin.inside.pytest_doubles import CaptureResult, Monkeypatch


@click.command()
@click.option("--count", type=int, required=True)
def brew(count: int) -> None:
    if count > 3:
        raise ValueError("too strong")
    click.echo(f"{count} cups")


def test_a_command_shows_its_exit_code_and_what_it_printed() -> None:
    result = CliRunner().invoke(brew, ["--count", "2"])
    assert face_of("result", result) == [
        ("result.exit_code", 0),
        ("result.output", "2 cups\n"),
    ]
    assert crash_of(result) is None


def test_of_wrong_use_the_complaint_counts_and_not_the_usage() -> None:
    face = face_of("result", CliRunner().invoke(brew, []))
    assert face is not None
    assert face[0] == ("result.exit_code", 2)
    question, is_there = face[1]
    assert question == "\"Error: Missing option '--count'.\" in result.output"
    assert is_there is True


def test_what_went_off_inside_a_command_is_told() -> None:
    result = CliRunner().invoke(brew, ["--count", "9"])
    assert isinstance(crash_of(result), ValueError)
    assert face_of("it", result) == [
        ("it.exit_code", 1),
        ("repr(it.exception)", "ValueError('too strong')"),
    ]


def test_the_programs_own_name_before_a_complaint_is_left_out() -> None:
    printed = CaptureResult("", "usage: pytest [-h]\npytest: error: argument --size: no\n")
    assert face_of("printed", printed) == [("'argument --size: no' in printed.err", True)]


def test_nothing_is_asserted_about_a_runner() -> None:
    assert is_tool(CliRunner())
    assert not is_tool(CliRunner().invoke(brew, []))
    assert face_of("x", {"status": 200}) is None
    assert mark_of(3) is None


def wsgi(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    size = int(environ.get("CONTENT_LENGTH") or 0)
    heard = environ["wsgi.input"].read(size).decode()
    status = "500 Oh" if environ["PATH_INFO"] == "/broken" else "200 OK"
    start_response(status, [("Content-Type", "application/json")])
    told = [environ["REQUEST_METHOD"], environ["PATH_INFO"], environ["QUERY_STRING"], heard]
    return [json.dumps(told).encode()]


async def asgi(scope: Any, receive: Any, send: Any) -> None:
    heard = (await receive())["body"].decode()
    told = [scope["method"], scope["path"], scope["query_string"].decode(), heard]
    kind = (b"content-type", b"application/json")
    status = 500 if scope["path"] == "/broken" else 200
    await send({"type": "http.response.start", "status": status, "headers": [kind]})
    await send({"type": "http.response.body", "body": json.dumps(told).encode()})


@pytest.mark.parametrize(("ask", "app"), [(wsgi_request, wsgi), (asgi_request, asgi)])
def test_an_application_is_asked_without_any_framework(ask: Any, app: Any) -> None:
    answer = ask(app, "POST", "/orders?page=2", {"item": "tea"})
    told = ["POST", "/orders", "page=2", '{"item": "tea"}']
    assert answer.json() == told
    assert face_of("it", answer) == [("it.status_code", 200), ("it.json()", told)]
    assert not is_breakdown(answer)
    assert is_breakdown(ask(app, "GET", "/broken"))


def test_what_a_program_patches_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITC_TEA", "hot")
    before = list(sys.argv)
    patching = Monkeypatch()
    patching.setattr(sys, "argv", ["tea"])
    patching.setattr("os.sep", "|")
    patching.setenv("ITC_TEA", "cold")
    patching.delenv("ITC_MILK", raising=False)
    assert (sys.argv, os.sep, os.environ["ITC_TEA"]) == (["tea"], "|", "cold")
    patching.undo()
    assert (sys.argv, os.sep, os.environ["ITC_TEA"]) == (before, "/", "hot")


def test_a_program_reads_what_was_printed_so_far() -> None:
    program = Program(
        ("import sys",),
        (
            Step("", "print('tea')"),
            Step("first", "capsys.readouterr()"),
            Step("code", "sys.exit(3)", "raises"),
            Step("", "print('milk')"),
        ),
    )
    outcome = run(program, {})
    assert outcome.failure is None
    assert outcome.values[1] == ("tea\n", "")
    assert isinstance(outcome.values[2], Caught)
    assert outcome.out == "milk\n"


def test_a_function_of_ours_is_there_for_the_program_that_names_it() -> None:
    program = Program((), (Step("answer", "wsgi_request(app, 'GET', '/')"),), ("wsgi_request",))
    outcome = run(program, {"app": wsgi})
    assert outcome.failure is None
    assert outcome.values[0].status_code == 200
