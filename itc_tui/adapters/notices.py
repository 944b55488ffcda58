"""Reaches a person who looks elsewhere: by the terminal's own notification, else the desktop's."""

from __future__ import annotations

import base64
import contextlib
import html
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence

from itc_tui.domain.plain_text import clean_line

LONGEST = 200
DESKTOP_LIMIT_S = 5.0
"""A desktop that does not answer is not waited for; the tool is ended."""

_ST = "\x1b\\"
_OSC_9 = {"iTerm.app", "ghostty", "WarpTerminal"}
_OSC_777 = {"WezTerm"}
_APPLE_SCRIPT = (
    "on run argv",
    "display notification (item 2 of argv) with title (item 1 of argv)",
    "end run",
)


class Notices:
    """One for the life of the application; `close` leaves no process behind."""

    def __init__(
        self, environment: Mapping[str, str] | None = None, platform: str = sys.platform
    ) -> None:
        self._environment = os.environ if environment is None else environment
        self._platform = platform
        self._running: set[subprocess.Popen[bytes]] = set()

    def tell(self, way: str, title: str, body: str) -> str:
        """What the terminal has to be sent for it; empty when the desktop is told, or nobody.

        `auto` takes the terminal where it is known to understand, because that works over SSH and
        brings the right window to the front; then the desktop; then the terminal around tmux,
        which lets a sequence through only where `allow-passthrough` is on.
        """
        title, body = clean_line(title, LONGEST), clean_line(body, LONGEST)
        sequence = terminal_sequence(self._environment, title, body, is_sure=way != "terminal")
        is_direct = bool(sequence) and not self._environment.get("TMUX")
        if way == "off":
            return ""
        if way == "terminal" or (way == "auto" and is_direct):
            return sequence
        if command := self._desktop_command(title, body):
            self._start(command)
            return ""
        return sequence if way == "auto" else ""

    def close(self) -> None:
        for process in list(self._running):
            _end(process)

    def _desktop_command(self, title: str, body: str) -> Sequence[str]:
        """On the machine that the person sits at, and nowhere else."""
        if any(self._environment.get(name) for name in ("SSH_CONNECTION", "SSH_TTY")):
            return ()
        path = self._environment.get("PATH")
        if self._platform == "darwin" and (tool := shutil.which("osascript", path=path)):
            script = [word for line in _APPLE_SCRIPT for word in ("-e", line)]
            return (tool, *script, title, body)
        has_screen = any(self._environment.get(name) for name in ("WAYLAND_DISPLAY", "DISPLAY"))
        if has_screen and (tool := shutil.which("notify-send", path=path)):
            # The body is markup to most desktops; the title to none.
            return (tool, "--app-name=itc", "--", title, html.escape(body, quote=False))
        return ()

    def _start(self, command: Sequence[str]) -> None:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=dict(self._environment),
                start_new_session=True,
            )
        except OSError:
            return  # nothing hangs on it
        self._running.add(process)
        threading.Thread(target=self._await_end, args=(process,), daemon=True).start()

    def _await_end(self, process: subprocess.Popen[bytes]) -> None:
        try:
            process.wait(DESKTOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            _end(process)
        self._running.discard(process)


def terminal_sequence(
    environment: Mapping[str, str], title: str, body: str, *, is_sure: bool = True
) -> str:
    """In the way that this terminal is known to understand; else empty, or a guess if not sure."""
    kind = _protocol(environment) or ("" if is_sure else "9")
    if not kind:
        return ""
    if kind == "99":
        # Kitty itself leaves it out while its window has the focus.
        sequence = (
            f"\x1b]99;i=itc:d=0:e=1:o=unfocused:p=title;{_encoded(title)}{_ST}"
            f"\x1b]99;i=itc:d=1:e=1:o=unfocused:p=body;{_encoded(body)}{_ST}"
        )
    elif kind == "777":
        sequence = f"\x1b]777;notify;{title.replace(';', ',')};{body.replace(';', ',')}{_ST}"
    else:
        sequence = f"\x1b]9;{title}: {body}{_ST}"
    if environment.get("TMUX"):
        return f"\x1bPtmux;{sequence.replace(chr(27), chr(27) * 2)}{_ST}"
    return sequence


def _protocol(environment: Mapping[str, str]) -> str:
    """Of the terminal itself, also where tmux stands between and has put its own name."""
    program = environment.get("TERM_PROGRAM") or environment.get("LC_TERMINAL") or ""
    term = environment.get("TERM", "")
    if environment.get("KITTY_WINDOW_ID") or term == "xterm-kitty":
        return "99"
    if (
        program in _OSC_777
        or environment.get("WEZTERM_PANE")
        or term.startswith(("foot", "wezterm"))
    ):
        return "777"
    is_iterm = environment.get("ITERM_SESSION_ID") or environment.get("LC_TERMINAL") == "iTerm2"
    if program in _OSC_9 or is_iterm or environment.get("GHOSTTY_RESOURCES_DIR"):
        return "9"
    return "9" if term == "xterm-ghostty" else ""


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
