"""Runs chosen cases by pytest in a forked child, and tells what each of them entered.

Lives in somebody else's interpreter: standard library and its own pytest only, Python 3.9 and up.
"""

from __future__ import annotations

import contextlib
import gc
import json
import linecache
import os
import re
import select
import signal
import sys
import time
from collections.abc import Iterable, Mapping
from typing import Any, Callable

from itc_watch import Watch  # type: ignore[import-not-found]

LONGEST = 4000


def reporter(
    send: Callable[[Any], None],
    order: list[str],
    watch_of: Callable[[str], Watch | None],
    apart_s: float,
    variables: Mapping[str, str],
) -> Any:
    """A pytest plugin; made in a function, for pytest is imported late.

    With `apart_s`, each case runs in a child of its own, forked when all are collected: alone,
    and without another start of pytest. `variables` are set when everything is imported: what is
    read at import is for no case to settle.
    """
    import pytest

    class Reporter:
        def __init__(self) -> None:
            self.state: dict[str, dict[str, Any]] = {}
            self.send, self.watch_of = send, watch_of
            self.is_apart = not apart_s

        @pytest.hookimpl(trylast=True)
        def pytest_collection_modifyitems(self, items: list[Any]) -> None:
            places = {name: place for place, name in enumerate(order)}
            items[:] = [item for item in items if item.nodeid in places]
            items.sort(key=lambda item: places[item.nodeid])
            os.environ.update(variables)

        def run_apart(self, item: Any) -> None:
            def work(tell: Callable[[Any], None]) -> None:
                self.send, self.is_apart = tell, True
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)

            for message in Child(work).messages(apart_s)[0]:
                send(message)

        @pytest.hookimpl(hookwrapper=True)
        def pytest_runtest_protocol(self, item: Any) -> Any:
            if not self.is_apart:
                yield
                return
            self.send({"started": item.nodeid})
            watch = self.watch_of(item.nodeid)
            self.state[item.nodeid] = {"node_id": item.nodeid, "outcome": "passed", "seconds": 0.0}
            if watch:
                watch.start()
            yield
            if watch:
                watch.stop()
                self.state[item.nodeid].update(watch.told())
            self.send(self.state[item.nodeid])

        def pytest_runtest_logreport(self, report: Any) -> None:
            state = self.state[report.nodeid]
            state["seconds"] += report.duration
            if report.passed and not hasattr(report, "wasxfail"):
                return
            outcome = "skipped" if report.skipped or hasattr(report, "wasxfail") else "failed"
            if report.failed and report.when != "call":
                outcome = "error"
            if state["outcome"] == "passed":
                crash = getattr(report.longrepr, "reprcrash", None)
                state["outcome"], state["stage"] = outcome, report.when
                state["message"] = str(getattr(crash, "message", "") or report.longrepr)[:LONGEST]
                said = str(report.longrepr)
                state["traceback"] = said[-LONGEST:]
                state["at"] = line_in(said, report.nodeid.split("::", 1)[0])
                state["refused_in"] = refused_in(crash)

        def pytest_collectreport(self, report: Any) -> None:
            if report.failed:
                said = str(report.longrepr)[-LONGEST:]
                send({"collection": report.nodeid, "message": said})

    made = Reporter()

    class Apart:
        @pytest.hookimpl(tryfirst=True)
        def pytest_runtest_protocol(self, item: Any) -> Any:
            if made.is_apart:
                return None
            made.run_apart(item)
            return True

    return [made, Apart()]


def line_in(traceback: str, file: str) -> int:
    """Where in the test's own file it went wrong; 0 when the traceback does not name the file."""
    found = re.search(re.escape(file) + r'(?::|", line )(\d+)', traceback)
    return int(found.group(1)) if found else 0


def refused_in(crash: Any) -> str:
    """The file with the `raise` statement that ended it; empty where it broke down by itself."""
    path, line = str(getattr(crash, "path", "")), getattr(crash, "lineno", 0)
    linecache.checkcache(path)  # it may have a fault by now
    said = linecache.getline(path, line).split()
    return path if said[:1] == ["raise"] and len(said) > 1 else ""


