"""Colours for Python, and for what a change makes new in it, as far as the text can be read."""

from __future__ import annotations

import difflib
import io
import keyword
import tokenize
from collections.abc import Mapping, Sequence

from rich.style import Style
from rich.text import Text

Part = tuple[int, int, str]
"""From, to, and the paint between them."""

_BOLD = Style(bold=True)
"""Colour is never the only sign."""
_PAINT_OF = {tokenize.STRING: "good", tokenize.NUMBER: "warn", tokenize.COMMENT: "faint"}
#: From Python 3.12 on an f-string comes in pieces.
_PAINT_OF |= {
    getattr(tokenize, name): "good"
    for name in ("FSTRING_START", "FSTRING_MIDDLE", "FSTRING_END")
    if hasattr(tokenize, name)
}


class PaintedPython:
    """Reads the text once for each state of it; lines are asked for one by one."""

    def __init__(self, before: str) -> None:
        self._before = before.splitlines()
        self._lines: Sequence[str] = ()
        self._parts: Mapping[int, Sequence[Part]] = {}
        self._new: frozenset[int] = frozenset()

    def read(self, lines: Sequence[str]) -> None:
        if lines != self._lines:
            self._lines = tuple(lines)
            self._parts = _parts(lines)
            self._new = frozenset(new_lines(self._before, lines))

    def paint(self, line: Text, at: int, paints: Mapping[str, Style]) -> Text:
        """What is new stands out whole, so that its words need no colours of their own."""
        if at in self._new:
            line.stylize(paints["added"] + _BOLD)
            return line
        for start, end, paint in self._parts.get(at, ()):
            line.stylize(paints[paint], start, end)
        return line


def new_lines(before: Sequence[str], after: Sequence[str]) -> list[int]:
    """Which lines of the text that stands now are not as they were; from 0."""
    marks = difflib.SequenceMatcher(None, before, after).get_opcodes()
    return [at for tag, _, _, start, end in marks if tag != "equal" for at in range(start, end)]


def spans_of(lines: Sequence[int]) -> str:
    """`3, 7–9`, as editors count."""
    starts = [at for at in lines if at - 1 not in set(lines)]
    ends = [at for at in lines if at + 1 not in set(lines)]
    spans = zip(starts, ends, strict=True)
    return ", ".join(
        f"{one + 1}" if one == last else f"{one + 1}–{last + 1}" for one, last in spans
    )


def _parts(lines: Sequence[str]) -> dict[int, list[Part]]:
    parts: dict[int, list[Part]] = {}
    try:
        for token in tokenize.generate_tokens(io.StringIO("\n".join(lines)).readline):
            paint = _paint_of(token)
            (first, start), (last, end) = token.start, token.end
            for row in range(first, last + 1) if paint else ():
                begins = start if row == first else 0
                ends = end if row == last else len(lines[row - 1])
                parts.setdefault(row - 1, []).append((begins, ends, paint))
    except (tokenize.TokenError, SyntaxError):
        pass  # half written: what was read before it keeps its colours
    return parts


def _paint_of(token: tokenize.TokenInfo) -> str:
    if token.type == tokenize.NAME and keyword.iskeyword(token.string):
        return "accent"
    return _PAINT_OF.get(token.type, "")
