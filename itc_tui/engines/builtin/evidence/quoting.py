"""What documents quote within a sentence: a path, a pattern, a query that the code would take."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SHORTEST, _LONGEST = 2, 80
#: A quotation in two marks may hold single ones, and end in one; in Markdown as in reST.
_TWO_MARKS = re.compile(r"(?<![`\\])``(?=\S|\s`)(.+?)``(?!`)")
_ONE_MARK = re.compile(r"(?<![`\w:\\])`([^`\n]+)`(?![`_\w])")
_OF_CODE = re.compile(r"[\w.]+(\(\))?|@[\w.]+|__\w+__|:\w+:.*")
"""A name in Python, which says what is called and not with what."""


def quoted_in(text: str) -> Iterator[str]:
    """Every quotation once, in the order of the document."""
    seen: dict[str, None] = {}
    for line in text.splitlines():
        found = [match[1] for match in _TWO_MARKS.finditer(line)]
        found += [match[1] for match in _ONE_MARK.finditer(_TWO_MARKS.sub(" ", line))]
        for one in found:
            if _SHORTEST <= len(one.strip()) <= _LONGEST:
                seen.setdefault(one.strip())
    yield from seen


def is_sample(quotation: str) -> bool:
    """It is more than a name, and so may be what the code is fed with."""
    return _OF_CODE.fullmatch(quotation) is None
