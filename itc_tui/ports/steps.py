"""What a long piece of work is: a generator of events that returns its noun."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeAlias, TypeVar

from itc_tui.domain.events import Event
from itc_tui.domain.questions import Reply

Noun = TypeVar("Noun")

Steps: TypeAlias = Generator[Event, Reply | None, Noun]
"""Yields what happened, is sent a reply where it asked, and returns its noun."""
