"""A child that leads a process group of its own, and is ended with everything it started."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path

import psutil

MARK = "ITC_RUN_MARK"
"""Set in the child's environment and inherited by all that it starts, however detached."""

STACK_SIGNAL = getattr(signal, "SIGXCPU", None)
"""The reporter dumps all stacks at this one; tests hardly ever use it themselves."""


class ProcessGroup:
    """Owns one child from start to the last of its descendants."""

    def __init__(
        self,
        argv: Sequence[str],
        *,
        cwd: Path,
        env: Mapping[str, str],
        output_fd: int,
        keep_fds: Sequence[int],
    ) -> None:
        self._mark = uuid.uuid4().hex
        self._started_at = time.time()
        self._ending = threading.Lock()
        self._child = subprocess.Popen(
            list(argv),
            cwd=cwd,
            env={**env, MARK: self._mark},
            stdin=subprocess.DEVNULL,
            stdout=output_fd,
            stderr=subprocess.STDOUT,
            pass_fds=tuple(keep_fds),
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        return self._child.pid

    def poll(self) -> int | None:
        """The exit code, negative for a signal; None while it runs."""
        with self._ending:
            return self._child.poll()

    def wait(self, limit_s: float) -> int | None:
        until = time.monotonic() + limit_s
        while (code := self.poll()) is None and time.monotonic() < until:
            time.sleep(0.005)
        return code

    def spent_s(self) -> float:
        """Processor time of the child so far; 0 where nobody can say."""
        try:
            times = psutil.Process(self._child.pid).cpu_times()
        except psutil.Error:
            return 0.0
        return float(times.user + times.system)

    def interrupt(self) -> None:
        """Ask the child itself to finish, as Ctrl-C would."""
        self._signal(signal.SIGINT)

    def ask_for_stacks(self) -> None:
        if STACK_SIGNAL is not None:
            self._signal(STACK_SIGNAL)

    def end_soon(self, grace_s: float) -> None:
        """`end`, without keeping the caller waiting."""
        threading.Thread(target=self.end, args=(grace_s,), name="itc-ending", daemon=True).start()

    def end(self, grace_s: float = 0.0) -> None:
        """End the child and its group: politely for `grace_s`, then not. Safe to repeat."""
        if grace_s and self.poll() is None:
            self.interrupt()
            self.wait(grace_s)
        with self._ending:
            # Once the leader is reaped its number may belong to somebody else.
            if self._child.poll() is None:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(self._child.pid, signal.SIGKILL)
                self._child.wait()

    def end_survivors(self, grace_s: float) -> tuple[str, ...]:
        """End what outlived the child, even in a session of its own; returns their names."""
        survivors = self._survivors()
        if not survivors:
            return ()
        _, staying = psutil.wait_procs(survivors, timeout=grace_s)
        names = tuple(f"{_name_of(process)} ({process.pid})" for process in staying)
        for _ in range(5):  # what is being ended may start more
            for process in staying:
                with contextlib.suppress(psutil.Error):
                    process.kill()
            psutil.wait_procs(staying, timeout=0.5)
            if not (staying := self._survivors()):
                break
        return names

    def _signal(self, number: int) -> None:
        with self._ending, contextlib.suppress(ProcessLookupError, PermissionError):
            if self._child.poll() is None:
                os.kill(self._child.pid, number)

    def _survivors(self) -> list[psutil.Process]:
        return [
            process
            for process in psutil.process_iter(["create_time"])
            if (process.info["create_time"] or 0) >= self._started_at - 1
            and process.pid not in (os.getpid(), self._child.pid)
            and self._is_ours(process)
        ]

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            if process.status() == psutil.STATUS_ZOMBIE:
                return False
            if os.getpgid(process.pid) == self._child.pid:
                return True
            return bool(process.environ().get(MARK) == self._mark)
        except (psutil.Error, OSError):
            return False


def written_bytes(pid: int) -> int:
    """How much a process holds in the file that its standard output goes to; 0 if unknown.

    pytest's capture is such a file: a test that prints without end fills the disk unseen.
    """
    try:
        return Path(f"/proc/{pid}/fd/1").stat().st_size
    except OSError:
        return 0


def _name_of(process: psutil.Process) -> str:
    try:
        return str(process.name())
    except psutil.Error:
        return "a process"
