"""The log as a document of sections: ours are rewritten, a person's lines in them survive."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from itc_tui.domain.log import sections
from itc_tui.domain.state import State

_HEADING = re.compile(r"^## ", re.MULTILINE)


@dataclass(frozen=True)
class _Owned:
    """A section of ours: found by how its heading begins, written from the state."""

    heading: str
    render: Callable[[State], str]


_OWNED = (
    _Owned("## Session:", sections.session),
    _Owned("## Phase 2: Exploration", sections.exploration),
    _Owned("## Phase 3: Test Design", sections.design),
    _Owned("## Phase 4: Test Development", sections.development),
    _Owned("## Iteration Timeline", sections.timeline),
    _Owned("## Cumulative Learnings", sections.learnings),
    _Owned("## Conclusions", sections.conclusions),
)
_TITLE = "# Integration Test Reflection Log\n"


def fresh_log(state: State) -> str:
    return _TITLE + "\n" + "\n".join(owned.render(state) for owned in _OWNED)


def updated_log(text: str, before: State | None, after: State) -> str:
    """The log after a step, from the log as it stands on disk.

    What a person wrote stays: whole sections that are not ours, and inside ours every line
    that we did not write ourselves.
    """
    head, blocks = _split(text)
    for owned in _OWNED:
        fresh = owned.render(after)
        at = next((i for i, block in enumerate(blocks) if block.startswith(owned.heading)), None)
        if at is None:
            blocks.append(fresh)
            continue
        stale = owned.render(before) if before is not None else fresh
        blocks[at] = _rewritten(blocks[at], stale, fresh)
    return head + "".join(block if block.endswith("\n") else block + "\n" for block in blocks)


def _rewritten(standing: str, stale: str, fresh: str) -> str:
    if _body(standing) in (_body(stale), _body(fresh)):
        return fresh
    ours = {line.strip() for line in (stale + "\n" + fresh).splitlines()}
    theirs = [
        line
        for line in standing.splitlines()[1:]
        if line.strip() and line.strip() not in ours and not line.startswith("### Iteration ")
    ]
    if not theirs:
        return fresh
    return fresh.rstrip("\n") + "\n\n" + "\n".join(theirs) + "\n\n"


def _split(text: str) -> tuple[str, list[str]]:
    starts = [match.start() for match in _HEADING.finditer(text)]
    if not starts:
        return (text if text.endswith("\n") or not text else text + "\n"), []
    ends = [*starts[1:], len(text)]
    return text[: starts[0]], [text[start:end] for start, end in zip(starts, ends, strict=True)]


def _body(section: str) -> str:
    """Without its heading line, which holds a time, and without blank edges."""
    return section.partition("\n")[2].strip()
