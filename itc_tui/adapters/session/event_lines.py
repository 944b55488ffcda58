"""`events.jsonl`: one event a line, written as they happen, read while they are written."""

from __future__ import annotations

import contextlib
import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from itc_tui.adapters.durable_files import why
from itc_tui.domain.events import Event, OutputArrived, RunStarted, any_event
from itc_tui.domain.trouble import SessionTrouble

EVENTS_FILE = "events.jsonl"

GATHER_S = 0.1
"""Output lines wait that long for others; every other event is written at once."""

LINES_PER_RUN = 20_000
"""A test that prints for ever fills its log, but not the record of the session."""


class EventWriter:
    """Opened by the one writer of a session; mends what a killed one left."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.RLock()
        self._waiting: list[OutputArrived] = []
        self._timer: threading.Timer | None = None
        self._lines_left = LINES_PER_RUN
        try:
            _drop_half_a_line(file)
            # No buffer of Python's: what could not be written must not come up again later.
            self._stream = file.open("ab", buffering=0)
        except OSError as problem:
            raise SessionTrouble(f"{file.name}: cannot be written ({why(problem)}).") from problem

    def append(self, event: Event) -> None:
        with self._lock:
            if isinstance(event, RunStarted):
                self._lines_left = LINES_PER_RUN
            if isinstance(event, OutputArrived):
                self._gather(event)
                return
            self._write_what_waits()
            self._write(event)

    def make_last(self) -> None:
        """On the disk, with everything that waits."""
        with self._lock:
            self._write_what_waits()
            try:
                os.fsync(self._stream.fileno())
            except OSError as problem:
                raise self._trouble(problem) from problem

    def close(self) -> None:
        with self._lock:
            try:
                self._write_what_waits()
            finally:
                self._stream.close()

    def _gather(self, event: OutputArrived) -> None:
        if self._lines_left <= 0:
            return
        lines = event.lines[: self._lines_left]
        self._lines_left -= len(lines)
        if self._lines_left <= 0:
            lines = (*lines, "… (the rest is in test-output.log)")
        self._waiting.append(event.but(lines=lines))
        if self._timer is None:
            self._timer = threading.Timer(GATHER_S, self._time_is_up)
            self._timer.daemon = True
            self._timer.start()

    def _time_is_up(self) -> None:
        # In a thread of its own nobody would hear of a full disk: it is told at the next event.
        with self._lock, contextlib.suppress(SessionTrouble):
            if not self._stream.closed:
                self._write_what_waits()

    def _write_what_waits(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._waiting:
            lines = tuple(line for event in self._waiting for line in event.lines)
            self._write(self._waiting[0].but(lines=lines))
            self._waiting = []

    def _write(self, event: Event) -> None:
        left = memoryview(_as_line(event))
        start = self._stream.seek(0, os.SEEK_END)
        try:
            while left:
                left = left[self._stream.write(left) :]
        except OSError as problem:
            self._stream.truncate(start)  # a full disk may have taken half of it
            raise self._trouble(problem) from problem

    def _trouble(self, problem: OSError) -> SessionTrouble:
        return SessionTrouble(
            f"{self._file.name}: cannot be written ({why(problem)}); "
            "everything up to the last step is kept, go on with `itc -c`."
        )


class EventLines:
    """Every event so far; iterate again for those that came since."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._offset = 0
        self.skipped = 0
        """Lines that are damaged, or of a newer version."""

    def __iter__(self) -> Iterator[Event]:
        try:
            stream = self._file.open("rb")
        except FileNotFoundError:
            return
        with stream:
            stream.seek(self._offset)
            for line in stream:
                if not line.endswith(b"\n"):
                    return  # still being written, or all that a kill left of it
                self._offset += len(line)
                try:
                    yield any_event.validate_json(line)
                except ValidationError:
                    self.skipped += 1


def _as_line(event: Event) -> bytes:
    try:
        return any_event.dump_json(event, by_alias=True) + b"\n"
    except ValueError:  # half a character, which JSON cannot hold
        raw = any_event.dump_python(event, mode="json", by_alias=True)
        return json.dumps(raw, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _drop_half_a_line(file: Path) -> None:
    if not file.exists():
        return
    with file.open("r+b") as stream:
        end = stream.seek(0, os.SEEK_END)
        keep = end
        while keep > 0:
            step = min(65_536, keep)
            stream.seek(keep - step)
            found = stream.read(step).rfind(b"\n")
            if found >= 0:
                keep = keep - step + found + 1
                break
            keep -= step
        if keep != end:
            stream.truncate(keep)
