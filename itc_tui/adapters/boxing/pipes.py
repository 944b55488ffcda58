"""Pipes that a thread empties, so that who writes is never held up by who does not read."""

from __future__ import annotations

import os
import queue
import threading
from collections import deque
from collections.abc import Callable, Iterator

_CHUNK = 1 << 16
_HEAD = 64 * 1024
_TAIL = 192 * 1024
LONGEST_LINE = 32 * 1024 * 1024


class _Drain:
    """A pipe of our own; after `start_reading` the writing end belongs to the child alone."""

    def __init__(self) -> None:
        self._reader, self.writer = os.pipe()

    def start_reading(self) -> None:
        os.close(self.writer)
        threading.Thread(target=self._drain, name=type(self).__name__, daemon=True).start()

    def _drain(self) -> None:
        while chunk := os.read(self._reader, _CHUNK):
            self._take(chunk)
        os.close(self._reader)
        self._end()

    def _take(self, chunk: bytes) -> None:
        raise NotImplementedError

    def _end(self) -> None:
        raise NotImplementedError


class LineQueue(_Drain):
    """Whole lines, in order, until everybody has closed the writing end."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._rest: list[bytes] = []
        self._rest_size = 0

    def __iter__(self) -> Iterator[bytes]:
        while (line := self._lines.get()) is not None:
            yield line

    def _take(self, chunk: bytes) -> None:
        *whole, rest = chunk.split(b"\n")
        for part in whole:
            self._lines.put(b"".join((*self._rest, part)))
            self._rest, self._rest_size = [], 0
        if rest and self._rest_size < LONGEST_LINE:
            self._rest.append(rest)
            self._rest_size += len(rest)

    def _end(self) -> None:
        if self._rest:
            self._lines.put(b"".join(self._rest))
        self._lines.put(None)


class BoundedOutput(_Drain):
    """Head and tail of a flood, and a call when it is too much."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.total = 0
        self._limit = limit
        self._head = bytearray()
        self._tail: deque[bytes] = deque()
        self._tail_size = 0
        self._alarm: Callable[[], None] | None = None
        self._ended = threading.Event()

    def on_excess(self, alarm: Callable[[], None]) -> None:
        self._alarm = alarm

    def text(self) -> str:
        self._ended.wait(1.0)
        kept = bytes(self._head) + b"".join(self._tail)
        left_out = self.total - len(kept)
        if left_out > 0:
            note = f"\n… {left_out} bytes left out …\n".encode()
            kept = bytes(self._head) + note + b"".join(self._tail)
        return kept.decode("utf-8", "backslashreplace")

    def _take(self, chunk: bytes) -> None:
        self.total += len(chunk)
        room = _HEAD - len(self._head)
        self._head += chunk[:room] if room > 0 else b""
        rest = chunk[max(room, 0) :]
        if rest:
            self._tail.append(rest)
            self._tail_size += len(rest)
            while self._tail_size - len(self._tail[0]) > _TAIL:
                self._tail_size -= len(self._tail.popleft())
        if self.total > self._limit and self._alarm:
            alarm, self._alarm = self._alarm, None
            alarm()

    def _end(self) -> None:
        self._ended.set()
