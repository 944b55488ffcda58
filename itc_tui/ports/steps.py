"""What a long piece of work is: a generator of events that returns its noun."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeAlias, TypeVar

from itc_tui.domain.events import Event, Progressed
from itc_tui.domain.questions import Reply

Noun = TypeVar("Noun")

Steps: TypeAlias = Generator[Event, Reply | None, Noun]
"""Yields what happened, is sent a reply where it asked, and returns its noun."""


def as_step(name: str, work: Steps[Noun]) -> Steps[Noun]:
    """The same work, whose progress says which step of an outline it is; it asks nothing."""
    yield Progressed(what=name, step=name)
    try:
        while True:
            event = next(work)
            if isinstance(event, Progressed) and not event.step:
                event = event.but(step=name)
            yield event
    except StopIteration as end:
        noun: Noun = end.value
        return noun
    finally:
        work.close()
