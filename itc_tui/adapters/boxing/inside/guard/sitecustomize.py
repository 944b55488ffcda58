"""The walls inside Python, for systems whose kernel offers none: an audit hook that refuses.

It holds for Python code and for Python children, not for C code that opens files by itself;
that is why other programs may not be started while it is in force. Standard library only,
Python 3.8 and up. Found as `sitecustomize` by child interpreters, through PYTHONPATH.
"""

from __future__ import annotations

import os
import sys
from typing import Any, NoReturn

GUARD = "ITC_BOX_GUARD"
WRITABLE = "ITC_BOX_WRITABLE"
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
LOOPBACK = ("localhost", "::1", "", "0.0.0.0", "::")
#: Event → (place of a path that changes, place of the folder handle that it is relative to).
CHANGING: dict[str, tuple[tuple[int, int | None], ...]] = {
    "os.remove": ((0, 1),),
    "os.rename": ((0, 2), (1, 3)),
    "os.mkdir": ((0, 2),),
    "os.rmdir": ((0, 1),),
    "os.link": ((1, 3),),
    "os.symlink": ((1, 2),),
    "os.truncate": ((0, None),),
    "os.chmod": ((0, 2),),
    "os.chown": ((0, 3),),
    "os.utime": ((0, 3),),
    "os.setxattr": ((0, None),),
    "os.removexattr": ((0, None),),
    "sqlite3.connect": ((0, None),),
}
STARTING = ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile")
#: Switches under which a child interpreter would not load this guard.
UNGUARDED = ("-I", "-S", "-E")


def refuse(what: str) -> NoReturn:
    raise PermissionError("the box refuses " + what)


def is_writable(path: Any, writable: list[str]) -> bool:
    if isinstance(path, int):
        return True
    path = os.fsdecode(path)
    if path in (":memory:", "") or path.startswith("file:"):
        path = path[5:].split("?")[0] if path.startswith("file:") else os.devnull
    if path in (os.devnull, ":memory:") or path.startswith("/dev/pts"):
        return True
    real = os.path.realpath(path)
    return any(real == place or real.startswith(place + os.sep) for place in writable)


def check_path(event: str, args: tuple[Any, ...], writable: list[str]) -> None:
    if event == "open":
        path, mode, flags = args
        is_writing = isinstance(flags, int) and bool(flags & WRITING)
        is_writing = is_writing or (isinstance(mode, str) and bool(set(mode) & set("wax+")))
        if is_writing and not is_writable(path, writable):
            refuse("writing to " + repr(path))
        if isinstance(path, str) and path.startswith("/proc/") and path.endswith("/environ"):
            refuse("reading " + path)
        # A handle on a folder outside would lend itself to relative paths that nobody can check.
        is_folder = mode is None and isinstance(path, (str, bytes)) and os.path.isdir(path)
        if is_folder and not is_writable(path, writable):
            refuse("a handle on the folder " + repr(path))
        return
    for index, handle in CHANGING.get(event, ()):
        path = args[index]
        is_relative = handle is not None and (args[handle] or -1) >= 0
        if is_relative and isinstance(path, (str, bytes)) and not os.path.isabs(path):
            is_inside = ".." not in os.fsdecode(path).split(os.sep)
        else:
            is_inside = is_writable(path, writable)
        if not is_inside:
            refuse(event + " on " + repr(path))


def check_start(args: tuple[Any, ...]) -> None:
    """Other programs would not know these walls; an ordinary Python child loads them itself."""
    program = os.path.realpath(os.fsdecode(args[0] or ""))
    rest = [os.fsdecode(part) for part in args[1]] if isinstance(args[1], (list, tuple)) else []
    own = (
        os.path.realpath(sys.executable),
        os.path.realpath(getattr(sys, "_base_executable", "") or ""),
    )
    environment = args[-1] if isinstance(args[-1], dict) else os.environ
    keeps = os.path.dirname(__file__) in environment.get("PYTHONPATH", "")
    if program not in own or any(part in UNGUARDED for part in rest[1:4]) or not keeps:
        refuse("starting " + repr(args[0]))


def check_address(args: tuple[Any, ...]) -> None:
    address = args[1] if len(args) > 1 else None
    if isinstance(address, tuple) and address:
        host = str(address[0])
        if host not in LOOPBACK and not host.startswith("127."):
            refuse("connecting to " + host)
    elif isinstance(address, (str, bytes)) and not is_writable(address, writable_places()):
        refuse("connecting to " + repr(address))


def writable_places() -> list[str]:
    return [place for place in os.environ.get(WRITABLE, "").split(os.pathsep) if place]


def install() -> None:
    walls = frozenset(os.environ.get(GUARD, "").split(","))
    writable = writable_places()

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event in ("open", *CHANGING) and "writes" in walls:
            check_path(event, args, writable)
        elif event in ("socket.connect", "socket.sendto", "socket.sendmsg") and "network" in walls:
            check_address(args)
        elif event == "socket.getaddrinfo" and "network" in walls:
            host = args[0]
            host = os.fsdecode(host) if isinstance(host, (str, bytes)) else ""
            if host not in LOOPBACK and not host.startswith("127."):
                refuse("looking up " + host)
        elif event == "os.system":
            refuse("os.system")
        elif event in STARTING:
            check_start(args)

    sys.addaudithook(hook)


if __name__ == "sitecustomize" and os.environ.get(GUARD):
    install()
