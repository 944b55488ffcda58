"""Takes several environment variables away in one loop, where a test would say it line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from itc_tui.engines.builtin.writing.layout import laid_out

_FEW = 2
_UNSET = re.compile(r"( +)(.*\b(?:delenv|pop)\()(['\"]\w+['\"])(, (?:raising=False|None)\))")


def in_a_loop(lines: Sequence[str]) -> list[str]:
    """Where a name is free for the loop."""
    if any(re.search(r"\bvariable\b", line) for line in lines):
        return list(lines)
    result: list[str] = []
    for form, run in groupby(lines, _form):
        own = list(run)
        if form is None or len(own) <= _FEW:
            result += own
            continue
        pad, before, after = form
        names = [found[3] for line in own if (found := _UNSET.fullmatch(line))]
        head = laid_out(f"({', '.join(names)})", len(pad), "for variable in ", ":")
        result += [pad + head, f"{pad}    {before}variable{after}"]
    return result


def _form(line: str) -> tuple[str, str, str] | None:
    """What such a line has in common with its like; None for any other."""
    found = _UNSET.fullmatch(line)
    is_one = found is not None and ("delenv" in found[2] or "os.environ" in found[2])
    return (found[1], found[2], found[4]) if found is not None and is_one else None
