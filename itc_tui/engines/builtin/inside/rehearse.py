"""Runs tests with the target's own pytest, in the box, and tells how each one ended.

Lives in somebody else's interpreter: standard library and its own pytest only, Python 3.8 and up.
"""

from __future__ import annotations

import atexit
import os
import sys
import tempfile
import threading
from importlib.util import find_spec
from typing import Any, Dict, List, Optional

LONGEST = 20_000
PATIENCE_S = 2.0

#: Plugins of the target that would run tests elsewhere, again, or in an order of their own.
QUIET = {
    "xdist": ["-n0"],
    "pytest_cov": ["--no-cov"],
    "pytest_randomly": ["-p", "no:randomly"],
    "pytest_rerunfailures": ["--reruns=0"],
}


class Teller:
    """A pytest plugin that sends each test's end, with the two sides of what was not equal."""

    def __init__(self, send: Any, only: Optional[List[str]], is_backwards: bool) -> None:
        self._send, self._only, self._is_backwards = send, only, is_backwards
        self._sides: Dict[str, str] = {}
        self._threads: Dict[threading.Thread, str] = {}

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        for thread in lasting_threads():
            self._threads.setdefault(thread, nodeid)

    def tell_who_never_ends(self) -> None:
        """For these threads the interpreter waits, and nobody knows how long."""
        for thread in lasting_threads():
            if thread in self._threads:
                said = "it leaves a thread running (%s)" % thread.name
                row = {"node": self._threads[thread], "outcome": "error", "message": said}
                self._send({**row, "traceback": "", "sides": {}})

    def pytest_collection_modifyitems(self, items: Any) -> None:
        if self._only is not None:
            items[:] = [item for item in items if item.nodeid in self._only]
        if self._is_backwards:
            items.reverse()

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed:
            self._send({"broken_file": report.nodeid, "why": str(report.longrepr)[-LONGEST:]})

    def pytest_runtest_setup(self) -> None:
        self._sides = {}

    def pytest_assertrepr_compare(self, op: str, left: object, right: object) -> None:
        self._sides = {"op": op, "left": shown(left), "right": shown(right)}

    def pytest_runtest_makereport(self, call: Any) -> Any:
        """Made a wrapper below: this file must load where there is no pytest."""
        outcome = yield
        if call.excinfo is not None:
            raised = call.excinfo.value
            said = {"error": type(raised).__name__, "said": shown(str(raised))}
            outcome.get_result().raised = said

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.when != "call" and report.passed:
            return
        crash = getattr(report.longrepr, "reprcrash", None)
        message = str(getattr(crash, "message", "") or report.longrepr or "")
        row = {
            "node": report.nodeid,
            "outcome": "error" if report.when != "call" and report.failed else report.outcome,
            "message": message[:LONGEST],
            "traceback": str(report.longrepr or "")[-LONGEST:],
            "sides": self._sides if report.failed else {},
        }
        row.update(getattr(report, "raised", {}))
        self._send(row)


def shown(value: object) -> str:
    try:
        return repr(value)[:LONGEST]
    except Exception:
        return "<no repr>"


def lasting_threads() -> List[threading.Thread]:
    main_thread = threading.main_thread()
    return [one for one in threading.enumerate() if not one.daemon and one is not main_thread]


def leave(teller: Teller) -> None:
    """As the interpreter does, which waits for threads first, and tells workers of a pool to end;
    whatever else a test left running ends here."""
    sys.stdout.flush()

    def give_up() -> None:
        teller.tell_who_never_ends()
        os._exit(0)

    if not lasting_threads():
        os._exit(0)
    waiting = threading.Timer(PATIENCE_S, give_up)
    waiting.daemon = True
    waiting.start()
    atexit.register(os._exit, 0)


def flags(root: str) -> List[str]:
    # What it prints is kept by the box, within bounds: a broken conftest is told there.
    sys.dont_write_bytecode = True
    found = ["-q", "--rootdir=" + root, "-p", "no:cacheprovider", "--no-header", "--tb=short"]
    found += ["--maxfail=0", "--continue-on-collection-errors"]
    for plugin, switches in QUIET.items():
        if find_spec(plugin) is not None:
            found += switches
    return found


def main(order: Dict[str, Any], root: str, send: Any) -> None:
    try:
        import pytest
    except ImportError:
        send({"no_pytest": True})
        return
    os.chdir(root)
    if order["is_backwards"]:  # whoever runs the tests has another one as well
        os.environ["HOME"] = os.environ["USERPROFILE"] = tempfile.mkdtemp(prefix="another-home-")
    as_wrapper = pytest.hookimpl(hookwrapper=True)
    as_wrapper(Teller.pytest_runtest_makereport)
    teller = Teller(send, order.get("only"), order["is_backwards"])
    pytest.main([*flags(root), *order["paths"]], plugins=[teller])
    leave(teller)


if __name__ == "__main__":
    import itc_box  # type: ignore[import-not-found, unused-ignore]

    main(itc_box.payload, itc_box.root, itc_box.send)
