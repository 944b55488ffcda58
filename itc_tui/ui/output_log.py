"""Lines that only grow: an immutable sequence that is cheap to append to, at any rate."""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, islice

CHUNK = 1024
KEPT = 200_000
"""Lines that stay on the screen's side; the whole output is in the session's trace file."""


class PackedLines:
    """Lines that nobody looks at now: a fifth of their size or less, unpacked in no time."""

    __slots__ = ("_count", "_packed")

    def __init__(self, text: str, count: int) -> None:
        self._packed = zlib.compress(text.encode("utf-8", "surrogatepass"), 1)
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[str]:
        return iter(_unpacked(self))

    def __getitem__(self, index: int) -> str:
        return _unpacked(self)[index]

    @property
    def text(self) -> str:
        return zlib.decompress(self._packed).decode("utf-8", "surrogatepass")


Lines = tuple[str, ...] | PackedLines


def may_hold(chunk: Lines, needle: str) -> bool:
    """Asked of all its text at once, so that a search does not unpack line by line."""
    return not isinstance(chunk, PackedLines) or needle.lower() in chunk.text.lower()


@dataclass(frozen=True, slots=True, eq=False)
class OutputLog:
    chunks: tuple[Lines, ...] = ()
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
        fresh = [_chunk(tuple(lines[at : at + CHUNK])) for at in range(0, len(lines), CHUNK)]
        return _trimmed((*chunks, *fresh), self.dropped)

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, index: int) -> str:
        if not 0 <= index < self.length:
            raise IndexError(index)
        chunk = bisect_right(self.starts, index) - 1
        return self.chunks[chunk][index - self.starts[chunk]]

    def find(
        self, needle: str, is_match: Callable[[str], bool], here: int, direction: int
    ) -> int | None:
        """The next line that matches, round the end; `here` comes last."""
        count = len(self.chunks)
        first = bisect_right(self.starts, here) - 1
        for turn in range(count + 1):
            at = (first + direction * turn) % count
            chunk, start = self.chunks[at], self.starts[at]
            if not may_hold(chunk, needle):
                continue
            places = range(start, start + len(chunk))[::direction]
            for place in places:
                is_ahead = (place - here) * direction > 0
                if (turn == 0 and not is_ahead) or (turn == count and is_ahead):
                    continue
                if is_match(chunk[place - start]):
                    return place
        return None

    def between(self, start: int, end: int) -> Iterator[str]:
        start = max(0, start)
        chunk = max(0, bisect_right(self.starts, start) - 1)
        flat = (line for lines in self.chunks[chunk:] for line in lines)
        skipped = start - (self.starts[chunk] if self.starts else 0)
        return islice(flat, skipped, skipped + max(0, end - start))


def _chunk(lines: tuple[str, ...]) -> Lines:
    """The last one still grows; what holds a line break within a line cannot be told apart."""
    text = "\n".join(lines) if len(lines) == CHUNK else ""
    return PackedLines(text, CHUNK) if text.count("\n") == CHUNK - 1 else lines


@lru_cache(maxsize=4)
def _unpacked(chunk: PackedLines) -> tuple[str, ...]:
    """What is on the screen is asked for again and again."""
    return tuple(chunk.text.split("\n"))


def _trimmed(chunks: tuple[Lines, ...], dropped: int) -> OutputLog:
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
