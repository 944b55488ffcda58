"""What a long piece of work is: a generator of events that returns its noun."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from typing import Any, TypeAlias, TypeVar

from itc_tui.domain.events import Event, Progressed
from itc_tui.domain.questions import Reply

Noun = TypeVar("Noun")
Message = TypeVar("Message")

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


def heard_out(
    work: Generator[Message, Any, Noun], hear: Callable[[Message], object] = lambda _: None
) -> Noun:
    """Its noun, once each of its messages was heard."""
    while True:
        try:
            message = next(work)
        except StopIteration as end:
            noun: Noun = end.value
            return noun
        hear(message)


def retold(
    work: Generator[Message, Any, Noun], tell: Callable[[Message], Iterable[Event]]
) -> Steps[Noun]:
    """The same, with what each message is worth telling."""
    while True:
        try:
            message = next(work)
        except StopIteration as end:
            noun: Noun = end.value
            return noun
        yield from tell(message)
