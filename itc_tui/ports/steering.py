"""What the person wishes while the loop runs, told from any thread."""

from __future__ import annotations

import threading
from collections.abc import Callable

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
        """Call `callback` when pulled; returns what takes it off again."""
        self._callbacks.append(callback)

        def forget() -> None:
            if callback in self._callbacks:
                self._callbacks.remove(callback)

        return forget

    def check(self) -> None:
        if self.is_pulled:
            raise Stopped


class Steering:
    """What the person wishes while the loop runs; looked at between steps, from any thread."""

    def __init__(self) -> None:
        self.asks_before_fix = False
        """Show each fix as a question before it is written."""
        self._draft: Plan | None = None
        self._lock = threading.Lock()

    def offer_plan(self, plan: Plan) -> None:
        """An edited plan, taken up at the next step."""
        with self._lock:
            self._draft = plan

    def take_plan(self) -> Plan | None:
        with self._lock:
            draft, self._draft = self._draft, None
            return draft
