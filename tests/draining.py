"""Take a long piece of work to its end at once: what it returns, and what it told before."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, TypeVar

Told = TypeVar("Told")
Noun = TypeVar("Noun")


def drained(steps: Generator[Told, Any, Noun]) -> tuple[Noun, list[Told]]:
    """What the steps return, and the events before."""
    told: list[Told] = []
    while True:
        try:
            told.append(next(steps))
        except StopIteration as end:
            return end.value, told


def finished(steps: Generator[Any, Any, Noun]) -> Noun:
    return drained(steps)[0]
