"""Runs inside the target's pytest and tells, as JSON lines over a pipe, what it sees.

It is injected with `-p itc_reporter` into interpreters that we do not choose, so it leans on
nothing but pytest (6 or newer) and the syntax of Python 3.8. PYTEST_DONT_REWRITE: the assertion
rewriter must not write its cache into our folder.

Everything it needs stands in the variable ITC_REPORT, which is taken out of the environment at
once: what the tests start themselves shall neither write into our pipe nor find our folder on
its path. Without a pipe it only chooses and orders the tests, so that a copied command works.
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import os
import random
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

MOST_CHARS = 12_000
HIDING = (
    *("--pdb", "--trace", "--looponfail", "--lf", "--last-failed", "--ff", "--failed-first"),
    *("--nf", "--new-first", "--sw", "--stepwise", "--sw-skip", "--stepwise-skip"),
    "--cache-clear",
)
"""Options that wait for a person, or choose tests by what ran before."""
QUIET_S = 0.02
"""A phase that took longer is a sign of life worth sending at once."""


def _bounded(text: str, most: int = MOST_CHARS) -> str:
    """Head and tail of a long text; the middle is only counted."""
    if len(text) <= most:
        return text
    half = most // 2
    return f"{text[:half]}\n[… {len(text) - 2 * half} characters left out …]\n{text[-half:]}"


class Pipe:
    """Gathers lines and writes them out in one go; only the process that opened it may."""

    def __init__(self, fd: int | None) -> None:
        self.fd = fd
        self.is_heard = True
        self.waiting: list[str] = []
        self.last_flush = time.perf_counter()
        if fd is not None:
            self.identity = self._identity_of(fd)
            os.set_inheritable(fd, False)
            if hasattr(os, "register_at_fork"):
                # A forked child that outlives us would hold the pipe open, and might report.
                os.register_at_fork(after_in_child=self.close)

    def say(self, event: str, **facts: Any) -> None:
        if self.fd is not None:
            facts["event"] = event
            self.waiting.append(json.dumps(facts))

    def say_plainly(self, line: str) -> None:
        """The two events that every test has, without the cost of building them up."""
        if self.fd is not None:
            self.waiting.append(line)

    def flush(self) -> None:
        self.last_flush = time.perf_counter()
        if self.fd is None or not self.waiting:
            return
        rest = ("\n".join(self.waiting) + "\n").encode("ascii")
        self.waiting.clear()
        try:
            if self._identity_of(self.fd) != self.identity:
                raise OSError("a test closed our pipe, and opened something of its own")
            while rest:
                rest = rest[os.write(self.fd, rest) :]
        except BrokenPipeError:
            self.fd, self.is_heard = None, False
        except OSError:
            self.fd = None  # the events break off, and the other side says so

    @staticmethod
    def _identity_of(fd: int) -> tuple[int, int]:
        found = os.fstat(fd)
        return found.st_dev, found.st_ino

    def close(self) -> None:
        if self.fd is not None:
            fd, self.fd = self.fd, None
            self.waiting.clear()
            with contextlib.suppress(OSError):
                os.close(fd)


class Selection:
    """Which of the collected tests are asked for, and in which order."""

    def __init__(self, wanted: list[str], shuffle_seed: int | None) -> None:
        self.rank = {node_id: number for number, node_id in enumerate(wanted)}
        self.shuffle_seed = shuffle_seed

    def place(self, node_id: str) -> str | None:
        """The order's entry that means this test: itself, its function, class, file or folder."""
        if node_id in self.rank:
            return node_id
        name = node_id.split("[", 1)[0]
        while name:
            if name in self.rank:
                return name
            shorter = name.rpartition("::")[0]
            name = shorter or name.rpartition("/")[0]
        return None

    def apply(self, items: list[Any]) -> tuple[list[Any], list[Any]]:
        places = {item: self.place(item.nodeid) for item in items}
        chosen = [item for item in items if places[item] is not None]
        others = [item for item in items if places[item] is None]
        chosen.sort(key=lambda item: self.rank[places[item] or ""])
        if self.shuffle_seed is not None:
            random.Random(self.shuffle_seed).shuffle(chosen)
        return chosen, others


