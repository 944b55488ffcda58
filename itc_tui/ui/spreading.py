"""Values written on one line, spread over several: at their brackets, as far as is needed."""

from __future__ import annotations

_PAIRS = {"(": ")", "[": "]", "{": "}"}
DEEPEST = 12
"""Levels of nesting that are spread; what lies deeper stays on its line."""

TRIES = 16
"""Brackets that close nowhere are passed over; not thousands of them, each to the end."""


def spread_out(text: str, width: int, depth: int = 0) -> list[str]:
    """The same text over lines that fit, where brackets allow it; nothing is evaluated."""
    if len(text) <= width or depth > DEEPEST:
        return [text]
    opened = _first_bracket(text)
    if opened is None:
        return [text]
    closed = _closing(text, opened)
    if closed is None or closed == opened + 1:
        return [text]
    lines = [text[: opened + 1]]
    for part in _parts(text[opened + 1 : closed]):
        lines += [f"  {line}" for line in spread_out(part, width - 2, depth + 1)]
    rest = spread_out(text[closed:], width, depth + 1)
    return [*lines, *rest]


def _first_bracket(text: str) -> int | None:
    at = tries = 0
    while at < len(text) and tries < TRIES:
        if text[at] in "\"'":
            at = _end_of_quote(text, at)
        elif text[at] in _PAIRS:
            if _closing(text, at) not in (None, at + 1):
                return at
            tries += 1
        at += 1
    return None


def _closing(text: str, opened: int) -> int | None:
    """Where the bracket opened there is closed; None when it is not."""
    waiting: list[str] = []
    at = opened
    while at < len(text):
        letter = text[at]
        if letter in "\"'":
            at = _end_of_quote(text, at)
        elif letter in _PAIRS:
            waiting.append(_PAIRS[letter])
        elif waiting and letter == waiting[-1]:
            waiting.pop()
            if not waiting:
                return at
        at += 1
    return None


def _parts(inside: str) -> list[str]:
    """Between the commas of this level, each with its comma."""
    parts, start, depth, at = [], 0, 0, 0
    while at < len(inside):
        letter = inside[at]
        if letter in "\"'":
            at = _end_of_quote(inside, at)
        elif letter in _PAIRS:
            depth += 1
        elif letter in _PAIRS.values():
            depth -= 1
        elif letter == "," and depth <= 0:
            parts.append(inside[start : at + 1].strip())
            start = at + 1
        at += 1
    last = inside[start:].strip()
    return [*parts, last] if last else parts


def _end_of_quote(text: str, start: int) -> int:
    """The closing quote, or the quote itself when it is an apostrophe that never closes."""
    at = start + 1
    while at < len(text):
        if text[at] == "\\":
            at += 1
        elif text[at] == text[start]:
            return at
        at += 1
    return start
