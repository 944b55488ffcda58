"""Analysing a failure: what it means, from its evidence, its promise, and seeing it again."""

from __future__ import annotations

from collections.abc import Sequence

from itc_tui.domain.events import Progressed
from itc_tui.domain.iterations import Judgement
from itc_tui.domain.requests import AnalyseRequest
from itc_tui.domain.target import Target
from itc_tui.domain.words import Outcome
from itc_tui.engines.builtin.judging.clues import PLAIN, WEIGHED, Clue, Scene, nobody_knows
from itc_tui.engines.builtin.judging.facts import facts_of
from itc_tui.engines.builtin.judging.product import Product
from itc_tui.engines.builtin.judging.retrial import Retried, try_again
from itc_tui.engines.builtin.judging.seen_before import SeenBefore
from itc_tui.ports import Box, Steps

_ENDED_IN_TIME = (Outcome.FAILED, Outcome.ERROR)


def analyse(
    target: Target, request: AnalyseRequest, box: Box | None, before: SeenBefore | None = None
) -> Steps[Judgement]:
    """The first clue that says something; without any, an honest `unknown`."""
    product = Product(target)
    facts = facts_of(request.failure, request.source, request.plan, product)
    scene = Scene(facts, product)
    judgement = _first(PLAIN, scene)
    if judgement is None:
        if box is not None and request.source and request.failure.outcome in _ENDED_IN_TIME:
            before = before or SeenBefore()
            retrials = before.recall(request, product)
            if not retrials:
                yield Progressed(what=f"Seeing {facts.name} fail again")
                retrials = _seen_again(box, request, facts.path)
                before.keep(request, product, retrials)
            scene = Scene(facts, product, retrials)
        judgement = _first(WEIGHED, scene) or nobody_knows(scene)
    return judgement.but(test=request.failure.test, case_id=request.failure.case_id)


def _first(clues: Sequence[Clue], scene: Scene) -> Judgement | None:
    return next((found for clue in clues if (found := clue(scene))), None)


def _seen_again(box: Box, request: AnalyseRequest, path: str) -> tuple[Retried, ...]:
    """With other hash seeds; the failure itself is the first sighting."""
    seen = try_again(box, request.failure.test, {path: request.source}, seeds=(1, 2))
    return tuple(each for each in seen if each.outcome != "absent")
