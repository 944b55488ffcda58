"""Linux's namespaces: from here on, this process has a network of nothing but loopback."""

from __future__ import annotations

import ctypes
import os
import socket
import struct
import sys
from pathlib import Path

_CLONE_NEWNS, _CLONE_NEWIPC, _CLONE_NEWUSER, _CLONE_NEWNET = (
    0x00020000,
    0x08000000,
    0x10000000,
    0x40000000,
)
_MS_NOSUID, _MS_NODEV, _MS_REC, _MS_PRIVATE = 2, 4, 1 << 14, 1 << 18
_GET_FLAGS, _SET_FLAGS, _IS_UP = 0x8913, 0x8914, 0x1


def leave_the_network() -> None:
    """Enter a new network namespace and bring its loopback up; raises OSError if it cannot."""
    if not sys.platform.startswith("linux"):
        raise OSError("only Linux has network namespaces")
    user, group = os.geteuid(), os.getegid()
    _unshare(_CLONE_NEWUSER | _CLONE_NEWNET | _CLONE_NEWNS | _CLONE_NEWIPC)
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    _bring_loopback_up()


def hide_shared_places(python: str) -> tuple[str, ...]:
    """Mount empty folders over where other programs' sockets and memory are; says which.

    A socket file is a door that neither of the other walls closes (Docker's, say).
    """
    hidden = []
    if _mount("none", "/", None, _MS_REC | _MS_PRIVATE):
        return ()
    for place in ("/dev/shm", "/run"):
        if not Path(place).is_dir() or Path(place).is_symlink():
            continue
        if Path(python).resolve().is_relative_to(place):
            continue
        if not _mount("tmpfs", place, "tmpfs", _MS_NOSUID | _MS_NODEV):
            hidden.append(place)
    return tuple(hidden)


def _unshare(flags: int) -> None:
    if _libc().unshare(flags) != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"unshare: {os.strerror(code)}")


def _mount(source: str, target: str, kind: str | None, flags: int) -> int:
    return int(
        _libc().mount(
            source.encode(),
            target.encode(),
            kind.encode() if kind else None,
            ctypes.c_ulong(flags),
            None,
        )
    )


def _bring_loopback_up() -> None:
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        asked = struct.pack("16sH14s", b"lo", 0, b"")
        flags = struct.unpack("16sH14s", fcntl.ioctl(probe, _GET_FLAGS, asked))[1]
        fcntl.ioctl(probe, _SET_FLAGS, struct.pack("16sH14s", b"lo", flags | _IS_UP, b""))


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
