"""Text from outside made harmless: no escape sequences, no hidden controls, bounded lines."""

from __future__ import annotations

import re

MAX_LINE_CHARS = 4_000


def clean_text(text: str) -> str:
    """The words without what a terminal would obey; newlines and tabs stay.

    A carriage return ends a line, as progress bars mean it to be seen.
    """
    if text.isascii() and _SUSPECT_ASCII.search(text) is None:
        return text
    text = _SEQUENCE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _SURROGATE.sub("\ufffd", _HIDDEN.sub("", text))


def clean_line(text: str, max_chars: int = MAX_LINE_CHARS) -> str:
    """One line, however many it was, no longer than a screen can use."""
    return bounded_line(" ".join(clean_text(text).split("\n")), max_chars)


def bounded_line(line: str, max_chars: int = MAX_LINE_CHARS) -> str:
    if len(line) <= max_chars:
        return line
    return f"{line[:max_chars]}… ({len(line) - max_chars:,} more characters)"


def beginning(text: str, max_chars: int) -> str:
    """No more than that of it, and a sign where there was more."""
    return text if len(text) <= max_chars else f"{text[: max_chars - 1].rstrip()}…"


def bounded_text(text: str, first: int, last: int) -> str:
    """Head and tail of a long text; the middle is only counted."""
    if len(text) <= first + last:
        return text
    left_out = len(text) - first - last
    return f"{text[:first]}\n[… {left_out:,} characters left out …]\n{text[-last:]}"


_SUSPECT_ASCII = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

# In order: strings (OSC, DCS, SOS, PM, APC) up to their end or the end of their line, control
# sequences (CSI), and the two-character escapes. C1 forms of each as well.
_SEQUENCE = re.compile(
    r"(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|\x1b[ -/]*[0-~]?"
)

# C0 but tab and newline, DEL, C1, bidirectional controls, line and paragraph separators, BOM.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]"
)

_SURROGATE = re.compile("[\ud800-\udfff]")
