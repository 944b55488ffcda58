"""The application in a browser: the same screens, on this machine only, and nothing is left."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import psutil
import pytest

from tests.journeys.journey import CART, STORE

PATIENCE_S = 30
MORE_THAN_EMPTY = 20_000
"""Letters of a picture; an empty one takes a quarter of that."""
PAINTED = """new Promise(done => {
  const look = () => document.body?.classList.contains("-first-byte")
    ? done(true) : requestAnimationFrame(look);
  look();
})"""
ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b.")


class Served:
    """`itc serve` as a process, and the address it told."""

    def __init__(self, home: Path, *words: str) -> None:
        """`home`: what is chosen on the screen is remembered there, not on this machine."""
        homes = {"XDG_STATE_HOME": str(home / "s"), "XDG_CONFIG_HOME": str(home / "c")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "itc_tui", "serve", *words],
            env=os.environ | homes,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        assert self.process.stdout
        told = self.process.stdout.readline()
        found = re.search(r"http://\S+", told)
        assert found, told + self.process.stdout.read()
        self.address = found[0]
        self.origin = f"http://{urlsplit(self.address).netloc}"

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE_S)

    @property
    def started(self) -> list[psutil.Process]:
        return list(psutil.Process(self.process.pid).children(recursive=True))

    def close(self) -> None:
        if self.process.poll() is None:
            for process in self.started:
                process.kill()
            self.process.kill()
        self.process.wait()


class Page:
    """What a browser does: the page, its key as a cookie, and the socket behind the terminal."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.painted = ""

    async def until(self, text: str) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while text not in ESCAPES.sub("", self.painted):
                message = await self.socket.receive()
                assert message.type is aiohttp.WSMsgType.BINARY, (message, self.painted[-2000:])
                self.painted += message.data.decode("utf-8", "replace")

    async def press(self, keys: str) -> None:
        self.painted = ""
        await self.socket.send_json(["stdin", keys])


