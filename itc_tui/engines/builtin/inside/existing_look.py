"""Runs the target's own tests, and tells which calls between its modules each of them makes."""

from __future__ import annotations

import os
import sys
import time
from importlib.util import find_spec
from typing import Any, Dict, Iterator, List, Set, Tuple

import pytest
from tracing import Tracer  # type: ignore[import-not-found]


class Watcher:
    """A pytest plugin; a test that fails shows nothing that anybody could lean on."""

    def __init__(self, send: Any, root: str, until: float) -> None:
        self._send, self._until = send, until
        self._tracer = Tracer(os.path.realpath(root))
        self._known: Set[Tuple[str, ...]] = set()

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_call(self, item: Any) -> Iterator[None]:
        with self._tracer.on() as footprint:
            outcome: Any = yield
        if outcome.excinfo is None:
            fresh = sorted(footprint.edges - self._known)
            self._known.update(fresh)
            self._send({"test": item.nodeid, "edges": fresh})

    def pytest_runtest_logreport(self, report: Any) -> None:
        if time.monotonic() > self._until:
            os._exit(0)


def options() -> List[str]:
    """What would spread the run, or take the tracing away from it, is left out."""
    flags = ["-q", "-p", "no:cacheprovider", "--no-header", "--continue-on-collection-errors"]
    for plugin, switch in (("xdist", ["-n0"]), ("pytest_cov", ["--no-cov"])):
        if find_spec(plugin) is not None:
            flags += switch
    return flags


def main(order: Dict[str, Any], root: str, send: Any) -> None:
    os.chdir(root)
    sys.dont_write_bytecode = True
    until = time.monotonic() + order["limit_s"]
    pytest.main([*options(), *order["paths"]], plugins=[Watcher(send, root, until)])
    os._exit(0)  # whatever a test left running ends here


if __name__ == "__main__":
    import itc_box  # type: ignore[import-not-found, unused-ignore]

    main(itc_box.payload, itc_box.root, itc_box.send)
