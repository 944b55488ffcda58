"""A session's events for those who look on: loads no more than reading them takes."""

from __future__ import annotations

from collections.abc import Iterable

from itc_tui.adapters.session.session_shelf import read_events
from itc_tui.domain.events import Event


def events_in(folder: str) -> Iterable[Event]:
    return read_events(folder)
