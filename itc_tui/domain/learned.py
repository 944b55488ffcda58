"""Cumulative learnings: what each iteration adds to, or takes from, what is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from itc_tui.domain.iterations import (
    CorrectedAssumption,
    FixEntry,
    HistoryEntry,
    Learning,
    Learnings,
    Reflection,
)
from itc_tui.domain.words import Verdict


def after_reflection(known: Learnings, reflection: Reflection) -> Learnings:
    """Add what the judgements of one iteration have shown."""
    number = reflection.iteration
    confirmed = [
        Learning(text=one.learned, iteration=number)
        for one in reflection.judgements
        if one.learned and one.verdict is not Verdict.UNKNOWN
    ]
    return known.but(iteration=number, confirmed=_added(known.confirmed, confirmed))


def after_fix(
    known: Learnings, entry: FixEntry, corrected: Iterable[CorrectedAssumption] = ()
) -> Learnings:
    """A fix that was kept is an effective strategy; any other an ineffective one."""
    if entry.outcome == "none":
        return known
    what = entry.explanation or "a change without a description"
    note = Learning(text=f"{entry.strategy}: {what}", iteration=entry.iteration)
    if entry.outcome == "kept":
        known = known.but(effective=_added(known.effective, [note]))
        return known.but(corrected=_unique([*known.corrected, *corrected]))
    why = entry.refused_because or f"{entry.outcome}, no case more passed"
    return known.but(ineffective=_added(known.ineffective, [note.but(text=f"{note.text}: {why}")]))


def with_patterns(known: Learnings, history: Iterable[HistoryEntry]) -> Learnings:
    """A signature that came back in several iterations is a recurring pattern."""
    seen: Counter[str] = Counter()
    last: dict[str, int] = {}
    for entry in history:
        for signature in set(entry.signatures):
            seen[signature] += 1
            last[signature] = entry.iteration
    patterns = tuple(
        Learning(text=f"{signature}: in {count} iterations", iteration=last[signature])
        for signature, count in sorted(seen.items())
        if count > 1
    )
    return known.but(patterns=patterns)


def _added(known: tuple[Learning, ...], more: Iterable[Learning]) -> tuple[Learning, ...]:
    texts = {learning.text for learning in known}
    fresh = []
    for learning in more:
        if learning.text not in texts:
            texts.add(learning.text)
            fresh.append(learning)
    return (*known, *fresh)


def _unique(corrections: Iterable[CorrectedAssumption]) -> tuple[CorrectedAssumption, ...]:
    found: dict[tuple[str, str], CorrectedAssumption] = {}
    for one in corrections:
        found.setdefault((one.old, one.new), one)
    return tuple(found.values())
