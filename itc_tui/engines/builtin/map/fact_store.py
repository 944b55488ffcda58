"""Keeps facts by the content they were read from, so that nothing is parsed twice."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from itc_tui.engines.builtin.map.facts import FORMAT

STALE_S = 30 * 24 * 3600
_VERSION = f"{FORMAT}/{sys.version_info[0]}.{sys.version_info[1]}"


def digest_of(content: bytes, *more: object) -> str:
    """Content, and whatever else its facts depend on."""
    mark = hashlib.sha256(content)
    mark.update(json.dumps([_VERSION, *more]).encode())
    return mark.hexdigest()


class FactStore:
    """JSON in SQLite: nothing that somebody put into the cache can run.

    Whatever is wrong with the cache only costs time: a damaged one is thrown away.
    """

    def __init__(self, folder: Path | None) -> None:
        self._file = folder / "facts.sqlite3" if folder else None
        self._connection = self._open()

    def load(self, digests: Iterable[str]) -> dict[str, Any]:
        """What is known of these, and only of these."""
        if self._connection is None:
            return {}
        wanted, found = list(dict.fromkeys(digests)), {}
        try:
            for start in range(0, len(wanted), 500):
                part = wanted[start : start + 500]
                marks = ",".join("?" * len(part))
                rows = self._connection.execute(
                    f"SELECT digest, body FROM facts WHERE digest IN ({marks})", part
                )
                found.update({digest: json.loads(body) for digest, body in rows})
        except (sqlite3.Error, ValueError):
            return {}
        return found

    def save(self, entries: dict[str, Any], used: Iterable[str] = ()) -> None:
        if self._connection is None:
            return
        now = int(time.time())
        rows = [
            (digest, json.dumps(body, separators=(",", ":")), now)
            for digest, body in entries.items()
        ]
        with contextlib.suppress(sqlite3.Error), self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?, ?)", rows)
            self._connection.executemany(
                "UPDATE facts SET used = ? WHERE digest = ? AND used < ?",
                [(now, digest, now - STALE_S // 10) for digest in used],
            )
            self._connection.execute("DELETE FROM facts WHERE used < ?", (now - STALE_S,))

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> sqlite3.Connection | None:
        if self._file is None:
            return None
        for _ in range(2):
            connection = None
            try:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                connection = sqlite3.connect(self._file, timeout=2)
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS facts"
                    " (digest TEXT PRIMARY KEY, body TEXT, used INT)"
                )
            except sqlite3.OperationalError:
                return None  # locked, or a folder that cannot be written
            except sqlite3.DatabaseError:
                if connection is not None:
                    connection.close()
                with contextlib.suppress(OSError):
                    self._file.unlink()
            except OSError:
                return None
            else:
                return connection
        return None
