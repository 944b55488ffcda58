"""Runs code that nobody vouches for in a scratch copy behind walls, and leaves nothing of it.

The walls are the kernel's where it offers them (a network namespace, Landlock) and an audit hook
inside Python where it does not; every report says which. A warden process stands between: it
watches time, memory and processes, and ends everything when it is told to or when we are gone.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import weakref
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import itc_tui
from itc_tui.adapters.boxing import inside
from itc_tui.adapters.boxing.environment import boxed_environment
from itc_tui.adapters.boxing.pipes import BoundedOutput, LineQueue
from itc_tui.adapters.boxing.scratch import ScratchTree
from itc_tui.adapters.boxing.side_by_side import Run, RunOfAll, Work, processors, side_by_side
from itc_tui.adapters.boxing.survivors import MARKER, end_all, marked
from itc_tui.domain.target import Target
from itc_tui.domain.trouble import Stopped, TargetTrouble
from itc_tui.ports import BoxOrder, BoxReport, BoxWalls, StopSwitch

_INSIDE = Path(inside.__file__).parent
_WARDEN = "itc_tui.adapters.boxing.warden"
_GRACE_S = 5.0


class ScratchBox:
    """One scratch copy of one target, and for work side by side another for each other hand."""

    def __init__(
        self,
        target: Target,
        stop: StopSwitch | None = None,
        *,
        hands: int = 0,
        allow_kernel_walls: bool = True,
        parent: Path | None = None,
    ) -> None:
        self._target = target
        self._stop = stop or StopSwitch()
        self._hands = hands or processors()
        self._allow_kernel_walls = allow_kernel_walls
        self._parent = parent
        self._others: list[ScratchBox] = []
        self._folder = Path(tempfile.mkdtemp(prefix="itc-box-", dir=parent)).resolve()
        self._person = Path(target.root).resolve()
        self._scratch = ScratchTree(self._person, self._folder / "tree")
        self._is_filled = False
        # Whoever forgets to close it leaves nothing behind all the same.
        self._finalizer = weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)

    @property
    def tree(self) -> str:
        return str(self._scratch.copy)

    @property
    def hands(self) -> int:
        return self._hands

    def __enter__(self) -> ScratchBox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        for other in self._others:
            other.close()
        for folder, names, _ in os.walk(self._folder):
            for name in names:  # code may have taken our rights away from its folders
                with contextlib.suppress(OSError):
                    (Path(folder) / name).chmod(0o700)
        shutil.rmtree(self._folder, ignore_errors=True)

    def run(self, order: BoxOrder) -> Run:
        return self._run_until(order, self._stop)

    def run_all(self, orders: Sequence[BoxOrder]) -> RunOfAll:
        """Which box has which order is no chance: it sees the same folders each time."""
        boxes = self._boxes(min(self._hands, len(orders)))
        works: list[list[Work]] = [[] for _ in boxes]
        for place, order in enumerate(orders):
            own = place % len(boxes)
            share = order.but(memory_mb=order.memory_mb // len(boxes))
            works[own].append((place, partial(boxes[own]._run_until, share)))
        reports = list((yield from side_by_side(works, self._stop)))
        for place, order in enumerate(orders):
            if len(boxes) > 1 and reports[place].ended_by == "memory":
                again = [[(place, partial(self._run_until, order))]]
                reports[place] = (yield from side_by_side(again, self._stop))[0]
        return tuple(reports)

    def _boxes(self, count: int) -> list[ScratchBox]:
        while len(self._others) < count - 1:
            walls = self._allow_kernel_walls
            other = ScratchBox(self._target, allow_kernel_walls=walls, parent=self._parent)
            self._others.append(other)
        return [self, *self._others[: count - 1]]

    def _run_until(self, order: BoxOrder, stop: StopSwitch) -> Run:
        stop.check()
        if not self._target.python:
            raise TargetTrouble("No Python was found for this repository; `itc doctor` says why.")
        self._make_ready(order)
        try:
            return (yield from self._run(order, stop))
        finally:
            self._scratch.restore()

    def _make_ready(self, order: BoxOrder) -> None:
        if order.refresh or not self._is_filled:
            self._scratch.refresh()
            self._is_filled = True
        for name in ("home", "tmp"):
            shutil.rmtree(self._folder / name, ignore_errors=True)
            (self._folder / name).mkdir()
        self._scratch.overlay(order.overlays)

    def _run(self, order: BoxOrder, stop: StopSwitch) -> Run:
        started = time.monotonic()
        mark = secrets.token_hex(8)
        results, status, output = LineQueue(), LineQueue(), BoundedOutput(order.output_limit)
        spec_file = self._write_spec(order, mark, results.writer, status.writer)
        warden = subprocess.Popen(
            [sys.executable, "-P", "-m", _WARDEN, str(spec_file)],
            stdin=subprocess.PIPE,
            stdout=output.writer,
            stderr=output.writer,
            pass_fds=(results.writer, status.writer),
            env={"PYTHONPATH": str(Path(itc_tui.__file__).parents[1]), MARKER: "warden-" + mark},
            cwd=self._folder,
            start_new_session=True,
        )
        for pipe in (results, status, output):
            pipe.start_reading()
        end = _Ending(warden, mark)
        forget = stop.on_pull(end.now)
        output.on_excess(lambda: end.now("output"))
        strays: tuple[str, ...] = ()
        try:
            for message in _messages(results):
                stop.check()
                if message.get("__itc__") == "strays":
                    strays = tuple(map(str, message.get("modules", ())))
                else:
                    yield message
            stop.check()
        finally:
            forget()
            end.wait()
        if stop.is_pulled:
            raise Stopped
        told = next(_messages(status), {})
        return _report(told, output, end.reason, strays, time.monotonic() - started)

    def _write_spec(self, order: BoxOrder, mark: str, results: int, status: int) -> Path:
        payload = self._folder / "payload.json"
        payload.write_text(json.dumps(order.payload, default=str), encoding="utf-8")
        stdin = self._folder / "stdin.txt"
        stdin.write_text(order.stdin or "", encoding="utf-8")
        entry = _INSIDE / "box_entry.py"
        spec = {
            "command": [self._target.python, str(entry), order.script, *order.arguments],
            "environment": self._environment(order, mark, payload, results),
            "cwd": str(self._scratch.copy / order.cwd),
            "writable": [str(place) for place in self._writable()],
            "stdin_file": str(stdin),
            "limit_s": order.limit_s,
            "memory_mb": order.memory_mb,
            "mark": mark,
            "result_fd": results,
            "status_fd": status,
            "guard_dir": str(_INSIDE / "guard"),
            "allow_kernel_walls": self._allow_kernel_walls,
        }
        spec_file = self._folder / "spec.json"
        spec_file.write_text(json.dumps(spec), encoding="utf-8")
        return spec_file

    def _environment(
        self, order: BoxOrder, mark: str, payload: Path, results: int
    ) -> dict[str, str]:
        roots = [self._root_in_copy(root) for root in self._target.source_roots]
        environment = boxed_environment(
            os.environ,
            (*self._target.environment, *order.environment),
            home=self._folder / "home",
            temporary=self._folder / "tmp",
            roots=roots,
            hash_seed=order.hash_seed,
        )
        settings = {
            "pipe": results,
            "payload": str(payload),
            "person": str(self._person),
            "tree": self.tree,
            "roots": [str(root) for root in roots],
            "names": self._target.packages or sorted(_top_level_names(roots)),
            "clock_ahead_s": order.clock_ahead_s,
        }
        return environment | {
            MARKER: mark,
            "ITC_BOX": json.dumps(settings),
            "ITC_BOX_WRITABLE": os.pathsep.join(map(str, self._writable())),
        }

    def _writable(self) -> tuple[Path, ...]:
        return self._scratch.copy, self._folder / "home", self._folder / "tmp"

    def _root_in_copy(self, root: str) -> Path:
        return Path(os.path.normpath(self._scratch.copy / root))


class _Ending:
    """Closes the warden's input, which is its sign to end everything; then sees that it did."""

    def __init__(self, warden: subprocess.Popen[bytes], mark: str) -> None:
        self._warden = warden
        self._mark = mark
        self.reason = ""

    def now(self, reason: str = "stopped") -> None:
        self.reason = self.reason or reason
        assert self._warden.stdin is not None
        with contextlib.suppress(OSError, ValueError):
            self._warden.stdin.close()

    def wait(self) -> None:
        if self._warden.poll() is None:
            self.now("left") if sys.exc_info()[0] is GeneratorExit else None
        try:
            self._warden.wait(_GRACE_S)
        except subprocess.TimeoutExpired:
            self._warden.kill()
            self._warden.wait()
        if self._warden.returncode != 0:
            end_all(list(marked(self._mark)))
        self.now("")


