"""Keeps the log as a person left it, before our next writing brings our sections up to date."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from itc_tui.domain.trouble import SessionTrouble

_OURS = "reflection-log.sha256"
_KEPT = "reflection-log-by-hand-{}.md"


class LogEdits:
    """Knows what we wrote, also in an earlier process, by its digest."""

    def __init__(self, trace_dir: Path, write: Callable[[Path, bytes], None]) -> None:
        self._trace_dir = trace_dir
        self._write = write

    def keep_edit(self, there: bytes, coming: bytes) -> str:
        """Call before the log is written; the name of the copy, when a person changed it."""
        ours = self._ours()
        if not ours or _digest(there) in (*ours, _digest(coming)):
            self.expect(coming, there)
            return ""
        name = self._copied(there)
        self.expect(coming)
        return name

    def expect(self, coming: bytes, there: bytes | None = None) -> None:
        """What stands as well as what is about to: a killed process leaves one or the other."""
        known = [content for content in (there, coming) if content is not None]
        lines = "".join(f"{_digest(content)}\n" for content in known)
        with suppress(SessionTrouble):  # a full disk is told by the log itself, which comes next
            self._write(self._trace_dir / _OURS, lines.encode("ascii"))

    def _ours(self) -> tuple[str, ...]:
        """Nothing where nobody knows, as in a session of an earlier version."""
        try:
            return tuple((self._trace_dir / _OURS).read_text(encoding="ascii").split())
        except (OSError, UnicodeDecodeError):
            return ()

    def _copied(self, content: bytes) -> str:
        number = 1
        while (file := self._trace_dir / _KEPT.format(number)).exists():
            number += 1
        self._write(file, content)
        return f"{self._trace_dir.name}/{file.name}"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
