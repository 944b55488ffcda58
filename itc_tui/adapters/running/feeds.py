"""The two streams of a running pytest, read by threads so that the child is never held up."""

from __future__ import annotations

import codecs
import contextlib
import io
import json
import os
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, cast

from itc_tui.domain.plain_text import bounded_line, clean_text

GATHER_S = 0.01
"""A pause after a small read: twenty tests then cost one wake-up, not twenty."""
SMALL_READ = 8_192
CHUNK = 65_536
MAX_WAITING_LINES = 20_000
TAIL_LINES = 400


class EventFeed:
    """Reads the reporter's JSON lines from a pipe that it owns; knows the last sign of life."""

    def __init__(self, fd: int, monotonic: Callable[[], float]) -> None:
        self._fd = fd
        self._monotonic = monotonic
        self._batches: SimpleQueue[bytes] = SimpleQueue()
        self._rest = b""
        self.last_sign = monotonic()
        self._thread = threading.Thread(target=self._read, name="itc-events", daemon=True)
        self._thread.start()

    @property
    def is_at_end(self) -> bool:
        return not self._thread.is_alive() and self._batches.empty()

    def take(self, wait_s: float) -> list[dict[str, Any]]:
        """All events that are there; waits for the first of them."""
        parts = [self._rest]
        try:
            parts.append(self._batches.get(timeout=wait_s))
            while True:
                parts.append(self._batches.get_nowait())
        except Empty:
            pass
        *lines, self._rest = b"".join(parts).split(b"\n")
        return _all_decoded(lines)

    def join(self, limit_s: float) -> None:
        self._thread.join(limit_s)

    def _read(self) -> None:
        with contextlib.suppress(OSError):
            while chunk := os.read(self._fd, CHUNK):
                self.last_sign = self._monotonic()
                self._batches.put(chunk)
                if len(chunk) < SMALL_READ:
                    time.sleep(GATHER_S)
        os.close(self._fd)


class OutputFeed:
    """Reads what pytest prints: whole into the log, bounded into memory, cleaned in both."""

    def __init__(self, fd: int, log_file: Path | None, *, is_continued: bool) -> None:
        self._fd = fd
        self._log_file = log_file
        self._mode = "ab" if is_continued else "wb"
        self._lock = threading.Lock()
        self._waiting: deque[str] = deque()
        self._left_out = 0
        self._partial = ""
        self.tail: deque[str] = deque(maxlen=TAIL_LINES)
        self.bytes_read = 0
        self._is_over = False
        self._thread = threading.Thread(target=self._read, name="itc-output", daemon=True)
        self._thread.start()

    @property
    def has_lines(self) -> bool:
        return bool(self._waiting) or self._left_out > 0

    def take_lines(self) -> tuple[str, ...]:
        with self._lock:
            lines = tuple(self._waiting)
            self._waiting.clear()
            left_out, self._left_out = self._left_out, 0
        if left_out:
            lines = (f"[… {left_out:,} lines are only in the log …]", *lines)
        return lines

    def finish(self, limit_s: float) -> None:
        """Wait for the rest. Who still holds the pipe then is not listened to any more."""
        self._thread.join(limit_s)
        self._is_over = True

    def _read(self) -> None:
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        log = _Log(self._log_file, self._mode)
        with contextlib.suppress(OSError, ValueError):
            while (chunk := os.read(self._fd, CHUNK)) and not self._is_over:
                self.bytes_read += len(chunk)
                if text := self._taken_up(decoder.decode(chunk)):
                    log.write(text)
                    self._keep(text)
                if len(chunk) < SMALL_READ:
                    time.sleep(GATHER_S)
        rest = clean_text(self._partial + decoder.decode(b"", final=True))
        if rest:
            log.write(rest)
            self._keep(rest)
        log.close()
        os.close(self._fd)

    def _taken_up(self, text: str) -> str:
        """Whole lines only, so that no escape sequence is cut in two; but no endless line."""
        text = self._partial + text
        cut = text.rfind("\n") + 1
        if not cut and len(text) > CHUNK:
            cut = len(text)
        self._partial = text[cut:]
        return clean_text(text[:cut])

    def _keep(self, text: str) -> None:
        lines = [bounded_line(line) for line in text.removesuffix("\n").split("\n")]
        with self._lock:
            self._waiting.extend(lines)
            while len(self._waiting) > MAX_WAITING_LINES:
                self._waiting.popleft()
                self._left_out += 1
            self.tail.extend(lines)


class _Log:
    """On a full disk it ends early; the child must still be read, or its tests would fail of it."""

    def __init__(self, file: Path | None, mode: str) -> None:
        self._stream: io.RawIOBase | None = None
        if file:
            with contextlib.suppress(OSError):
                self._stream = cast(io.RawIOBase, file.open(mode, buffering=0))

    def write(self, text: str) -> None:
        left = memoryview(text.encode("utf-8", "replace"))
        try:
            while self._stream and left:
                left = left[self._stream.write(left) or 0 :]
        except OSError:
            self.close()

    def close(self) -> None:
        stream, self._stream = self._stream, None
        if stream:
            with contextlib.suppress(OSError):
                stream.close()


def _all_decoded(lines: list[bytes]) -> list[dict[str, Any]]:
    try:
        events = json.loads(b"[" + b",".join(lines) + b"]")  # in one go, as it is nearly always
    except ValueError:
        events = [_decoded(line) for line in lines]
    return [event for event in events if isinstance(event, dict)]


def _decoded(line: bytes) -> dict[str, Any] | None:
    """A line that is not ours (a test wrote into the pipe) is no event."""
    try:
        event = json.loads(line)
    except ValueError:
        return None
    return event if isinstance(event, dict) else None
