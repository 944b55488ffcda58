"""The applications that `benchmarks.workbench` measures, each started as a process of its own."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

CASES = 10_000
LINE = "%09d 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789"
"""Digits only, so that a letter on the screen is a letter that was typed."""


def hello() -> None:
    """The floor: one field and one line, in the same Textual."""
    from textual.app import App, ComposeResult
    from textual.widgets import Input, Static

    class Hello(App[None]):
        def compose(self) -> ComposeResult:
            yield Input()
            yield Static("READY")

    Hello().run()


def start() -> None:
    """The first screen of the workbench, with nothing behind it."""
    from itc_tui.ui.app import run_app
    from itc_tui.ui.look import Look
    from itc_tui.ui.outside import Facts, Outside

    run_app(Outside(facts=lambda: Facts(root="READY")), Look(language="en", theme="itc-dark"))


def flood(lines_per_s: int) -> None:
    """The workbench with ten thousand results, while output streams in."""
    from itc_tui.ui.app import run_app
    from itc_tui.ui.look import Look
    from itc_tui.ui.outside import Launch, Outside

    def launch(_topic: str) -> Launch:
        from itc_tui.domain.events import CaseFinished, IterationStarted, OutputArrived, RunStarted
        from itc_tui.domain.results import CaseResult
        from itc_tui.domain.state import State
        from itc_tui.domain.words import Outcome
        from itc_tui.ports import Steering, Steps, StopSwitch

        stop = StopSwitch()

        def loop() -> Steps[State]:
            yield IterationStarted(iteration=1, max_iterations=1)
            names = tuple(f"tests/t_{number // 50}.py::test_{number}" for number in range(CASES))
            yield RunStarted(iteration=1, purpose="full", expected=names)
            for name in names:
                yield CaseFinished(result=CaseResult(node_id=name, outcome=Outcome.PASSED))
            told, began = 0, time.perf_counter()
            while True:
                stop.check()
                time.sleep(0.02)
                due = int((time.perf_counter() - began) * lines_per_s)
                yield OutputArrived(lines=tuple(LINE % number for number in range(told, due)))
                told = due

        return Launch(loop, stop, Steering())

    run_app(Outside(launch=launch), Look(language="en", theme="itc-dark"), topic="flood")


APPS: dict[str, Callable[[], None]] = {
    "hello": hello,
    "start": start,
    "flood-1000": lambda: flood(1_000),
    "flood-10000": lambda: flood(10_000),
    "flood-50000": lambda: flood(50_000),
}

if __name__ == "__main__":
    APPS[sys.argv[1]]()
