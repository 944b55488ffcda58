"""Answers to what `requests` and `httpx` send, by the library for it that is installed."""

from __future__ import annotations

from itc_tui.engines.builtin.stand_ins.answers import sample_answers
from itc_tui.engines.builtin.stand_ins.stand_in import Environment, Outside, StandIn

NAME = "http_answers"
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")

_RESPONSES = '''\
@pytest.fixture
def http_answers():
    """What services answer to `requests`; nothing leaves this process."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as answers:
        yield answers'''
_REQUESTS_MOCK = '''\
@pytest.fixture
def http_answers():
    """What services answer to `requests`; nothing leaves this process."""
    with requests_mock.Mocker() as answers:
        yield answers'''
_RESPX = '''\
@pytest.fixture
def http_answers():
    """What services answer to `httpx`; nothing leaves this process."""
    with respx.mock(assert_all_called=False) as answers:
        yield answers'''


def http_clients(outside: Outside, environment: Environment) -> StandIn | None:
    if outside.name == "requests" and environment.has("responses"):
        return _made(
            outside,
            "responses",
            _RESPONSES,
            'http_answers.add({method!r}, re.compile("http"), json={body}, status={status})',
            ("import re",),
            "[(call.request.method, call.request.url) for call in http_answers.calls]",
        )
    if outside.name == "requests" and environment.has("requests-mock"):
        return _made(
            outside,
            "requests-mock",
            _REQUESTS_MOCK,
            "http_answers.register_uri({method!r}, requests_mock.ANY, json={body},"
            " status_code={status})",
            ("import requests_mock",),
            "[(sent.method, sent.url) for sent in http_answers.request_history]",
        )
    if outside.name == "httpx" and environment.has("respx"):
        return _made(
            outside,
            "respx",
            _RESPX,
            "http_answers.route(method={method!r}).respond({status}, json={body})",
            ("import respx",),
            "[(call.request.method, str(call.request.url)) for call in http_answers.calls]",
        )
    return None


def _made(
    outside: Outside,
    library: str,
    source: str,
    opening: str,
    imports: tuple[str, ...],
    shows: str,
) -> StandIn:
    own = f"import {library.replace('-', '_')}"
    methods = _methods(outside)
    openings = [
        tuple(opening.format(method=one, body=body, status=status) for one in methods)
        for status, bodies in ((200, sample_answers(outside.sources)), (404, ["{}"]))
        for body in bodies
    ]
    return StandIn(
        name=NAME,
        source=source,
        imports=tuple(dict.fromkeys(("import pytest", own))),
        sites=outside.lines,
        outside=outside.name,
        reason=f"Services are answered for by {library}, which checks what the code really sends.",
        openings=tuple(openings),
        opening_imports=tuple(line for line in imports),
        shows=(shows,),
    )


def _methods(outside: Outside) -> list[str]:
    words = {site.callee.rpartition(".")[2].upper() for site in outside.sites}
    found = [method for method in _METHODS if method in words]
    return found or ["GET", "POST"]
