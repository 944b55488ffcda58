"""Small pieces of Markdown: text from outside stays one line and never becomes a heading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

_LONGEST = 600
_MOST = 20
_FEW = 8
_HEADLINE = 100
_SAYS_ENOUGH = 20


def inline(text: str) -> str:
    """One line; long text is cut with a sign that it was."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def headline(text: str) -> str:
    """What stands before the first colon, where that says enough; else the first few words."""
    first = inline(text).partition(": ")[0]
    if len(first) > _HEADLINE:
        first = first[:_HEADLINE].rsplit(" ", 1)[0] + " …"
    return first if len(first) >= _SAYS_ENOUGH else inline(text)[:_HEADLINE]


def bullets(items: Iterable[str], nothing: str) -> str:
    lines = [f"- {inline(item)}" for item in items]
    return "\n".join(lines) if lines else f"- {nothing}"


def grouped(items: Iterable[str]) -> list[str]:
    """Each text once with how often it stands, the most frequent first, and not endless."""
    counts = Counter(items).most_common()
    shown = [f"{text} (× {count})" if count > 1 else text for text, count in counts[:_MOST]]
    rest = sum(count for _, count in counts[_MOST:])
    return [*shown, f"and {rest} more, see state.json"] if rest else shown


def shortened(names: Sequence[str]) -> str:
    """The first few names, and how many more."""
    more = len(names) - _FEW
    return ", ".join(names[:_FEW]) + (f" and {more} more" if more > 0 else "")


def heading_time(timestamp: str) -> str:
    return f" - {timestamp}" if timestamp else ""
