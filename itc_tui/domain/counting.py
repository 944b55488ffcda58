"""Numbers with their noun: `1 case`, `2 cases`, `1 boundary`, `3 boundaries`."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    return f"{number} {noun if number == 1 else plural(noun)}"


def plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"
