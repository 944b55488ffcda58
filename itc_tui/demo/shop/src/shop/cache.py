"""A cache in memory whose entries expire."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class TtlCache(Generic[K, V]):
    """Remembers values for some seconds, by the clock it is given.

    >>> now = [0.0]
    >>> cache = TtlCache(seconds=60, clock=lambda: now[0])
    >>> cache.get_or_load("tea", lambda: "fetched at 0")
    'fetched at 0'
    >>> now[0] = 59.0
    >>> cache.get_or_load("tea", lambda: "fetched at 59")
    'fetched at 0'
    >>> now[0] = 60.0
    >>> cache.get_or_load("tea", lambda: "fetched at 60")
    'fetched at 60'
    """

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._entries: dict[K, tuple[float, V]] = {}

    def get_or_load(self, key: K, load: Callable[[], V]) -> V:
        """The remembered value, or what `load` returns; what `load` raises is not remembered."""
        entry = self._entries.get(key)
        if entry is not None and self._clock() < entry[0]:
            return entry[1]
        value = load()
        self._entries[key] = (self._clock() + self._seconds, value)
        return value

    def forget(self, key: K) -> None:
        """Drop one entry; nothing happens where there is none."""
        self._entries.pop(key, None)

    def __len__(self) -> int:
        return sum(expires > self._clock() for expires, _ in self._entries.values())
