"""Past and running sessions as a person looks at them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from itc_tui.domain.events import Event
from itc_tui.domain.record import Record
from itc_tui.domain.state import State


class SessionListing(Record):
    """One line of the list of sessions."""

    session_id: str
    path: str
    module: str = ""
    phase: str = ""
    started: str = ""
    pass_rate: float | None = None
    """Of the last full run; None when there was none."""
    result: str = ""
    iterations: int = 0
    taken_back: Literal["", "part", "all"] = ""
    """What a person took back since the last full run; the rate and the result are of before."""
    is_being_written: bool = False
    problem: str = ""
    """Why it cannot be opened; all else is empty then."""


@dataclass(frozen=True)
class OpenedSession:
    """One session, to be read."""

    path: str
    state: State
    events: Iterable[Event]
