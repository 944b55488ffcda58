"""What the loop asks the person, and how it is answered."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from itc_tui.domain.record import Record


class Topic(StrEnum):
    CONSENT = "consent"
    """May the target's code be run in the box?"""
    MODULE = "module"
    """Nothing matched the description: which modules are meant?"""
    PLAN = "plan"
    """The strategy confirmation with its four choices."""
    FIX = "fix"
    """Step mode: take this fix, edit it, or leave it."""
    NEXT_STEPS = "next_steps"
    """The completion's four choices."""


class Choice(Record):
    key: str
    """One letter, which answers alone."""
    name: str
    label: str
    consequence: str
    is_recommended: bool = False


class Question(Record):
    topic: Topic
    text: str
    choices: tuple[Choice, ...]
    detail: str = ""

    @property
    def recommended(self) -> Choice:
        return next((choice for choice in self.choices if choice.is_recommended), self.choices[0])


class Reply(Record):
    """What came back: the name of a choice, and what the person changed along the way."""

    choice: str
    note: str = ""
    payload: Any = None
    """A `Plan` for the plan's question, a list of modules, an edited fix."""