class CaseInProgress:
    """What the phases of one test have shown so far."""

    def __init__(self, node_id: str) -> None:
        self.node_id = node_id
        self.outcome = "passed"
        self.stage = "call"
        self.is_red = False
        self.duration_s = 0.0
        self.details: dict[str, Any] = {}
        self.sections: list[tuple[str, str]] = []
        self.comparison: dict[str, str] | None = None

    def take(self, report: Any) -> None:
        if not hasattr(report, "context"):  # subtests are timed within their test
            self.duration_s += getattr(report, "duration", 0.0)
            if report.sections:
                self.sections = report.sections
        if report.outcome == "passed" and not hasattr(report, "wasxfail"):
            return
        outcome = self._outcome_of(report)
        if outcome is None or self.is_red:
            return
        self.is_red = bool(report.failed)
        self.outcome = outcome
        self.stage = report.when
        self.details = _details(report)
        if self.is_red and self.comparison is not None:
            self.details["comparison"] = self.comparison

    @staticmethod
    def _outcome_of(report: Any) -> str | None:
        if report.failed:
            if str(report.longrepr).startswith("[XPASS(strict)]"):
                return "xpassed"
            return "failed" if report.when == "call" else "error"
        if hasattr(report, "context") or report.outcome == "rerun":
            return None
        if hasattr(report, "wasxfail"):
            return "xfailed" if report.skipped else "xpassed"
        return "skipped" if report.skipped else None

    def facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = {
            "id": self.node_id,
            "outcome": self.outcome,
            "seconds": round(self.duration_s, 6),
        }
        if self.outcome != "passed":
            facts.update(self.details, stage=self.stage, red=self.is_red)
        for name in ("stdout", "stderr", "log"):
            parts = [text for head, text in self.sections if head.startswith("Captured " + name)]
            if parts:
                facts[name] = _bounded("".join(parts))
        return facts


def _details(report: Any) -> dict[str, Any]:
    crash = getattr(report.longrepr, "reprcrash", None)
    if crash is not None:
        place, line, message = str(crash.path), int(crash.lineno), str(crash.message)
    elif isinstance(report.longrepr, tuple):
        place, line, message = report.longrepr
    else:
        text = str(report.longrepr or "")
        message = next((part[1:] for part in text.splitlines() if part.startswith("E  ")), text)
        place, line = report.location[0], (report.location[1] or 0) + 1
    if hasattr(report, "wasxfail") and report.wasxfail:
        message = report.wasxfail
    text = "" if isinstance(report.longrepr, tuple) else report.longreprtext
    return {
        "message": _bounded(str(message), 2_000),
        "file": str(place),
        "line": int(line or 0),
        "traceback": _bounded(text, 20_000),
    }


def _shown(value: object) -> str:
    try:
        return _bounded(repr(value))
    except Exception as error:
        return f"<{type(value).__name__} whose repr raises {type(error).__name__}>"


def _lasting_threads() -> list[threading.Thread]:
    """Those that the interpreter waits for when it ends; workers of a pool, which end when they
    are told to, come last."""
    pools = sys.modules.get("concurrent.futures.thread")
    workers = getattr(pools, "_threads_queues", ())
    main = threading.main_thread()
    lasting = [one for one in threading.enumerate() if not one.daemon and one is not main]
    return sorted(lasting, key=lambda one: one in workers)


