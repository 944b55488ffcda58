"""What a program was seen to read of the surroundings of whoever runs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Surroundings:
    missing: frozenset[str] = frozenset()
    """Environment variables that the target asked for, and that are not set here."""
    there: frozenset[str] = frozenset()
    """Those that it asked for, and that whoever runs it has set."""
    idle: frozenset[str] = frozenset()
    """Those that the program sets for nobody."""
    files: frozenset[str] = frozenset()
    """Names of files that it looked for where it happened to run."""
    lacking: frozenset[str] = frozenset()
    """Names of the target that stand for a package which is not installed here, with what they
    are in its place: `'shop.grid.numpy', None`."""


NOTHING = Surroundings()


def surroundings_in(row: Mapping[str, Any]) -> Surroundings:
    """As an observation tells them."""
    names = row.get("surroundings", {})
    return Surroundings(**{kind: frozenset(own) for kind, own in names.items()})
