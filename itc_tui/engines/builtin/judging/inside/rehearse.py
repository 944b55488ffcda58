"""Runs a few tests once in the box, and tells how each ended and what was compared.

Lives in somebody else's interpreter: standard library and its own pytest only, Python 3.8 and up.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import Any

import itc_box  # type: ignore[import-not-found]
import pytest

LONGEST = 20_000


class Teller:
    """A pytest plugin that sends each case's end, with the two sides of what was not equal."""

    def __init__(self, wanted: set[str]) -> None:
        self.wanted = wanted
        self.sides: dict[str, str] = {}

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        items[:] = [item for item in items if item.nodeid in self.wanted]

    def pytest_runtest_setup(self) -> None:
        self.sides = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_assertrepr_compare(self, op: str, left: object, right: object) -> None:
        self.sides = {"op": op, "left": self.shown(left), "right": self.shown(right)}

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item: Any, call: Any) -> Any:
        outcome = yield
        report = outcome.get_result()
        if report.when != "call" and report.passed:
            return
        crash = getattr(report.longrepr, "reprcrash", None)
        raised = call.excinfo.value if call.excinfo is not None else None
        itc_box.send(
            {
                "node_id": item.nodeid,
                "outcome": report.outcome if report.when == "call" else "error",
                "stage": report.when,
                "message": str(getattr(crash, "message", "") or report.longrepr or "")[:LONGEST],
                "traceback": str(report.longrepr or "")[-LONGEST:],
                "error": type(raised).__name__ if raised is not None else "",
                "said": self.shown(str(raised)) if raised is not None else "",
                "sides": self.sides if report.failed else {},
            }
        )

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed:
            itc_box.send({"collection": str(report.longrepr)[-LONGEST:]})

    @staticmethod
    def shown(value: object) -> str:
        try:
            return repr(value)[:LONGEST]
        except Exception:
            return "<no repr>"


def main() -> None:
    wanted = set(itc_box.payload["node_ids"])
    files = sorted({os.path.join(itc_box.root, name.split("::", 1)[0]) for name in wanted})
    given = [
        "--rootdir=" + itc_box.root,
        "-q",
        "-p",
        "no:cacheprovider",
        "--maxfail=0",
        "--tb=short",
    ]
    for plugin, switch in (
        ("xdist", ["-n0"]),
        ("pytest_cov", ["--no-cov"]),
        ("pytest_randomly", ["-p", "no:randomly"]),
        ("pytest_rerunfailures", ["--reruns=0"]),
    ):
        if find_spec(plugin) is not None:
            given += switch
    pytest.main([*given, *files], [Teller(wanted)])


main()
