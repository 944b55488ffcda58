"""What the person wishes while the loop runs, told from any thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from enum import StrEnum

from itc_tui.domain.plan import Plan
from itc_tui.domain.trouble import Stopped


class StopSwitch:
    """Pulled from another thread; whoever works on something long looks at it, or is called."""

    def __init__(self) -> None:
        self._pulled = threading.Event()
        self._callbacks: list[Callable[[], None]] = []

    @property
    def is_pulled(self) -> bool:
        return self._pulled.is_set()

    def pull(self) -> None:
        self._pulled.set()
        for callback in tuple(self._callbacks):
            callback()

    def on_pull(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` when pulled, or now if it was already; returns what takes it off again.

        Whoever starts a process and then listens would else miss a pull between the two. A pull
        at this very moment may call it twice.
        """
        self._callbacks.append(callback)
        if self.is_pulled:
            callback()

        def forget() -> None:
            if callback in self._callbacks:
                self._callbacks.remove(callback)

        return forget

    def check(self) -> None:
        if self.is_pulled:
            raise Stopped


class Pace(StrEnum):
    """How far the loop goes before it shows what comes next, and waits for a word."""

    RUN = "run"
    """To the end; only what is always asked is asked."""
    STEP = "step"
    PHASE = "phase"
    """Through the rest of this phase; then step by step."""


class Steering:
    """What the person wishes while the loop runs; looked at between steps, from any thread."""

    def __init__(self, pace: Pace = Pace.RUN) -> None:
        self._pace = pace
        self._phase = 0
        self._draft: Plan | None = None
        self._keep: Callable[[Plan], None] = _keep_nowhere
        self._lock = threading.Lock()
        self._keeping = threading.Lock()

    def walk(self, pace: Pace) -> None:
        with self._lock:
            self._pace = pace

    @property
    def pace(self) -> Pace:
        return self._pace

    def asks_in(self, phase: int) -> bool:
        """Whether what comes next in that phase is shown first."""
        with self._lock:
            if self._pace is Pace.PHASE and phase != self._phase:
                self._pace = Pace.STEP
            self._phase = phase
            return self._pace is Pace.STEP

    def offer_plan(self, plan: Plan) -> None:
        """An edited plan, taken up at the next step."""
        with self._lock:
            self._draft = plan

    def keep_by(self, keep: Callable[[Plan], None]) -> None:
        """Who writes down what was offered, so that it outlives this process."""
        self._keep = keep

    def keep_plan(self) -> None:
        """Write down what nobody has taken yet; it may wait for the disk."""
        with self._keeping:
            if (draft := self._draft) is not None:
                self._keep(draft)

    def take_plan(self) -> Plan | None:
        with self._keeping, self._lock:
            draft, self._draft = self._draft, None
            return draft


def _keep_nowhere(_draft: Plan) -> None:
    """Before a session is open there is no place for it."""
