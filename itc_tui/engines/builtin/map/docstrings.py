"""Reads promises out of docstrings: exceptions in the three common styles, and doctests."""

from __future__ import annotations

import doctest
import re

_GOOGLE = re.compile(r"^[ \t]*Raises:[ \t]*\n((?:[ \t]+\S.*\n?|[ \t]*\n)+)", re.MULTILINE)
_NUMPY = re.compile(r"^[ \t]*Raises[ \t]*\n[ \t]*-{3,}[ \t]*\n((?:.*\n?)+)", re.MULTILINE)
_SPHINX = re.compile(r":(?:raises?|exception|except)\s+((?:~?[\w.]+(?:\s*,\s*)?)+)\s*:")
_NAME = re.compile(r"^[ \t]*~?([A-Z][\w.]*|[a-z_][\w.]*\.[A-Z]\w*)[ \t]*(?::|$)", re.MULTILINE)


def documented_raises(docstring: str) -> tuple[str, ...]:
    """Exceptions that a docstring promises, in any of the three common styles."""
    found = [
        name.strip().lstrip("~")
        for match in _SPHINX.finditer(docstring)
        for name in match[1].split(",")
    ]
    for pattern in (_GOOGLE, _NUMPY):
        section = pattern.search(docstring)
        if section:
            found += [match[1] for match in _NAME.finditer(section[1])]
    return tuple(dict.fromkeys(name for name in found if name))


def doctests_of(docstring: str) -> tuple[tuple[str, str], ...]:
    """Each example: what is done, and what it shows."""
    if ">>>" not in docstring:
        return ()
    try:
        examples = doctest.DocTestParser().get_examples(docstring)
    except ValueError:
        return ()
    return tuple((one.source.strip(), one.want.strip()) for one in examples)
