"""A real HTTP server on this machine, for code that is told the address of its service."""

from __future__ import annotations

from itc_tui.engines.builtin.stand_ins.answers import sample_answers
from itc_tui.engines.builtin.stand_ins.stand_in import Environment, Outside, StandIn

_SOURCE = '''\
@pytest.fixture
def http_server():
    """An HTTP server on this machine, and what was asked of it."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def reply(self):
            size = int(self.headers.get("Content-Length") or 0)
            self.server.asked.append(
                (self.command, self.path, self.rfile.read(size).decode())
            )
            body = json.dumps(self.server.answer).encode()
            self.send_response(self.server.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = reply

        def log_message(self, *args):
            """It has nothing to say."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.status, server.answer, server.asked = 200, {}, []
        server.url = "http://127.0.0.1:%d" % server.server_port
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()'''
_LIBRARIES = {
    "requests": "responses or requests-mock",
    "httpx": "respx",
    "urllib.request": "",
    "http.client": "",
    "urllib3": "",
    "aiohttp": "aioresponses",
}
_PARAMETERS = (
    "url",
    "base_url",
    "api_url",
    "endpoint",
    "service_url",
    "base",
    "root_url",
    "server",
)


def http_server(outside: Outside, _environment: Environment) -> StandIn | None:
    if outside.name not in _LIBRARIES:
        return None
    better = _LIBRARIES[outside.name]
    return StandIn(
        name="http_server",
        source=_SOURCE,
        imports=("import http.server", "import json", "import pytest", "import threading"),
        sites=(),
        outside=outside.name,
        reason="A real HTTP server on this machine answers code that is told its address.",
        better=f"With {better} installed, fixed addresses could be answered for too."
        if better
        else "",
        openings=tuple(
            (f"http_server.answer = {body}",) for body in sample_answers(outside.sources)
        ),
        shows=("http_server.asked",),
        offers_by_name=tuple((name, "http_server.url") for name in _PARAMETERS),
    )
