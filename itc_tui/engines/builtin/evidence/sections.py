"""What stands before an example in its section of a document belongs to the example."""

from __future__ import annotations

import re
from collections.abc import Sequence

from itc_tui.engines.builtin.evidence.variables import Setting, settings_in

Block = tuple[str, str, int]
"""Language, text, line."""

_HEADING = re.compile(r"#{1,6}\s+\S.*")
_UNDERLINE = re.compile(r"([=\-~^\"'*+#`])\1{2,}\s*")
_REFERENCE = re.compile(r"\$\{?(\w+)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_NUMBERING = re.compile(r"^(?:\d+[.)]\s*)+(?=\D)")
_FEW = 4
_LONGEST_HEADING = 32
"""Letters: it is a part of the names of tests."""


class Sections:
    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._lines = text.split("\n")
        self._headings = _headings_in(self._lines, blocks)

    def heading_at(self, line: int) -> str:
        """What the section is called, as far as it says more than the title of the document."""
        above = [one for one in self._headings[1:] if one <= line]
        if not above:
            return ""
        words = self._lines[above[-1] - 1]
        if _UNDERLINE.fullmatch(words):
            words = self._lines[above[-1] - 2]
        return plain_heading(words)

    def settings_at(self, line: int) -> tuple[Setting, ...]:
        """What the blocks of its section set up to this line; the last word counts."""
        begin = max((one for one in self._headings if one <= line), default=0)
        told: dict[str, str] = {}
        for language, body, at in sorted(self._blocks, key=lambda block: block[2]):
            if begin <= at <= line:
                for name, value in settings_in(language, body):
                    told.pop(name, None)  # what is said last also comes last
                    told[name] = value
        return tuple(told.items())


def plain_heading(words: str) -> str:
    """Without markup and numbers, and no longer than a name may be."""
    words = _LINK.sub(r"\1", words)
    words = _NUMBERING.sub("", words.strip("# \t"))
    words = " ".join(re.sub(r"[^\w\s.,'()/+-]", " ", words.replace("_", " ")).split())
    return words if len(words) <= _LONGEST_HEADING and words.isascii() else ""


def _headings_in(lines: Sequence[str], blocks: Sequence[Block]) -> list[int]:
    inside = {at + nth for _, body, at in blocks for nth in range(body.count("\n") + 2)}
    return [
        number
        for number, line in enumerate(lines, start=1)
        if number not in inside
        and (
            _HEADING.fullmatch(line)
            or (number > 1 and lines[number - 2].strip() and _UNDERLINE.fullmatch(line))
        )
    ]


def needed_by(codes: Sequence[str], settings: Sequence[Setting]) -> tuple[Setting, ...]:
    """Those that the code speaks of, by their whole name or without what stands before or behind
    it; and what their values refer to."""
    words = {word.upper() for code in codes for word in re.findall(r"[A-Za-z]\w+", code)}
    chosen = {name: value for name, value in settings if _is_about(name.upper(), words)}
    if not chosen and len(settings) <= _FEW:
        return tuple(settings)
    for name, value in settings:
        if any(name in _REFERENCE.findall(own) for own in chosen.values()):
            chosen[name] = value
    return tuple(one for one in settings if one[0] in chosen)


def _is_about(name: str, words: set[str]) -> bool:
    parts = name.split("_")
    wholes = ("_".join(parts[:end]) for end in range(1, len(parts) + 1))
    ends = ("_".join(parts[start:]) for start in range(len(parts)))
    return any(one in words for one in (*wholes, *ends))
