"""A moment at which long work says how far it is, and may be held."""

from __future__ import annotations

from time import monotonic


class Breath:
    """When long work stops for a moment: it is told how far it is, and may be held there."""

    EVERY_S = 0.5

    def __init__(self) -> None:
        self._taken_at = monotonic()

    @property
    def is_due(self) -> bool:
        return monotonic() - self._taken_at >= self.EVERY_S

    def take(self) -> None:
        self._taken_at = monotonic()