def _messages(lines: LineQueue) -> Iterator[dict[str, Any]]:
    """What the script sent; a line that is no JSON object is not from us."""
    for line in lines:
        with contextlib.suppress(ValueError):
            message = json.loads(line)
            if isinstance(message, dict):
                yield message


def _report(
    told: dict[str, Any],
    output: BoundedOutput,
    reason: str,
    strays: tuple[str, ...],
    duration_s: float,
) -> BoxReport:
    walls = told.get("walls") or {}
    ended_by = "output" if reason == "output" else told.get("ended_by", "")
    return BoxReport(
        exit_code=None if ended_by else told.get("exit_code"),
        ended_by=ended_by,
        output=output.text(),
        output_bytes=output.total,
        duration_s=duration_s,
        walls=BoxWalls(
            network=walls.get("network", ""),
            writes=walls.get("writes", ""),
            notes=tuple(walls.get("notes", ())),
        ),
        survivors_killed=told.get("survivors", 0),
        strays=strays,
        trouble=told.get("trouble", "") if told else "the box's warden ended without a word",
    )


def _top_level_names(roots: list[Path]) -> set[str]:
    names = set()
    for root in roots:
        for path in root.iterdir() if root.is_dir() else ():
            if path.suffix == ".py" and path.stem.isidentifier():
                names.add(path.stem)
            elif (path / "__init__.py").exists():
                names.add(path.name)
    return names - sys.stdlib_module_names
