"""Runs chosen cases by pytest in a forked child, and tells what each of them entered.

Lives in somebody else's interpreter: standard library and its own pytest only, Python 3.9 and up.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import sys
import threading
import time
from typing import Any, Callable, Iterable

from itc_copies import let_go  # type: ignore[import-not-found]

OPTIMIZED = 0x1
"""Flag of the code of functions; modules and class bodies, which run at import, lack it."""
LONGEST = 4000


class Watch:
    """What one case executes: functions by module, and lines of the files asked for."""

    def __init__(self, tree: str, names: list[str], line_files: list[str]) -> None:
        self.tree, self.names = tree, frozenset(names)
        self.line_files = frozenset(line_files)
        self.codes: set[Any] = set()
        self.libraries: set[str] = set()
        self.raised: set[str] = set()
        self.lines: set[tuple[str, int]] = set()
        self.not_tested: set[int] = set()
        """Namespaces of modules that are pytest's own copies: see `let_go`."""

    def start(self) -> None:
        self.codes, self.libraries, self.lines, self.raised = set(), set(), set(), set()
        threading.setprofile(self.profile)
        sys.setprofile(self.profile)
        threading.settrace(self.trace)
        sys.settrace(self.trace)

    def stop(self) -> None:
        sys.setprofile(None)
        threading.setprofile(None)
        sys.settrace(None)
        threading.settrace(None)

    def profile(self, frame: Any, event: str, arg: Any) -> None:
        if event == "call":
            module = frame.f_globals.get("__name__")
            if self.is_own(frame):
                self.codes.add((frame.f_code, module))
            elif frame.f_back is not None and self.is_own(frame.f_back):
                self.libraries.add(str(module))
        elif event == "c_call" and self.is_own(frame):
            owner = getattr(arg, "__self__", None)
            name = getattr(arg, "__module__", None)
            if name is None and owner is not None:
                name = getattr(owner, "__name__", None) if _is_module(owner) else None
                name = name or type(owner).__module__
            if isinstance(name, str):
                self.libraries.add(name)

    def is_own(self, frame: Any) -> bool:
        """Code of the target, also where it was made at run time, as in dataclasses."""
        module = frame.f_globals.get("__name__")
        if not isinstance(module, str) or id(frame.f_globals) in self.not_tested:
            return False
        return module.split(".", 1)[0] in self.names

    def trace(self, frame: Any, event: str, arg: Any) -> Any:
        if id(frame.f_globals) in self.not_tested:
            return None
        if event == "exception":
            # A module of nothing but error types has no function that could be entered.
            self.raised.add(arg[0].__module__)
            return self.trace
        if frame.f_code.co_filename in self.line_files:
            self.lines.add((frame.f_code.co_filename, frame.f_lineno))
        elif event == "call" and not self.is_own(frame):
            return None
        else:
            frame.f_trace_lines = False
        return self.trace

    def told(self) -> dict[str, Any]:
        entered: dict[str, set[int]] = {}
        for code, module in self.codes:
            if code.co_flags & OPTIMIZED:
                entered.setdefault(module, set()).add(code.co_firstlineno)
        for module in self.raised:
            if module.split(".", 1)[0] in self.names:
                entered.setdefault(module, set())
        files: dict[str, list[int]] = {}
        for file, line in sorted(self.lines):
            files.setdefault(file, []).append(line)
        return {
            "entered": {module: sorted(lines) for module, lines in entered.items()},
            "libraries": sorted({name.split(".")[0] for name in self.libraries}),
            "lines": files,
        }


def _is_module(thing: Any) -> bool:
    return isinstance(thing, type(sys))


def reporter(
    send: Callable[[Any], None],
    order: list[str],
    watch_of: Callable[[str], Watch | None],
    apart_s: float,
    not_tested: Iterable[Any] = (),
) -> Any:
    """A pytest plugin; made in a function, for pytest is imported late.

    With `apart_s`, each case runs in a child of its own, forked when all are collected: alone,
    and without another start of pytest.
    """
    import pytest

    class Reporter:
        def __init__(self) -> None:
            self.state: dict[str, dict[str, Any]] = {}
            self.send = send
            self.is_apart = not apart_s

        @pytest.hookimpl(trylast=True)
        def pytest_collection_modifyitems(self, items: list[Any]) -> None:
            places = {name: place for place, name in enumerate(order)}
            items[:] = [item for item in items if item.nodeid in places]
            items.sort(key=lambda item: places[item.nodeid])

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
            watch = watch_of(item.nodeid)
            self.state[item.nodeid] = {"node_id": item.nodeid, "outcome": "passed", "seconds": 0.0}
            if watch:
                watch.not_tested = {id(vars(module)) for module in not_tested}
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
                state["traceback"] = str(report.longrepr)[-LONGEST:]

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


class Child:
    """One forked run; whoever made it reads its messages until it ends or its time is over."""

    def __init__(self, work: Callable[[Callable[[Any], None]], None]) -> None:
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


def run_cases(
    tree: str,
    node_ids: list[str],
    limit_s: float,
    names: Iterable[str] = (),
    watch_of: Callable[[str], Watch | None] = lambda _node_id: None,
    tell_modules: bool = False,
    apart_s: float = 0.0,
) -> dict[str, Any]:
    """Results by node id; those that never ended are absent, and `at_work` names the one that hung.

    With `apart_s` each runs alone, for so long at most. `names` are the target's packages.
    """

    def work(send: Callable[[Any], None]) -> None:
        import pytest

        files = list(dict.fromkeys(name.split("::", 1)[0] for name in node_ids))
        arguments = [os.path.join(tree, file) for file in files]
        plugins = reporter(send, node_ids, watch_of, apart_s, let_go(names).values())
        code = pytest.main([*options(tree), *arguments], plugins)
        send({"exit": int(code)})
        if tell_modules:
            send({"modules": sorted(sys.modules)})

    messages, in_time = Child(work).messages(limit_s)
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
