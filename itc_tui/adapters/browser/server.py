"""Serves the application to browsers of this machine: on loopback, and to whoever has the key.

What drives the application can run code, so the port alone must not be enough: any page that is
open in the same browser can reach it. The address carries a key, the key becomes a cookie, and
a page from anywhere else is refused.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
import shlex
import signal
import socket
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path

import psutil
from aiohttp import web
from textual_serve.server import Server

from itc_tui.domain.trouble import Trouble

HOST = "127.0.0.1"
COOKIE = "itc_key"
GRACE_S = 5.0
"""What has not ended by then after being asked is killed."""

REFUSAL = "Open the address that `itc serve` printed, with its key.\n"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def serve(command: Sequence[str], port: int, tell: Callable[[str], None]) -> None:
    """Until it is told to end; each page that is opened starts that command, and ends it."""
    listening = _listening(port)
    browser = BrowserServer(command, listening.getsockname()[1])
    asyncio.run(browser.run(listening, lambda: tell(browser.address)))


def _listening(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except OSError as problem:
        raise Trouble(
            f"Port {port} cannot be used ({problem.strerror}); "
            "name another one with --port, or 0 for any that is free."
        ) from problem


class BrowserServer(Server):
    def __init__(self, command: Sequence[str], port: int) -> None:
        # The words reach a shell, quoted one by one; `exec` leaves no shell behind to be ended.
        super().__init__(
            f"exec {shlex.join(command)}",
            host=HOST,
            port=port,
            title="itc",
            public_url=f"http://{HOST}:{port}",
            templates_path=Path(__file__).parent / "page",
        )
        self._key = secrets.token_urlsafe(24)
        self._open: set[asyncio.Task[object]] = set()

    @property
    def address(self) -> str:
        return f"{self.public_url}/?key={self._key}"

    async def run(self, listening: socket.socket, tell: Callable[[], None]) -> None:
        app = await self._make_app()
        app.middlewares.append(self._guard)
        runner = web.AppRunner(app, handle_signals=False, shutdown_timeout=GRACE_S)
        await runner.setup()
        await web.SockSite(runner, listening).start()
        is_over = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, is_over.set)
        tell()
        try:
            await is_over.wait()
        finally:
            await self._end_all()
            await runner.cleanup()

    async def on_startup(self, app: web.Application) -> None:
        """Nothing: whoever began this prints the address."""

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        task = asyncio.current_task()
        assert task is not None, "a request is handled in a task"
        self._open.add(task)
        try:
            return await super().handle_websocket(request)
        finally:
            self._open.discard(task)

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        is_ours = request.host == f"{HOST}:{self.port}"
        origin = request.headers.get("Origin")
        if not is_ours or origin not in (None, self.public_url):
            return web.Response(status=403, text=REFUSAL)
        given = request.query.get("key") or request.cookies.get(COOKIE, "")
        if not hmac.compare_digest(given.encode(), self._key.encode()):
            return web.Response(status=403, text=REFUSAL)
        response = await handler(request)
        if "key" in request.query and not response.prepared:
            response.set_cookie(COOKIE, self._key, httponly=True, samesite="Strict")
        return response

    async def _end_all(self) -> None:
        """Each application ends as by `q`, with all it started; then nobody waits any longer."""
        ours = psutil.Process().children(recursive=True)
        for task in self._open:
            task.cancel()
        if self._open:
            await asyncio.wait(self._open, timeout=GRACE_S)
        for process in ours:
            with suppress(psutil.NoSuchProcess):
                process.kill()
