"""What a plan cannot hold of its cases, kept beside it for developing and for a resumed session."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from itc_tui.engines.builtin.witnesses import Witness, as_json, from_cache

_FILE = "witnesses.json"


@dataclass(frozen=True)
class Prepared:
    """A planned case with everything that its test needs."""

    input: str
    expected: str
    witness: Witness
    telling: dict[str, str]
    """What the test's docstring says: see `Telling`."""


class Cache:
    def __init__(self, folder: Path) -> None:
        self._file = folder / _FILE

    def save(self, rows: Iterable[Prepared]) -> None:
        """Beside what is known already: a plan that is extended keeps its earlier cases."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        body = self._raw() | {
            _digest(row.input): {
                "expected": row.expected,
                "input": row.input,
                "witness": as_json(row.witness),
                "telling": row.telling,
            }
            for row in rows
        }
        part = self._file.with_suffix(".part")
        part.write_text(json.dumps(body), encoding="utf-8")
        part.replace(self._file)

    def load(self) -> dict[str, Prepared]:
        """By the digest of the input. A damaged cache is an empty one: everything can be redone."""
        try:
            body = self._raw()
            return {
                digest: Prepared(
                    row["input"], row["expected"], from_cache(row["witness"]), row["telling"]
                )
                for digest, row in body.items()
            }
        except (ValueError, KeyError, TypeError):
            return {}

    def _raw(self) -> dict[str, Any]:
        try:
            body = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return body if isinstance(body, dict) else {}


def find(prepared: dict[str, Prepared], text: str) -> Prepared | None:
    return prepared.get(_digest(text))


def _digest(text: str) -> str:
    return hashlib.sha256(text.strip().encode()).hexdigest()[:24]