class Reporter:
    """The hooks."""

    def __init__(self, order: dict[str, Any]) -> None:
        self.pipe = Pipe(order.get("fd"))
        self.selection = Selection([], None)
        self.stacks_file: Any = None
        self.case: CaseInProgress | None = None
        self.deselected: list[str] = []
        self.threads: dict[threading.Thread, str] = {}
        """Who keeps the interpreter from ending, and the case that left it."""
        self.cache_dir = order.get("cache")
        if order.get("selection"):
            chosen = json.loads(Path(order["selection"]).read_text(encoding="utf-8"))
            self.selection = Selection(chosen["wanted"], chosen.get("shuffle_seed"))
        if order.get("stacks") and hasattr(faulthandler, "register"):
            self.stacks_file = Path(order["stacks"]).open("wb", buffering=0)  # noqa: SIM115
            # A signal that tests hardly ever use themselves.
            faulthandler.register(signal.SIGXCPU, file=self.stacks_file, all_threads=True)
        self.pipe.say("hello", pid=os.getpid(), pytest=pytest.__version__)
        self.pipe.flush()

    def pytest_configure(self, config: Any) -> None:
        # What pytest remembers between runs is the person's; ours goes to a folder of our own.
        cache: Any = getattr(config, "cache", None)
        if self.cache_dir and hasattr(cache, "_cachedir"):
            cache._cachedir = type(cache._cachedir)(self.cache_dir)

    def pytest_collectstart(self, collector: Any) -> None:
        if isinstance(collector, pytest.File):
            self.pipe.say("collecting", id=collector.nodeid)
            self.pipe.flush()

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed:
            self.pipe.say("collection_error", id=report.nodeid, text=_bounded(report.longreprtext))

    def pytest_deselected(self, items: list[Any]) -> None:
        self.deselected += [item.nodeid for item in items]

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_collection_modifyitems(self, config: Any, items: list[Any]) -> Any:
        before = {item: number for number, item in enumerate(items)}
        yield  # plugins that shuffle or filter come before us
        items.sort(key=lambda item: before.get(item, len(before)))
        by_options = [name for name in self.deselected if self.selection.place(name) is not None]
        chosen, others = self.selection.apply(items)
        items[:] = chosen
        if others:
            config.hook.pytest_deselected(items=others)
        self.pipe.say("collected", ids=[item.nodeid for item in items], deselected=by_options)
        self.pipe.flush()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self.case = CaseInProgress(nodeid)
        self.pipe.say_plainly(f'{{"event":"start","id":{json.dumps(nodeid)}}}')
        # The one write per test: it carries the end of the last one, and is out before this
        # one runs, so that a crash is laid at the right door.
        self.pipe.flush()
        if not self.pipe.is_heard:
            pytest.exit("the program that started this run has gone", returncode=2)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: Any) -> None:
        if self.case is None or self.case.node_id != report.nodeid:
            self.case = CaseInProgress(report.nodeid)
        self.case.take(report)
        if time.perf_counter() - self.pipe.last_flush > QUIET_S:
            self.pipe.say("alive", id=report.nodeid, stage=report.when)
            self.pipe.flush()

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logfinish(self) -> None:
        case, self.case = self.case, None
        if case is None:
            return
        if threading.active_count() > 1:
            for thread in _lasting_threads():
                self.threads.setdefault(thread, case.node_id)
        if case.outcome == "passed" and not case.sections:
            name, seconds = json.dumps(case.node_id), round(case.duration_s, 6)
            self.pipe.say_plainly(f'{{"event":"end","id":{name},"seconds":{seconds!r}}}')
        else:
            self.pipe.say("end", **case.facts())

    def pytest_assertrepr_compare(self, op: str, left: object, right: object) -> None:
        if self.case is not None and self.pipe.fd is not None:
            self.case.comparison = {"op": op, "left": _shown(left), "right": _shown(right)}

    def pytest_keyboard_interrupt(self, excinfo: Any) -> None:
        self.pipe.say("interrupted", reason=_bounded(str(excinfo.value) or excinfo.typename))
        self.pipe.flush()

    def pytest_internalerror(self, excrepr: Any) -> None:
        self.pipe.say("internal_error", text=_bounded(str(excrepr)))
        self.pipe.flush()

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: Any) -> Any:
        self.pipe.flush()
        yield
        left = {self.threads[one]: one.name for one in _lasting_threads() if one in self.threads}
        self.pipe.say("finish", exit=int(session.exitstatus), left=left)
        self.pipe.flush()


def _read_order() -> dict[str, Any]:
    text = os.environ.pop("ITC_REPORT", "")
    here = str(Path(__file__).parent)
    parts = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    if any(part not in ("", here) for part in parts):
        os.environ["PYTHONPATH"] = os.pathsep.join(part for part in parts if part != here)
    else:
        os.environ.pop("PYTHONPATH", None)
    sys.path[:] = [part for part in sys.path if part != here]
    return dict(json.loads(text)) if text else {}


def _neutralise(args: list[str], options: Any) -> None:
    """Take back those of the target's own options that would hide or spread what happens."""
    args[:] = [arg for arg in args if arg not in HIDING]
    args.append("--maxfail=0")
    if hasattr(options, "numprocesses"):  # pytest-xdist
        args.append("-n0")
    if hasattr(options, "no_cov"):  # pytest-cov; it has already looked at its options
        args.append("--no-cov")
        options.no_cov = True
        options.cov_source = []
    if hasattr(options, "reruns"):  # pytest-rerunfailures: flaky is not passing
        args.append("--reruns=0")
    if getattr(options, "tbstyle", "auto") in ("no", "line", "native"):
        args.append("--tb=auto")
    if hasattr(options, "color"):
        args.append("--color=no")


_order = _read_order()
if _order.get("first"):
    sys.path.insert(0, _order["first"])


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: Any, args: list[str]) -> None:
    if not _order:
        return
    _neutralise(args, early_config.known_args_namespace)
    early_config.pluginmanager.register(Reporter(_order), "itc_reporter_hooks")
