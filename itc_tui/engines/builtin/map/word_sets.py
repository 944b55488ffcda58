"""Sets of words that read like prose in the source."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())
