"""How the person left the application; the command line makes an exit code of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from itc_tui.domain.state import State


@dataclass(frozen=True, slots=True)
class Left:
    """Nothing of it is set when no loop was begun."""

    state: State | None = None
    """What the last loop returned; None when none came to its end."""
    was_stopped: bool = False
    trouble: str = ""
    """The sentence with which the last loop ended, when something was wrong."""
