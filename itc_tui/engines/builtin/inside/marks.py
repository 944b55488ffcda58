"""What marks the outcome of a call that reached nothing new: another value, another refusal."""

from __future__ import annotations

import re
from typing import Dict, Optional, Set

from itc_tui.engines.builtin.inside.declared import WRITTEN_IN_A_TEST
from itc_tui.engines.builtin.inside.faces import mark_of
from itc_tui.engines.builtin.inside.handing import given_in
from itc_tui.engines.builtin.inside.literals import written
from itc_tui.engines.builtin.inside.pool import Pool, plain
from itc_tui.engines.builtin.inside.surface import Surface
from itc_tui.engines.builtin.inside.trials import Raised, Trial

_VARIANTS = 20
_ALIKE = 3
"""Objects that nothing tells apart may be in different states all the same."""


class Marks:
    def __init__(self, surface: Surface, pool: Pool, tops: Set[str]) -> None:
        self._surface, self._pool, self._tops = surface, pool, tops
        self._seen: Dict[str, Set[str]] = {}

    def of(self, trial: Trial, focus: str, raised: Optional[Raised]) -> str:
        """What marks an outcome that this callable has not shown before; empty for any other, and
        for what came of a variable that nobody can set."""
        if trial.asked.is_unfit:
            return ""
        if raised is not None:
            mark = "raises %s %s" % (raised.kind.__name__, re.sub(r"\W.*", "", raised.message))
        else:
            mark = mark_of(trial.outcome.values[-1]) or self._written(trial)
            # What a document shows is worth knowing, whatever comes of it.
            mark = mark or ("shown" if focus.startswith("given:") else "")
        return mark if self._is_news(focus, mark) else ""

    def take(self, focus: str, mark: str) -> bool:
        """False for what was seen before."""
        is_news = self._is_news(focus, mark)
        if is_news:
            self._seen[focus].add(mark)
        return is_news

    def _is_news(self, focus: str, mark: str) -> bool:
        seen = self._seen.setdefault(focus, set())
        return bool(mark) and mark not in seen and len(seen) < _VARIANTS

    def _written(self, trial: Trial) -> str:
        value = trial.outcome.values[-1]
        text = written(value, self._surface, 300)
        given = given_in(trial.program)
        if text is not None:
            return text.code if len(text.code) > 1 or given else ""
        if given:  # what was made with a fixture serves where what was made without it does not
            return "given " + given
        if type(value).__module__ == WRITTEN_IN_A_TEST:  # of each such class, one to go on with
            return "made of %s" % type(value).__qualname__
        own = type(value).__module__.split(".")[0] in self._tops
        ways = self._pool.ways_of(type(value)) if own else set()
        is_alike = len(ways) >= _ALIKE or plain(trial.program.steps[-1].code) in ways
        return "number %d of its kind" % (len(ways) + 1) if own and not is_alike else ""
