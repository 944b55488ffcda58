"""Ways out of the application, and how it was left; the command line makes an exit code of it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App

    from itc_tui.domain.state import State

MEANT_S = 4.0
"""A second ctrl+c within that time is meant; the first may be a habit, or a copy of nothing."""


@dataclass(frozen=True, slots=True)
class Left:
    """Nothing of it is set when no loop was begun."""

    state: State | None = None
    """What the last loop returned; None when none came to its end."""
    was_stopped: bool = False
    has_session: bool = False
    """One can go on with it; there is none before its folder is made."""
    trouble: str = ""
    """The sentence with which the last loop ended, when something was wrong."""


class Insistence:
    """Whether the same wish came twice in a row; once is asked back about."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._wished_at = float("-inf")

    def is_meant(self) -> bool:
        before, self._wished_at = self._wished_at, self._clock()
        return self._wished_at - before <= MEANT_S


def quit_on_signals(app: App[Left]) -> None:
    """Being told to end is like `q`: the loop ends, and the terminal is as it was."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None:
            with suppress(NotImplementedError, RuntimeError, ValueError):
                asyncio.get_running_loop().add_signal_handler(
                    number, lambda: app.call_later(app.action_quit)
                )
