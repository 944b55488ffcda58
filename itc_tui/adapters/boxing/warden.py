"""Stands between us and the code in the box: builds the walls, watches, and ends everything.

Runs as a process of its own (`python -m itc_tui.adapters.boxing.warden SPEC`), so that it keeps
watch while nobody asks for the next line, and when our own process is killed: its standard
input then closes, and that is its sign to end all.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from itc_tui.adapters.boxing.landlock import forbid_writes_outside
from itc_tui.adapters.boxing.namespaces import hide_shared_places, leave_the_network
from itc_tui.adapters.boxing.survivors import (
    adopt_orphans,
    descendants,
    die_with_parent,
    end_all,
    marked,
)

GUARD = "ITC_BOX_GUARD"
MOST_PROCESSES = 128
_WALLS = ("network", "writes")
_LOOK_S = 0.1
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty")


@dataclass(frozen=True)
class Spec:
    command: list[str]
    environment: dict[str, str]
    cwd: str
    writable: list[str]
    stdin_file: str
    limit_s: float
    memory_mb: int
    mark: str
    result_fd: int
    status_fd: int
    guard_dir: str
    allow_kernel_walls: bool = True


@dataclass
class Verdict:
    exit_code: int | None = None
    ended_by: str = ""
    survivors: int = 0
    walls: dict[str, Any] = field(default_factory=dict)
    trouble: str = ""


def main() -> None:
    spec = Spec(**json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    adopt_orphans()
    wake_read, wake_write = os.pipe()
    os.set_blocking(wake_write, False)
    signal.set_wakeup_fd(wake_write)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    pid, verdict = _start(spec)
    os.close(spec.result_fd)
    if pid:
        _watch(pid, spec, verdict, wake_read)
        verdict.survivors = _clear(spec.mark, ours=pid)
    with contextlib.suppress(OSError), os.fdopen(spec.status_fd, "w") as status:
        json.dump(verdict.__dict__, status)


def _start(spec: Spec) -> tuple[int, Verdict]:
    """Try the strongest walls first; fall back to those that hold inside Python only."""
    told: dict[str, Any] = {}
    reasons: list[str] = []
    for with_network in (True, False) if spec.allow_kernel_walls else (False,):
        pid, told = _fork(spec, with_network=with_network)
        reasons += told.get("notes", [])
        if not told.get("failed"):
            return pid, Verdict(walls={**told, "notes": reasons})
        os.waitpid(pid, 0)
    return 0, Verdict(trouble=told.get("failed", "the box could not be started"), walls=told)


def _fork(spec: Spec, *, with_network: bool) -> tuple[int, dict[str, Any]]:
    told_read, told_write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(told_read)
        _become(spec, told_write, with_network=with_network)
    os.close(told_write)
    with os.fdopen(told_read) as told:
        text = told.read()
    return pid, json.loads(text) if text else {"failed": "the box ended before it began"}


def _become(spec: Spec, told: int, *, with_network: bool) -> None:
    """In the forked child: raise the walls, say so, and turn into the target's interpreter."""
    walls: dict[str, Any] = {"network": "guard", "writes": "guard", "notes": []}
    try:
        os.close(spec.status_fd)
        os.setsid()
        die_with_parent()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        writable = [Path(folder) for folder in spec.writable]
        if with_network:
            leave_the_network()
            walls["network"] = "namespace"
            hidden = hide_shared_places(spec.command[0])
            if "/dev/shm" in hidden:
                writable.append(Path("/dev/shm"))
        if spec.allow_kernel_walls:
            try:
                forbid_writes_outside(writable, [Path(device) for device in _DEVICES])
                walls["writes"] = "landlock"
            except OSError as error:
                walls["notes"].append(f"no Landlock: {error}")
        environment = _guarded(spec, [name for name in _WALLS if walls[name] == "guard"])
        _bound(spec)
        source = os.open(spec.stdin_file or os.devnull, os.O_RDONLY)
        os.dup2(source, 0)
        os.chdir(spec.cwd)
        os.set_inheritable(spec.result_fd, True)
        os.write(told, json.dumps(walls).encode())
        os.execve(spec.command[0], spec.command, environment)
    except BaseException as error:
        failed: dict[str, Any] = {"failed": f"{type(error).__name__}: {error}"}
        if with_network:
            failed["notes"] = [f"no network namespace: {error}"]
        with contextlib.suppress(OSError):
            os.write(told, json.dumps(failed).encode())
    os._exit(127)


def _guarded(spec: Spec, walls: list[str]) -> dict[str, str]:
    """Child interpreters find the guard through their path, where it is needed at all."""
    environment = dict(spec.environment)
    if walls:
        environment[GUARD] = ",".join(walls)
        path = [part for part in (environment.get("PYTHONPATH"), spec.guard_dir) if part]
        environment["PYTHONPATH"] = os.pathsep.join(path)
    return environment


def _bound(spec: Spec) -> None:
    import resource

    # Address space is reserved far beyond what is used; what is used is watched.
    space = max(spec.memory_mb * 4, 4096) * 1024 * 1024
    for what, most in (
        (resource.RLIMIT_AS, space),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 1 << 30),
    ):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(what, (most, most))


def _watch(pid: int, spec: Spec, verdict: Verdict, wake: int) -> None:
    """Until it ends by itself, is told to, or takes more than it may."""
    deadline = time.monotonic() + spec.limit_s
    while True:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            verdict.exit_code = os.waitstatus_to_exitcode(status)
            return
        ready, _, _ = select.select([0, wake], [], [], _LOOK_S)
        if wake in ready:
            os.read(wake, 512)
            _reap_orphans(pid)
            continue
        if 0 in ready:
            verdict.ended_by = "stopped"
        elif time.monotonic() > deadline:
            verdict.ended_by = "time"
        else:
            verdict.ended_by = _excess(spec)
        if verdict.ended_by:
            return


def _excess(spec: Spec) -> str:
    processes = descendants(os.getpid())
    if len(processes) > MOST_PROCESSES:
        return "processes"
    most = spec.memory_mb * 1024 * 1024
    # Forks share most of their pages: the quick count says "perhaps", the exact one decides.
    if sum(map(_resident, processes)) > most and sum(map(_own_share, processes)) > most:
        return "memory"
    return ""


def _resident(process: psutil.Process) -> int:
    with contextlib.suppress(psutil.Error):
        return int(process.memory_info().rss)
    return 0


def _own_share(process: psutil.Process) -> int:
    with contextlib.suppress(psutil.Error):
        exact = process.memory_full_info()
        return int(getattr(exact, "pss", exact.rss))
    return 0


def _reap_orphans(but: int) -> None:
    for process in descendants(os.getpid()):
        if process.pid != but:
            with contextlib.suppress(ChildProcessError, OSError):
                os.waitpid(process.pid, os.WNOHANG)


def _clear(mark: str, ours: int) -> int:
    """Kill until nobody is left: a fork between our look and our blow would get away otherwise."""
    with contextlib.suppress(OSError):
        os.killpg(ours, signal.SIGKILL)
    ended = 0
    for _ in range(50):
        living = [process for process in descendants(os.getpid()) if process.pid != ours]
        killed = end_all(living)
        ended += killed
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        if not killed and not descendants(os.getpid()):
            break
        time.sleep(0.005)
    if not sys.platform.startswith("linux"):
        ended += end_all([process for process in marked(mark) if process.pid != os.getpid()])
    return ended


if __name__ == "__main__":
    main()
