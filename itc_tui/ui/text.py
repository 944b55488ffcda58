"""Makes text from outside safe to paint: what it says, and nothing that it does."""

from __future__ import annotations

import re

from rich.cells import cell_len, set_cell_size

from itc_tui.ui.words import say

LONGEST = 4000
"""Characters of one line that are ever painted; a ten-megabyte line costs no more than this."""

# Left-to-right and right-to-left marks, zero-width characters and variation selectors:
# terminals disagree about their width, and they can make text read other than it is.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
# A Chinese letter stands alone, but for the marks that belong to its side of the break.
_WIDE = "\u2e80-\u2fff\u3040-\u9fff\uac00-\ud7af\uf900-\ufaff\uff01-\uff60"
_PIECE = re.compile(rf"[（《【“]*(?:[{_WIDE}]|[^\s{_WIDE}“]+)[，。；：！？、）》】”…]*\s*|\S+\s*")
_CONTROL = {code: 0x2400 + code for code in range(32)} | {127: 0x2421}
_CONTROL |= dict.fromkeys(range(128, 160), 65533)
_CONTROL |= {0x2028: 0x2424, 0x2029: 0x2424}


def plain(text: str, longest: int = LONGEST) -> str:
    """One line with no control character, no hidden mark and no surprise in its width."""
    if len(text) > longest:
        text = f"{text[:longest]}{say('text.more', count=len(text) - longest)}"
    if text.isascii() and text.isprintable():
        return text
    text = text.expandtabs(4).translate(_CONTROL)
    text = _UNSEEN.sub("·", text)
    return text.encode("utf-8", "replace").decode("utf-8")


def plain_lines(text: str) -> list[str]:
    """The lines of a text, each of them safe."""
    return [plain(line) for line in text.splitlines()]


def cut(text: str, width: int) -> str:
    """At most that many columns; what is left out shows as an ellipsis."""
    if len(text) * 2 <= width or cell_len(text) <= width:
        return text
    return set_cell_size(text, max(0, width - 1)).rstrip() + "…" if width > 0 else ""


def fit(text: str, width: int) -> str:
    """Exactly that many columns, so that the next column lines up."""
    return set_cell_size(cut(text, width), max(0, width))


def wrap(text: str, width: int) -> list[str]:
    """Broken at spaces and between Chinese letters; by columns where there is neither."""
    width = max(4, width)
    lines: list[str] = []
    line = text[: len(text) - len(text.lstrip())][: width // 2]
    used = len(line)
    for word in _PIECE.findall(text):
        if used + cell_len(word.rstrip()) > width and line.strip():
            lines.append(line.rstrip())
            line, used = "", 0
        while cell_len(word.rstrip()) > width:
            head = set_cell_size(word, width).rstrip("\0")
            head = word[: len(head)] if cell_len(word[: len(head)]) <= width else _head(word, width)
            lines.append(head)
            word = word[len(head) :]
        line += word
        used += cell_len(word)
    lines.append(line.rstrip())
    return lines


def shorten_path(path: str, width: int) -> str:
    """The end of a path says most; the beginning gives way."""
    return path if cell_len(path) <= width else "…" + path[-(max(1, width) - 1) :]


def _head(word: str, width: int) -> str:
    end = used = 0
    for letter in word:
        used += cell_len(letter)
        if used > width:
            break
        end += 1
    return word[: max(1, end)]
