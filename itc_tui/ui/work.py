"""Long work as the screen shows it: the steps that were outlined, and how far each has come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from itc_tui.domain.events import Progressed, WorkOutlined


@dataclass(frozen=True, slots=True)
class WorkStep:
    name: str
    began_at: str = ""
    """Time with zone; empty before it begins, and for good when it is passed over."""
    ended_at: str = ""
    progress: Progressed | None = None
    """The last that it told."""
    found: str = ""
    """What has come of it, also when the last thing told says nothing of that."""


@dataclass(frozen=True, slots=True)
class Work:
    steps: tuple[WorkStep, ...] = ()

    @property
    def at(self) -> int:
        """Where the work is, from 0; -1 before the first step."""
        begun = [place for place, step in enumerate(self.steps) if step.began_at]
        return begun[-1] if begun else -1


def outlined(event: WorkOutlined) -> Work:
    return Work(tuple(WorkStep(name) for name in event.steps))


def moved_on(work: Work | None, event: Progressed) -> Work | None:
    """A step that begins ends the one before; of what was not outlined nothing is told here."""
    place = _place(work, event.step)
    if work is None or place is None:
        return work
    steps = list(work.steps)
    now = event.at or "?"
    before = work.at
    if 0 <= before < place:
        steps[before] = replace(steps[before], ended_at=now)
    step = steps[place]
    steps[place] = replace(
        step,
        began_at=step.began_at or now,
        progress=event,
        found=event.found or step.found,
    )
    return replace(work, steps=tuple(steps))


def ended(work: Work, at: str) -> Work:
    """Nothing of it goes on any more."""
    if work.at < 0:
        return work
    steps = list(work.steps)
    last = steps[work.at]
    steps[work.at] = replace(last, ended_at=last.ended_at or at or "?")
    return replace(work, steps=tuple(steps))


def _place(work: Work | None, name: str) -> int | None:
    """Not before where the work is: a part of a later step may be named like an earlier one."""
    if work is None or not name:
        return None
    found = (at for at, step in enumerate(work.steps) if step.name == name and at >= work.at)
    return next(found, None)
