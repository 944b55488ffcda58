"""Signals while the loop runs without a screen: the first stops it, the second ends it."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator

from itc_tui.ports import StopSwitch


@contextlib.contextmanager
def signals_pull(stop: StopSwitch) -> Iterator[None]:
    """The first signal stops in good order; a second one ends at once."""
    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    # `nohup itc …` is meant to outlive its terminal.
    names = [name for name in names if not (name == "SIGHUP" and _is_ignored(name))]

    def pull(*_: object) -> None:
        if stop.is_pulled:
            raise KeyboardInterrupt
        stop.pull()

    before = {name: signal.signal(getattr(signal, name), pull) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def _is_ignored(name: str) -> bool:
    return signal.getsignal(getattr(signal, name)) is signal.SIG_IGN