class Child:
    """One forked run; whoever made it reads its messages until it ends or its time is over."""

    def __init__(self, work: Callable[[Callable[[Any], None]], None], room_mb: int = 0) -> None:
        """With `room_mb` it may not take much more than what it begins with."""
        self.room_mb = room_mb
        self.reader, writer = os.pipe()
        gc.freeze()
        self.pid = os.fork()
        if self.pid == 0:
            self._be_child(writer, work)
        os.close(writer)

    def _be_child(self, writer: int, work: Callable[[Callable[[Any], None]], None]) -> None:
        try:
            os.close(self.reader)
            os.setsid()
            null = os.open(os.devnull, os.O_RDWR)
            for place in (0, 1, 2):
                os.dup2(null, place)

            def send(message: Any) -> None:
                rest = json.dumps(message, default=repr).encode("ascii") + b"\n"
                while rest:
                    rest = rest[os.write(writer, rest) :]

            if self.room_mb:
                stay_within(self.room_mb)
            work(send)
        finally:
            os._exit(0)

    def messages(self, limit_s: float) -> tuple[list[dict[str, Any]], bool]:
        """What it sent, and whether it ended in time; nothing of it is left afterwards."""
        chunks, deadline, in_time = [], time.monotonic() + limit_s, True
        while True:
            left = deadline - time.monotonic()
            ready = select.select([self.reader], [], [], max(left, 0))[0]
            if not ready:
                in_time = False
                break
            chunk = os.read(self.reader, 1 << 16)
            if not chunk:
                break
            chunks.append(chunk)
        with contextlib.suppress(OSError):
            os.killpg(self.pid, signal.SIGKILL)
        os.close(self.reader)
        os.waitpid(self.pid, 0)
        lines = b"".join(chunks).split(b"\n")[:-1]
        return [json.loads(line) for line in lines], in_time


def stay_within(megabytes: int) -> None:
    """More than that is a MemoryError; where a system tells no size, the box watches."""
    import resource

    with contextlib.suppress(OSError, ValueError, IndexError):
        with open("/proc/self/statm", encoding="ascii") as told:
            own = int(told.read().split()[0]) * resource.getpagesize()
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (own + (megabytes << 20), hard))


def options(tree: str) -> list[str]:
    """The target's own settings hold, but for what would spread, stop or measure the run."""
    from importlib.util import find_spec

    given = ["--rootdir=" + tree, "-q", "-p", "no:cacheprovider", "--maxfail=0", "--tb=short"]
    # Plugins that were imported ahead cannot be rewritten any more; where warnings are errors,
    # pytest would not even start for it.
    given += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
    for plugin, switch in (
        ("xdist", ["-n0"]),
        ("pytest_cov", ["--no-cov"]),
        ("pytest_randomly", ["-p", "no:randomly"]),
        ("pytest_rerunfailures", ["--reruns=0"]),
    ):
        if find_spec(plugin) is not None:
            given += switch
    return given


def nobody(_node_id: str) -> None:
    """Watches no case."""


def run_cases(
    tree: str,
    node_ids: list[str],
    limit_s: float,
    watch_of: Callable[[str], Watch | None] = nobody,
    tell_modules: bool = False,
    apart_s: float = 0.0,
    room_mb: int = 0,
    variables: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Results by node id; those that never ended are absent, and `at_work` names the one that hung.

    With `apart_s` each runs alone, for so long at most.
    """

    def work(send: Callable[[Any], None]) -> None:
        import pytest

        files = list(dict.fromkeys(name.split("::", 1)[0] for name in node_ids))
        arguments = [os.path.join(tree, file) for file in files]
        plugins = reporter(send, node_ids, watch_of, apart_s, variables or {})
        code = pytest.main([*options(tree), *arguments], plugins)
        send({"exit": int(code)})
        if tell_modules:
            send({"modules": sorted(sys.modules)})

    return answer_in(*Child(work, room_mb).messages(limit_s))


def answer_in(messages: Iterable[dict[str, Any]], in_time: bool) -> dict[str, Any]:
    answer: dict[str, Any] = {"results": {}, "collection": [], "in_time": in_time, "at_work": ""}
    for message in messages:
        if "started" in message:
            answer["at_work"] = message["started"]
        elif "node_id" in message:
            answer["results"][message["node_id"]] = message
            answer["at_work"] = ""
        elif "collection" in message:
            answer["collection"].append(message)
        else:
            answer.update(message)
    return answer
