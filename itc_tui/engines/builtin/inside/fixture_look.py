"""Asks the target's own pytest for fixtures, one each, and says what they give and what they do."""

from __future__ import annotations

import os
import sys
from typing import Any, Dict, Iterator, Set

import pytest
from seatbelt import SEATBELT  # type: ignore[import-not-found]

_PLAIN = (str, bytes, int, float, bool, tuple, frozenset, type(None))


class Watcher:
    """A pytest plugin: the belt is on while a fixture is made and taken down."""

    def __init__(self, send: Any, wanted: Dict[str, str]) -> None:
        self._refused: Set[str] = set()
        self._send, self._wanted = send, wanted
        """Name of the asking function → the fixture that it asks for."""

    @pytest.hookimpl(hookwrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any, request: Any) -> Iterator[None]:
        before, SEATBELT.is_fastened = SEATBELT.is_fastened, True
        yield
        SEATBELT.is_fastened = before

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_teardown(self, item: Any) -> Iterator[None]:
        SEATBELT.is_fastened = True
        yield
        SEATBELT.is_fastened = False

    def pytest_runtest_setup(self, item: Any) -> None:
        SEATBELT.was_tight = False

    def pytest_runtest_call(self, item: Any) -> None:
        name = self._wanted.get(item.name)
        if name:
            self._send({"fixture": name, **_described(item.funcargs[name])})

    def pytest_runtest_logreport(self, report: Any) -> None:
        crash = getattr(report.longrepr, "reprcrash", None)
        said = str(getattr(crash, "message", report.longrepr or ""))[:200]
        name = self._wanted.get(report.nodeid.rpartition("::")[2])
        if not name or name in self._refused or (report.passed and not SEATBELT.was_tight):
            return
        self._refused.add(name)
        outside = "it reaches outside" if SEATBELT.was_tight else "it fails"
        self._send({"fixture": name, "why": outside + (": " + said if said else "")})

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed:
            self._send({"broken": str(report.longrepr)[-300:]})


def _described(value: Any) -> Dict[str, Any]:
    kind = type(value)
    return {
        "kind": [kind.__module__, kind.__qualname__],
        "is_plain": isinstance(value, _PLAIN),
        "is_function": callable(value)
        and not isinstance(value, type)
        and kind.__module__ in ("builtins", "functools"),
    }


def main(order: Dict[str, Any], root: str, send: Any) -> None:
    os.chdir(root)
    sys.dont_write_bytecode = True
    SEATBELT.install(os.environ["TMPDIR"], os.environ["HOME"])
    flags = ["-q", "-p", "no:cacheprovider", "--no-header", "--continue-on-collection-errors"]
    pytest.main([*flags, order["path"]], plugins=[Watcher(send, order["wanted"])])
    os._exit(0)  # whatever a fixture left running ends here


if __name__ == "__main__":
    import itc_box  # type: ignore[import-not-found, unused-ignore]

    main(itc_box.payload, itc_box.root, itc_box.send)
