"""Runs drafted tests with the target's own pytest, in the box, and says how each one ended."""

from __future__ import annotations

import os
import random
import sys
from typing import Any, Dict


class Watcher:
    """A pytest plugin: other orders, and the outcome of every test."""

    def __init__(self, send: Any, seed: int) -> None:
        self._send, self._seed = send, seed

    def pytest_collection_modifyitems(self, items: Any) -> None:
        if self._seed:
            random.Random(self._seed).shuffle(items)

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed:
            self._send({"broken_file": report.nodeid, "why": str(report.longrepr)[-300:]})

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.when == "call" or not report.passed:
            crash = getattr(report.longrepr, "reprcrash", None)
            message = str(getattr(crash, "message", report.longrepr or ""))[:300]
            row = {"node": report.nodeid, "outcome": report.outcome, "message": message}
            self._send(row)


def main(order: Dict[str, Any], root: str, send: Any) -> None:
    try:
        import pytest
    except ImportError:
        send({"no_pytest": True})
        return
    os.chdir(root)
    # What it prints is kept by the box, within bounds: a broken conftest is told there.
    sys.dont_write_bytecode = True
    flags = ["-q", "-p", "no:cacheprovider", "--no-header", "--continue-on-collection-errors"]
    pytest.main([*flags, *order["paths"]], plugins=[Watcher(send, order.get("seed", 0))])
    os._exit(0)  # whatever a test left running ends here


if __name__ == "__main__":
    import itc_box  # type: ignore[import-not-found, unused-ignore]

    main(itc_box.payload, itc_box.root, itc_box.send)
