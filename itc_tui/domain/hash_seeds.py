"""Hash seeds for repeated runs."""

from __future__ import annotations


def spread(seed: int) -> int:
    """Far apart: small neighbours order small sets alike, and hide what is unordered."""
    return seed * 2654435761 % 4294967295
