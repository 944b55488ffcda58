"""Takes several environment variables away in one loop, where a test would say it line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from itc_tui.engines.builtin.writing.layout import laid_out

_FEW = 2
_UNSET = re.compile(r"( +)(.*\b(?:delenv|pop)\()(['\"]\w+['\"])(, (?:raising=False|None)\))")
_FREE = ("variable", "unset", *(f"variable_{number}" for number in range(2, 100)))
"""Names for what the loop runs over: the first that the test does not use."""


def in_a_loop(lines: Sequence[str]) -> list[str]:
    text = "\n".join(lines)
    variable = next(name for name in _FREE if not re.search(rf"\b{name}\b", text))
    result: list[str] = []
    for form, run in groupby(lines, _form):
        own = list(run)
        if form is None or len(own) <= _FEW:
            result += own
            continue
        pad, before, after = form
        names = [found[3] for line in own if (found := _UNSET.fullmatch(line))]
        head = laid_out(f"({', '.join(names)})", len(pad), f"for {variable} in ", ":")
        result += [pad + head, f"{pad}    {before}{variable}{after}"]
    return result


def _form(line: str) -> tuple[str, str, str] | None:
    """What such a line has in common with its like; None for any other."""
    found = _UNSET.fullmatch(line)
    is_one = found is not None and ("delenv" in found[2] or "os.environ" in found[2])
    return (found[1], found[2], found[4]) if found is not None and is_one else None
