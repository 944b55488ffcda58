"""The smaller things that the loop asks for: time, names, a tracker, news from the disk."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from itc_tui.domain.known_names import KnownNames


class Clock(Protocol):
    def now(self) -> datetime: ...

    def monotonic(self) -> float: ...


class Library(Protocol):
    """What a test can import where it runs."""

    def known_names(self) -> KnownNames:
        """The target's own modules with their signatures, and what else is importable."""
        ...


class IssueDesk(Protocol):
    """Where findings are filed."""

    def file_issue(self, title: str, body: str) -> str:
        """An address where there is a tracker, else the path of a ready Markdown file."""
        ...


class Watcher(Protocol):
    """Notices what the person changes on disk."""

    def changed_paths(self) -> tuple[str, ...]:
        """Paths under the root that changed since the last call, without our own writes."""
        ...
