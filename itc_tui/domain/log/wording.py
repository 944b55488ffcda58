"""Small pieces of Markdown: text from outside stays one line and never becomes a heading."""

from __future__ import annotations

from collections.abc import Iterable

_LONGEST = 600


def inline(text: str) -> str:
    """One line; long text is cut with a sign that it was."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def bullets(items: Iterable[str], nothing: str) -> str:
    lines = [f"- {inline(item)}" for item in items]
    return "\n".join(lines) if lines else f"- {nothing}"


def heading_time(timestamp: str) -> str:
    return f" - {timestamp}" if timestamp else ""
