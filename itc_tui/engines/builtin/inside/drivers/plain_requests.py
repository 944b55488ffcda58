"""Requests to an application without any framework; their text is written into test files."""

from __future__ import annotations

import asyncio
import io
import json
from types import SimpleNamespace
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults


def wsgi_request(app, method, path, body=None):  # type: ignore[no-untyped-def]
    """Ask a WSGI application; `body` goes as JSON."""
    raw = b"" if body is None else json.dumps(body).encode()
    url = urlsplit(path)
    environ = {"REQUEST_METHOD": method, "PATH_INFO": url.path, "QUERY_STRING": url.query}
    environ |= {"CONTENT_TYPE": "application/json"} if raw else {}
    environ |= {"CONTENT_LENGTH": str(len(raw)), "wsgi.input": io.BytesIO(raw)}
    setup_testing_defaults(environ)
    started = []
    parts = app(environ, lambda *answer: started.append(answer))
    answer = SimpleNamespace(text=b"".join(parts).decode())
    getattr(parts, "close", lambda: None)()
    status, headers = started[-1][:2]
    answer.status_code, answer.headers = int(status.split()[0]), dict(headers)
    answer.json = lambda: json.loads(answer.text)
    return answer


def asgi_request(app, method, path, body=None):  # type: ignore[no-untyped-def]
    """Ask an ASGI application; `body` goes as JSON."""
    raw = b"" if body is None else json.dumps(body).encode()
    url = urlsplit(path)
    scope: dict[str, object] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "http",
    }
    scope |= {"method": method, "path": url.path, "raw_path": url.path.encode(), "root_path": ""}
    scope |= {"query_string": url.query.encode(), "server": ("testserver", 80), "client": None}
    scope["headers"] = [(b"host", b"testserver"), (b"content-type", b"application/json")]
    incoming = [{"type": "http.request", "body": raw, "more_body": False}]
    sent = []

    async def receive():  # type: ignore[no-untyped-def]
        return incoming.pop(0) if incoming else {"type": "http.disconnect"}

    async def send(message):  # type: ignore[no-untyped-def]
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    answer = SimpleNamespace(text=b"".join(one.get("body", b"") for one in sent).decode())
    answer.status_code = sent[0]["status"]
    answer.headers = {name.decode(): value.decode() for name, value in sent[0].get("headers", ())}
    answer.json = lambda: json.loads(answer.text)
    return answer
