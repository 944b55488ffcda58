"""Which tests leave something behind that others stumble over, and which of them had better go."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from itc_tui.domain.events import Progressed
from itc_tui.domain.requests import DraftFile
from itc_tui.engines.builtin import inside
from itc_tui.engines.builtin.rehearsal import ran_by_pytest
from itc_tui.ports import Box, BoxOrder, Steps

_SCRIPT = str(Path(inside.__file__).parent / "upsetting.py")
_BUDGET_S = 20.0
_START_S = 30.0
_MOST_VICTIMS = 12
"""Who upsets so many is likely to upset the others too."""

Upset = Mapping[str, Collection[str]]
"""A test → those that fail after it, and hold alone."""


def upset_by(box: Box, files: Sequence[DraftFile], failing: Sequence[str]) -> Steps[Upset]:
    """Of the tests that failed among others, named as pytest does: which single one each fails
    after. What fails alone, or only after several together, is nobody's."""
    yield Progressed(what="looking for what upsets other tests")
    order = BoxOrder(
        script=_SCRIPT,
        payload={
            "paths": [file.path for file in files if file.cases],
            "victims": list(failing[:_MOST_VICTIMS]),
            "budget_s": _BUDGET_S,
        },
        overlays={file.path: file.text for file in files},
        limit_s=_BUDGET_S + _START_S,
        memory_mb=1800,
    )
    upset: dict[str, list[str]] = defaultdict(list)
    for row in ran_by_pytest(box, order)[0]:
        upset[row["upsetting"]].append(row["victim"])
    return dict(upset)


def best_without(upset: Upset) -> dict[str, tuple[str, ...]]:
    """The fewest tests without which the others are left in peace, each with its victims.

    The one that leaves something goes rather than its only victim: it would upset tests that the
    person writes as well. Who is upset by many goes itself, and so has no victims here.
    """
    pairs = {(one, victim) for one, victims in upset.items() for victim in victims}
    gone: dict[str, tuple[str, ...]] = {}
    while pairs:
        upsets = Counter(one for one, _ in pairs)
        named = Counter(name for pair in pairs for name in pair)
        most = max(named, key=lambda name: (named[name], upsets[name], name))
        gone[most] = tuple(sorted(victim for one, victim in pairs if one == most))
        pairs = {pair for pair in pairs if most not in pair}
    return gone
