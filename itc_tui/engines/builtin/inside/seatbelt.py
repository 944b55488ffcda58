"""Keeps a trial from reaching outside its folder, running on for ever, or filling the machine.

The box is the wall; this is the second line, and it lets one trial fail without its neighbours.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from typing import Any, Iterator, Optional, Set, Tuple
from urllib.parse import urlsplit

from itc_tui.engines.builtin.inside.own_time import Allowance, Clock, own_time

#: Events that change something on disk, with the positions of the paths in their arguments.
_WRITING = {
    "os.remove": (0,),
    "os.rename": (0, 1),
    "os.rmdir": (0,),
    "os.mkdir": (0,),
    "os.chmod": (0,),
    "os.chown": (0,),
    "os.link": (1,),
    "os.symlink": (1,),
    "os.truncate": (0,),
    "os.utime": (0,),
    "os.setxattr": (0,),
    "shutil.rmtree": (0,),
    "shutil.move": (0, 1),
    "shutil.copyfile": (1,),
    "sqlite3.connect": (0,),
}
_NEVER = (
    "os.system",
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "os.kill",
    "os.killpg",
    "os.chroot",
    "pty.spawn",
    "subprocess.Popen",
    "signal.pthread_kill",
    "webbrowser.open",
)
#: Event → where its arguments name the host; on this machine itself all of them may be used.
_NAMING_A_HOST = {
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
    "socket.gethostbyaddr": 0,
    "urllib.Request": 0,
    "smtplib.connect": 1,
}
#: What stands there is the system's, and alike wherever the target runs.
_OF_THE_SYSTEM = ("/usr/share/zoneinfo", os.devnull)
_SOON_S = 0.01
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def _host_in(named: Any) -> Optional[str]:
    """Of an address, a host's name or a URL; None for a socket in the file system."""
    if isinstance(named, tuple):
        named = named[0] if named else None
    elif isinstance(named, str) and named.startswith(("/", "\0")):
        return None
    if isinstance(named, bytes):
        named = named.decode("ascii", "replace")
    if not isinstance(named, str):
        return None
    return (urlsplit(named).hostname or "") if "://" in named else named


def _is_below(path: str, roots: Tuple[str, ...]) -> bool:
    return any(path == root or path.startswith(root.rstrip(os.sep) + os.sep) for root in roots)


class OutOfTime(BaseException):
    """A trial ran past its limit; not an Exception, so that the target does not swallow it."""


class OutOfBounds(PermissionError):
    """A trial reached for something outside its folder."""


class Seatbelt:
    """Audit hooks cannot be taken off, so there is one, and it is fastened and opened."""

    def __init__(self) -> None:
        self.is_fastened = False
        self.allowed: Tuple[str, ...] = ()
        self.readable: Tuple[str, ...] = ()
        """Where reading shows the same on every machine: the target, the interpreter."""
        self.was_tight = False
        """Something was refused, or read that lies elsewhere, since it was fastened."""
        self.read: Set[str] = set()
        """What was opened to be read since it was fastened."""
        self.ours: Set[int] = set()
        """Numbers of open files on which we are heard: who is handed one of them may close it."""

    def install(self, *allowed: str, readable: Tuple[str, ...] = ()) -> None:
        self.allowed = tuple(os.path.realpath(path) for path in allowed)
        places = (*readable, *_OF_THE_SYSTEM, sys.prefix, sys.base_prefix, *filter(None, sys.path))
        self.readable = (*self.allowed, *(os.path.realpath(path) for path in places))
        sys.addaudithook(self._hear)

    def keep_what_is_open(self) -> None:
        self.ours = set()
        with contextlib.suppress(OSError, ValueError):
            for number in map(int, os.listdir("/dev/fd")):
                with contextlib.suppress(OSError):  # one of them was open for the list alone
                    os.fstat(number)
                    self.ours.add(number)

    def _hear(self, event: str, args: Tuple[Any, ...]) -> None:
        if not self.is_fastened:
            return
        if event == "open":
            self._hear_open(args)
        elif event in ("os.listdir", "os.scandir"):
            self._hear_reading(args[0] if args and args[0] is not None else ".")
        elif event in _WRITING:
            for position in _WRITING[event]:
                if position < len(args):
                    self._check(args[position], event)
        elif event in _NAMING_A_HOST:
            host = _host_in(args[_NAMING_A_HOST[event]])
            if host is not None and host not in _LOOPBACK:
                self._refuse(event)
        elif event.startswith(_NEVER):
            self._refuse(event)

    def _hear_open(self, args: Tuple[Any, ...]) -> None:
        path, mode, flags = (*args, None, None, 0)[:3]
        writes = bool((flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC))
        if isinstance(mode, str):
            writes = writes or any(letter in mode for letter in "wax+")
        if isinstance(path, int):
            if path in self.ours:
                self._refuse("open")
            return
        if writes:
            self._check(path, "open")
        else:
            self._hear_reading(path)

    def _hear_reading(self, path: Any) -> None:
        """Not refused, for no harm is done; but what is found there is this machine's alone."""
        try:
            self.read.add(os.fsdecode(path))
            real = os.path.realpath(os.fsdecode(path))
        except (TypeError, ValueError):
            return
        if not _is_below(real, self.readable):
            self.was_tight = True

    def _check(self, path: Any, event: str) -> None:
        try:
            text = os.fsdecode(path)
        except TypeError:
            return
        if text in (":memory:", os.devnull, ""):
            return
        real = os.path.realpath(text)
        if not _is_below(real, self.allowed):
            self._refuse(event)

    def _refuse(self, event: str) -> None:
        self.was_tight = True
        raise OutOfBounds("%s is not allowed here" % event)


SEATBELT = Seatbelt()


@contextlib.contextmanager
def fastened(limit_s: float, clock: Clock = own_time) -> Iterator[None]:
    """Run the block with the belt on and an alarm set, by the clock of our own time."""

    def ring(_signum: int, _frame: Any) -> None:
        SEATBELT.is_fastened = False  # the look at the clock is ours
        left_s = allowance.left_s
        SEATBELT.is_fastened = True
        if left_s:  # others kept the processors busy meanwhile
            signal.setitimer(signal.ITIMER_REAL, max(left_s, _SOON_S))
            return
        signal.setitimer(signal.ITIMER_REAL, 0.2)  # again, should the target swallow it
        raise OutOfTime("more than %.1f s" % limit_s)

    allowance = Allowance(limit_s, clock)
    before = signal.signal(signal.SIGALRM, ring)
    SEATBELT.is_fastened, SEATBELT.was_tight, SEATBELT.read = True, False, set()
    signal.setitimer(signal.ITIMER_REAL, limit_s)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        SEATBELT.is_fastened = False
        signal.signal(signal.SIGALRM, before)


def limit_memory(megabytes: int) -> None:
    """Ask the system for a ceiling; where it knows none, the box has its own."""
    try:
        import resource
    except ImportError:
        return
    for kind, amount in (
        (resource.RLIMIT_AS, megabytes << 20),
        (resource.RLIMIT_FSIZE, 64 << 20),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (amount, amount))
