"""Lines that only grow: an immutable sequence that is cheap to append to, at any rate."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

CHUNK = 1024
KEPT = 200_000
"""Lines that stay on the screen's side; the whole output is in the session's trace file."""


@dataclass(frozen=True, slots=True, eq=False)
class OutputLog:
    chunks: tuple[tuple[str, ...], ...] = ()
    starts: tuple[int, ...] = ()
    length: int = 0
    dropped: int = 0
    """Lines that were forgotten at the beginning."""

    def plus(self, lines: Sequence[str]) -> OutputLog:
        """A log with these lines at its end; the old one stays as it was."""
        if not lines:
            return self
        chunks = self.chunks
        if chunks and len(chunks[-1]) < CHUNK:
            lines = (*chunks[-1], *lines)
            chunks = chunks[:-1]
        fresh = tuple(tuple(lines[at : at + CHUNK]) for at in range(0, len(lines), CHUNK))
        return _trimmed((*chunks, *fresh), self.dropped)

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, index: int) -> str:
        if not 0 <= index < self.length:
            raise IndexError(index)
        chunk = bisect_right(self.starts, index) - 1
        return self.chunks[chunk][index - self.starts[chunk]]

    def between(self, start: int, end: int) -> Iterator[str]:
        start = max(0, start)
        chunk = max(0, bisect_right(self.starts, start) - 1)
        flat = (line for lines in self.chunks[chunk:] for line in lines)
        skipped = start - (self.starts[chunk] if self.starts else 0)
        return islice(flat, skipped, skipped + max(0, end - start))


def _trimmed(chunks: tuple[tuple[str, ...], ...], dropped: int) -> OutputLog:
    sizes = [len(chunk) for chunk in chunks]
    length = sum(sizes)
    gone = 0
    while length - sizes[gone] >= KEPT:
        length -= sizes[gone]
        dropped += sizes[gone]
        gone += 1
    chunks, sizes = chunks[gone:], sizes[gone:]
    starts = tuple(accumulate(sizes[:-1], initial=0))
    return OutputLog(chunks, starts, length, dropped)