@asynccontextmanager
async def opened(served: Served) -> AsyncIterator[Page]:
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as browser:
        async with browser.get(served.address) as page:
            assert page.status == 200
        address = f"{served.origin}/ws?width=100&height=30"
        async with browser.ws_connect(address, origin=served.origin) as socket:
            yield Page(socket)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Its name is made of what a shell would take for something else."""
    root = tmp_path / "shop $(touch ran) 'a'; b"
    (root / "shop").mkdir(parents=True)
    (root / "pyproject.toml").write_text('[project]\nname = "shop"\nversion = "1"\n', "utf-8")
    (root / "shop" / "__init__.py").touch()
    (root / "shop" / "store.py").write_text(STORE, "utf-8")
    (root / "shop" / "cart.py").write_text(CART, "utf-8")
    return root


@pytest.fixture
def served(repository: Path, tmp_path: Path) -> Iterator[Served]:
    serving = Served(tmp_path / "home", "--lang", "en", "", str(repository))
    yield serving
    serving.close()


async def test_the_start_screen_is_painted_and_answers_keys_and_all_ends_with_ctrl_c(
    served: Served, repository: Path
) -> None:
    async with opened(served) as page:
        await page.until("Which module")
        await page.socket.send_json(["focus"])  # a page in the background hears no keys
        await page.until("f1 help")
        await page.press("Ω")
        await page.until("Ω")
        begun = served.started
        assert begun
        assert served.interrupt() == 0
    assert psutil.wait_procs(begun, timeout=PATIENCE_S)[1] == []
    assert not list(repository.parent.rglob("ran"))


async def test_the_page_is_told_the_ground_of_the_look(served: Served) -> None:
    async with opened(served) as page:
        await page.until("Which module")
        assert re.search(r"\x1b\]11;#[0-9A-F]{6}\x07", page.painted)


async def test_a_page_that_is_closed_ends_what_it_started(served: Served) -> None:
    async with opened(served) as page:
        await page.until("Which module")
        begun = served.started
    gone = await asyncio.to_thread(psutil.wait_procs, begun, PATIENCE_S)
    assert gone[1] == []
    assert served.process.poll() is None


async def test_the_page_needs_nothing_that_is_not_on_this_machine(served: Served) -> None:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser:
        page = await (await browser.get(served.address)).text()
        parts = re.findall(r'(?:src|href)="([^"]+)"|url\("([^"]+)"\)', page)
        places = [one or other for one, other in parts]
        assert [place for place in places if not place.startswith("/static/")] == []
        for place in places:
            async with browser.get(served.origin + place) as part:
                assert part.status == 200, place


async def test_whoever_has_no_key_or_comes_from_another_page_is_refused(served: Served) -> None:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser:
        for address, headers in (
            (served.origin, {}),
            (f"{served.origin}/?key=wrong", {}),
            (f"{served.origin}/ws", {}),
            (served.address, {"Host": "example.org"}),
            (served.address.replace("/?", "/ws?"), {"Origin": "http://example.org"}),
        ):
            async with browser.get(address, headers=headers) as answer:
                assert answer.status == 403, address
                assert "address" in await answer.text()
    assert served.started == []


def test_a_port_that_is_taken_is_told_in_one_sentence(served: Served, repository: Path) -> None:
    port = str(urlsplit(served.address).port)
    second = subprocess.run(
        [sys.executable, "-m", "itc_tui", "serve", "--port", port, "", str(repository)],
        capture_output=True,
        text=True,
    )
    assert second.returncode == 2
    assert second.stderr.count("\n") == 1
    assert f"Port {port} cannot be used" in second.stderr


def test_without_the_extra_it_says_what_to_install(repository: Path) -> None:
    script = (
        "import sys; sys.modules['textual_serve'] = None; "
        "from itc_tui.cli import main; sys.argv[1:] = ['serve', '', sys.argv[1]]; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(repository)], capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "pip install 'itc-tui[serve]'" in done.stderr
    assert done.stderr.count("\n") == 1


class Chromium:
    """A browser without a window, told what to do over its own protocol."""

    def __init__(self, program: str, folder: Path) -> None:
        self.process = subprocess.Popen(
            [
                program,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--window-size=1200,800",
                "--remote-debugging-port=0",
                f"--user-data-dir={folder}",
                "about:blank",
            ],
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stderr
        told = iter(self.process.stderr.readline, "")
        listening = (re.search(r"listening on ws://(\S+?)/", line) for line in told)
        self.sent: list[str] = []
        """What the page said over its sockets."""
        self.at = next(found[1] for found in listening if found)

    @asynccontextmanager
    async def page(self) -> AsyncIterator[Callable[..., Awaitable[Any]]]:
        async with aiohttp.ClientSession() as client:
            async with client.get(f"http://{self.at}/json/list") as listed:
                [target] = [one for one in await listed.json() if one["type"] == "page"]
            address = target["webSocketDebuggerUrl"]
            async with client.ws_connect(address, max_msg_size=0) as socket:

                async def ask(method: str, **params: object) -> Any:
                    await socket.send_json({"id": 1, "method": method, "params": params})
                    while (answer := await socket.receive_json()).get("id") != 1:
                        frame = answer["params"].get("response", {}).get("payloadData", "")
                        if answer["method"] == "Network.webSocketFrameSent":
                            self.sent.append(frame)
                    return answer["result"]

                yield ask

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE_S)


@pytest.mark.slow
async def test_a_browser_paints_it_answers_keys_and_asks_nobody_else(
    served: Served, tmp_path: Path
) -> None:
    program = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
    if program is None:
        pytest.skip("no chromium on this machine")
    chromium = Chromium(program, tmp_path / "browser")
    try:
        async with chromium.page() as ask, asyncio.timeout(PATIENCE_S):

            async def told(script: str) -> Any:
                given = await ask(
                    "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
                )
                return given["result"].get("value")

            await ask("Network.enable")
            await ask("Emulation.setFocusEmulationEnabled", enabled=True)
            await ask("Page.navigate", url=served.address)
            assert await told(PAINTED)
            while '["focus"]' not in chromium.sent:
                await told("document.title")
            key = {"key": "z", "text": "z", "windowsVirtualKeyCode": 90}
            await ask("Input.dispatchKeyEvent", type="keyDown", **key)
            while '["stdin","z"]' not in chromium.sent:
                await told("document.title")
            while len((await ask("Page.captureScreenshot"))["data"]) < MORE_THAN_EMPTY:
                pass  # it fades in
            ground = "getComputedStyle(document.querySelector('{}')).backgroundColor"
            before = await told(ground.format("body"))
            look = {"key": "F2", "code": "F2", "windowsVirtualKeyCode": 113}
            await ask("Input.dispatchKeyEvent", type="keyDown", **look)
            while await told(ground.format("body")) == before:
                pass  # until the other look is there
            of_terminal = await told(ground.format(".xterm-viewport"))
            assert await told(ground.format("body")) == of_terminal, "no strip of another colour"
            asked = await told("performance.getEntriesByType('resource').map(one => one.name)")
            assert asked
            assert [name for name in asked if not name.startswith(served.origin)] == []
    finally:
        chromium.close()
