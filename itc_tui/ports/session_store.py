"""One session's folder."""

from __future__ import annotations

from typing import Protocol

from itc_tui.domain.events import Event
from itc_tui.domain.plan import Plan
from itc_tui.domain.state import State


class SessionStore(Protocol):
    """One session's folder. Opened for writing by one process at a time."""

    @property
    def folder(self) -> str: ...

    def load(self) -> State | None: ...

    def save(self, state: State) -> None:
        """Atomic, and on the disk when it returns."""
        ...

    def record(self, event: Event) -> Event:
        """Append to events.jsonl; returns the event with its time."""
        ...

    def read_log(self) -> str | None: ...

    def write_log(self, text: str) -> str:
        """Where the log is kept as a person left it since we wrote it; empty when nobody did."""
        ...

    def keep_draft(self, draft: Plan) -> None:
        """What the person makes of the plan, before it is taken up; from any thread."""
        ...

    def kept_draft(self) -> Plan | None:
        """As it was kept last, while the plan that it was made upon is that of the session."""
        ...

    def write_trace(self, name: str, text: str) -> None: ...
