"""What the person wants the application for, and where the screens ask it to go next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from itc_tui.ui.outside import Launch


@dataclass(frozen=True)
class Errand:
    """What the person asked for on the command line."""

    topic: str = ""
    resume: str = ""
    """Folder of a session to go on with."""
    review: str = ""
    """Folder of a session to show."""
    follows: bool = False
    """Another process is writing it."""
    step_by_step: bool = False


@dataclass
class Launched(Message):
    launch: Launch


@dataclass
class ReviewWanted(Message):
    folder: str
    follows: bool = False
