"""A terminal driver that leaves at once; Textual's own waits twice for keys that nobody presses."""

from __future__ import annotations

import os
import selectors
from codecs import getincrementaldecoder
from contextlib import suppress

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

ESCAPE_WAIT_S = 0.1
"""How long a lone escape waits for the rest of a sequence, as in Textual's own driver."""


class PromptDriver(LinuxDriver):
    _wake: int | None = None
    """Written to when input shall end, so that nobody waits for the next key."""

    def disable_input(self) -> None:
        if self._wake is not None:
            # Not read by the thread: it stays awake until it sees that it shall end.
            with suppress(OSError):
                os.write(self._wake, b"\0")
        super().disable_input()

    def _leave(self) -> None:
        """The terminal was closed under the application; there is nobody left to work for."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._app.exit)

    def run_input_thread(self) -> None:
        awake, self._wake = os.pipe()
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")().decode
        try:
            with selectors.SelectSelector() as selector:
                selector.register(self.fileno, selectors.EVENT_READ)
                selector.register(awake, selectors.EVENT_READ)
                while not self.exit_event.is_set():
                    # Only what has begun may never come to its end; a key wakes us by itself.
                    has_begun = getattr(parser, "_timeout_time", 0.0) is not None
                    waits = ESCAPE_WAIT_S if has_begun else None
                    for key, _ in selector.select(waits):
                        if key.fd != self.fileno:
                            continue
                        typed = _read(self.fileno)
                        if not typed:
                            # A terminal that is gone is always ready to be read, and never says
                            # anything again.
                            self._leave()
                            return
                        for message in parser.feed(decode(typed)):
                            self.process_message(message)
                    for message in parser.tick():
                        self.process_message(message)
        finally:
            wake, self._wake = self._wake, None
            os.close(wake)
            os.close(awake)


def _read(fileno: int) -> bytes:
    try:
        return os.read(fileno, 4096)
    except OSError:
        return b""
