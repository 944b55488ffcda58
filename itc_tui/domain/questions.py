"""What the loop asks the person, and how it is answered."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import Field

from itc_tui.domain.record import Record


class Topic(StrEnum):
    CONSENT = "consent"
    """May the target's code be run in the box?"""
    MODULE = "module"
    """Nothing matched the description: which modules are meant?"""
    PLAN = "plan"
    """The strategy confirmation with its four choices."""
    STEP = "step"
    """Step mode: this comes next; shall it?"""
    STRATEGY = "strategy"
    """Step mode: one of the four, or no fix in this iteration."""
    FAILURES = "failures"
    """Step mode: which failures an iteration takes on."""
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
    about: str = ""
    """What it would take on: the names of tests."""


class Option(Record):
    """One of several things that can be ticked."""

    name: str
    label: str
    note: str = ""
    is_ticked: bool = False


class Ahead(Record):
    """The step that is about to begin, so that it can be told in any language."""

    step: str
    """`explore`, `design`, `develop`, `commit`, or a step of an iteration."""
    phase: int
    facts: dict[str, str] = Field(default_factory=dict)
    """What it will be done with, by the names of the blanks in its words."""
    may_be_skipped: bool = False


class Question(Record):
    topic: Topic
    text: str
    choices: tuple[Choice, ...]
    detail: str = ""
    options: tuple[Option, ...] = ()
    """To be ticked before a choice is made; the reply's payload names those that are."""
    problem: str = ""
    """Why the answer before this one could not be taken."""
    ahead: Ahead | None = None

    @property
    def recommended(self) -> Choice:
        return next((choice for choice in self.choices if choice.is_recommended), self.choices[0])


class Reply(Record):
    """What came back: the name of a choice, and what the person changed along the way."""

    choice: str
    note: str = ""
    payload: Any = None
    """A `Plan` for the plan's question, a list of modules, ticked names, an edited fix."""
