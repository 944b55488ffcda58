"""The applications that `benchmarks.workbench` measures, each started as a process of its own."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from math import inf
from pathlib import Path
from threading import Event

CASES = 10_000
LINES = 200_000
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
    gc.disable()  # as the command does until the first screen is there
    from itc_tui.ui.app import run_app
    from itc_tui.ui.look import Look
    from itc_tui.ui.outside import Facts, Outside

    run_app(Outside(facts=lambda: Facts(root="READY")), Look(language="en", theme="itc-dark"))


def known(folder: str) -> None:
    """The workbench on a session of ten thousand tests, as `itc review` opens it."""
    gc.disable()
    from itc_tui.application import outside_of
    from itc_tui.ui.app import run_app
    from itc_tui.ui.look import Look

    outside = outside_of(Path(folder).parent, {})
    run_app(outside, Look(language="en", theme="itc-dark"), review=folder)


def flood(lines_per_s: int, most: float = inf) -> None:
    """The workbench with ten thousand results, while output streams in, so many lines at most."""
    gc.disable()
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
            told, began, pulled = 0, time.perf_counter(), Event()
            stop.on_pull(pulled.set)
            while True:
                # Who waits for a pytest that prints nothing does nothing meanwhile.
                pulled.wait(0.02 if told < most else None)
                stop.check()
                due = int(min(most, (time.perf_counter() - began) * lines_per_s))
                if due > told:
                    lines = tuple(LINE % number for number in range(told, due))
                    yield OutputArrived(lines=lines)
                told = due

        return Launch(loop, stop, Steering())

    run_app(Outside(launch=launch), Look(language="en", theme="itc-dark"), topic="flood")


APPS: dict[str, Callable[[], None]] = {
    "hello": hello,
    "start": start,
    "flood-1000": lambda: flood(1_000),
    "flood-10000": lambda: flood(10_000),
    "flood-50000": lambda: flood(50_000),
    "full": lambda: flood(50_000, LINES),
    "known": lambda: known(sys.argv[2]),
}

if __name__ == "__main__":
    APPS[sys.argv[1]]()
