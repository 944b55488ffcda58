"""Reads out of docstrings which exceptions they promise, in the three common styles."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SPHINX = re.compile(r":(?:raises?|exception|except)\s+((?:~?[\w.]+(?:\s*,\s*)?)+)\s*:")
_NAME = re.compile(r"~?([A-Za-z_][\w.]*)\s*(?::|$)")


def documented_raises(docstring: str) -> tuple[str, ...]:
    """Exceptions that a docstring promises, in any of the three common styles."""
    found = [
        name.strip().lstrip("~")
        for match in _SPHINX.finditer(docstring)
        for name in match[1].split(",")
    ]
    if "Raises" in docstring:
        lines = docstring.expandtabs().splitlines()
        for entry in (*_google(lines), *_numpy(lines)):
            found += [match[1] for name in entry.split(",") if (match := _NAME.match(name.strip()))]
    return tuple(dict.fromkeys(name for name in found if name))


def _google(lines: list[str]) -> Iterator[str]:
    """The heads of the entries below `Raises:`; what they say about it stands deeper."""
    for number, line in enumerate(lines):
        if line.strip() == "Raises:":
            depth = 0
            for below in lines[number + 1 :]:
                if not below.strip():
                    continue
                if _indent(below) <= _indent(line):
                    break
                depth = depth or _indent(below)
                if _indent(below) == depth and ":" in below:
                    yield below.partition(":")[0] + ":"


def _numpy(lines: list[str]) -> Iterator[str]:
    """The heads of the entries in a section that is underlined with dashes."""
    for number, line in enumerate(lines[:-1]):
        if line.strip() == "Raises" and lines[number + 1].strip().startswith("---"):
            for at in range(number + 2, len(lines)):
                if "---" in "".join(lines[at + 1 : at + 2]):
                    break
                if lines[at].strip() and _indent(lines[at]) == _indent(line):
                    yield lines[at]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
